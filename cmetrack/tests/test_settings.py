"""What the environment makes of the settings, each asked in a process of its own."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

ASK = """
import json
from cmetrack import settings as s
print(json.dumps({
    "engine": s.DATABASES["default"]["ENGINE"],
    "options": s.DATABASES["default"]["OPTIONS"],
    "mailer": s.MAILERS["default"]["BACKEND"],
    "verification": s.ACCOUNT_EMAIL_VERIFICATION,
    "https": [s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE],
}))
"""


def started_with(tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), "DEBUG": "0", "PYTHONPATH": ""}
    return subprocess.run(  # noqa: S603 - our own interpreter and our own text
        [sys.executable, "-c", ASK],
        env=clean | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(tmp_path, **environment: str) -> dict:
    asked = started_with(tmp_path, SECRET_KEY="a-key", **environment)
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout)


def test_by_default_sqlite_mail_in_a_folder_and_https(tmp_path):
    found = settings_with(tmp_path)

    assert found["engine"] == "django.db.backends.sqlite3"
    assert found["options"]["transaction_mode"] == "IMMEDIATE"
    assert found["mailer"] == "django.core.mail.backends.filebased.EmailBackend"
    assert found["verification"] == "optional"
    assert found["https"] == [True, True, True]


def test_postgresql_comes_with_a_pool(tmp_path):
    found = settings_with(tmp_path, DATABASE_URL="postgres://u:p@db.example.org:5432/cmetrack")

    assert found["engine"] == "django.db.backends.postgresql"
    assert found["options"]["pool"]["max_size"] >= 2


def test_a_mail_server_makes_verification_a_must(tmp_path):
    found = settings_with(tmp_path, EMAIL_URL="smtp+tls://u:p@mail.example.org:587")

    assert found["mailer"] == "django.core.mail.backends.smtp.EmailBackend"
    assert found["verification"] == "mandatory"


def test_does_not_start_without_a_key(tmp_path):
    # An empty value counts as none, and keeps a developer's own .env out of this test.
    asked = started_with(tmp_path, SECRET_KEY="")

    assert asked.returncode != 0
    assert "Set SECRET_KEY to a long random text" in asked.stderr


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are SQLite's own switches")
def test_sqlite_runs_as_it_was_set(django_db_blocker):
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 20_000}
