import os
import sys
from subprocess import PIPE, Popen
from urllib.parse import urlsplit

import pytest
from django.conf import settings as ours
from django.core.management import call_command
from django.db import connection

from milestones.models import Milestone

pytestmark = pytest.mark.django_db


def test_makes_the_database_ready(capsys):
    call_command("prepare")

    assert Milestone.objects.count() == 5
    assert "Become an editor" not in capsys.readouterr().out


def test_announces_address_editor_and_mail(content, settings, capsys):
    settings.EMAIL_URL, settings.MAIL_DIR = "", "/somewhere/mail"

    call_command("prepare", announce="http://127.0.0.1:8000")

    printed = capsys.readouterr().out
    assert "http://127.0.0.1:8000" in printed
    assert "make editor EMAIL=you@example.org" in printed
    assert "is written to /somewhere/mail" in printed


def test_says_when_a_mail_server_sends(content, settings, capsys):
    settings.EMAIL_URL = "smtp://mail.example.org"

    call_command("prepare", announce="http://127.0.0.1:8000")

    assert "is sent by your mail server" in capsys.readouterr().out


@pytest.fixture
def empty_database(tmp_path):
    """The environment of a process that starts with nothing in its database."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    if connection.vendor == "sqlite":
        yield environment | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        yield environment | {
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=name).geturl()
        }
        cursor.execute(f"DROP DATABASE {name}")


def test_servers_that_start_together_prepare_one_after_the_other(empty_database):
    both = [
        Popen(
            [sys.executable, "manage.py", "prepare"],
            cwd=ours.BASE_DIR,
            env=empty_database,
            stdout=PIPE,
            text=True,
        )
        for _ in range(2)
    ]

    printed = sorted(one.communicate(timeout=60)[0] for one in both)

    assert [one.returncode for one in both] == [0, 0]
    assert ["Content: nothing to do." in text for text in printed] == [False, True]
