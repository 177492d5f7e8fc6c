"""The content put aside in the test database, to be brought back in a moment.

Reading the files and making some 500 rows of them takes half a second, too long for each test.
"""

from itertools import chain

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from milestones.editors import let_editors_work_on
from milestones.seeding import MODELS, load_content

APPS = ("portfolio", "networking", "milestones")


def put_content_aside() -> list[str]:
    """Load the content, copy its tables, and empty the database again. The names of the tables."""
    load_content()
    models = chain.from_iterable(
        apps.get_app_config(app).get_models(include_auto_created=True) for app in APPS
    )
    tables = [model._meta.db_table for model in models if model._default_manager.exists()]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TABLE {aside(table)} AS SELECT * FROM {name(table)}")
    # Numbers go on from here, so that no later row takes one that is put aside.
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    return tables


def bring_content_back(tables: list[str]) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"INSERT INTO {name(table)} SELECT * FROM {aside(table)}")
        # Permissions get new numbers whenever the database is emptied.
        let_editors_work_on(MODELS)


def name(table: str) -> str:
    return connection.ops.quote_name(table)


def aside(table: str) -> str:
    return connection.ops.quote_name(f"aside_{table}")
