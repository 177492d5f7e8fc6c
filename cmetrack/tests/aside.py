"""The content put aside in the test database, to be brought back in a moment; and emptying it in another.

Reading the files and making some 500 rows of them takes half a second, too long for each test. So does
making every kind of content and permission anew each time the database is emptied: they stay.
"""

from functools import cache
from itertools import chain

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_migrate

from milestones import content_files
from milestones.seeding import load_content

APPS = ("portfolio", "networking", "milestones")
STAYING = {ContentType._meta.db_table, Permission._meta.db_table}


def empty_quickly(patch: pytest.MonkeyPatch) -> None:
    """Let `flush` leave what never changes, and delete rows: TRUNCATE makes new files of each table."""

    def sql_flush(operations, style, tables, **options):
        return [f"DELETE FROM {name(table)}" for table in tables if table not in STAYING]

    # Of every connection: once a browser's event loop runs, this very thread has another one.
    patch.setattr(type(connection.ops), "sql_flush", sql_flush)
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


def read_each_text_once(patch: pytest.MonkeyPatch) -> None:
    """Keep what the text of a content file says, which nobody changes: to read it is most of a load."""
    patch.setattr(content_files, "parsed", cache(content_files.parsed))


def put_content_aside() -> list[str]:
    """Load the content, copy its tables, and empty the database again. The names of the tables."""
    load_content()
    models = chain.from_iterable(
        apps.get_app_config(app).get_models(include_auto_created=True) for app in APPS
    )
    # The group of editors, and what its members may do.
    models = chain(models, [Group, Group.permissions.through])
    tables = [model._meta.db_table for model in models if model._default_manager.exists()]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TABLE {aside(table)} AS SELECT * FROM {name(table)}")
    # Numbers go on from here, so that no later row takes one that is put aside.
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    return tables


def bring_content_back(tables: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"INSERT INTO {name(table)} SELECT * FROM {aside(table)}")


def name(table: str) -> str:
    return connection.ops.quote_name(table)


def aside(table: str) -> str:
    return connection.ops.quote_name(f"aside_{table}")
