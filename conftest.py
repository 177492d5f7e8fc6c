"""Fixtures for every test: two people who must never see each other's rows."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from cmetrack import settings as own_settings
from cmetrack.tests.aside import bring_content_back, empty_quickly, put_content_aside, read_each_text_once

pytest_plugins = ["cmetrack.tests.measuring"]

PASSWORD = "correct horse battery"
# A busy machine is no bug; and what one run found is no other’s business.
hypothesis_settings.register_profile("ours", deadline=None, database=None, max_examples=60)
hypothesis_settings.load_profile("ours")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file in tests too: the live server's threads then meet a real server's locks."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Quick to fill and empty; and at the end nobody is left in a PostgreSQL database that is about to go."""
    with pytest.MonkeyPatch.context() as patch:
        empty_quickly(patch)
        read_each_text_once(patch)
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            # A browser may still have been asking for something when its last test was over.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(media):
    """For good, not for each test: a browser may ask for something between two of them."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=media,
        STORAGES={**settings.STORAGES, "staticfiles": static},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    ):
        yield


@pytest.fixture(autouse=True)
def _nothing_of_the_last_test(media):
    """allauth counts attempts in the cache: one test must not use up the next one's. Its files go too."""
    cache.clear()
    yield
    for left in media.iterdir():
        shutil.rmtree(left)


@pytest.fixture(scope="session")
def content_aside(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return put_content_aside()


@pytest.fixture
def content(content_aside, db):
    """The real path, formats and templates."""
    bring_content_back(content_aside)


def make_user(email: str, **fields) -> User:
    return User.objects.create_user(email, PASSWORD, **fields)


@pytest.fixture
def alice(db):
    return make_user("alice@example.org", name="Alice Moreau", persona="health_professional")


@pytest.fixture
def bob(db):
    return make_user("bob@example.org", name="Bob Okafor", persona="academic")


@pytest.fixture
def as_alice(alice):
    client = Client()
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_bob(bob):
    client = Client()
    client.force_login(bob, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def counted_in_the_database(db, settings):
    """As a server counts what comes too often, where nothing but the database sees all that comes."""
    settings.CACHES = own_settings.CACHES
    call_command("createcachetable", verbosity=0)
    yield
    cache.clear()


@pytest.fixture
def htmx():
    """Headers that make a request look like htmx's."""
    return {"HX-Request": "true"}
