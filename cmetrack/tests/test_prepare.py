import pytest
from django.core.management import call_command

from milestones.models import Milestone

pytestmark = pytest.mark.django_db


def test_makes_the_database_ready(capsys):
    call_command("prepare")

    assert Milestone.objects.count() == 5
    assert "Become an editor" not in capsys.readouterr().out


def test_announces_address_editor_and_mail(settings, capsys):
    settings.EMAIL_URL, settings.MAIL_DIR = "", "/somewhere/mail"

    call_command("prepare", announce="http://127.0.0.1:8000")

    printed = capsys.readouterr().out
    assert "http://127.0.0.1:8000" in printed
    assert "make editor EMAIL=you@example.org" in printed
    assert "is written to /somewhere/mail" in printed


def test_says_when_a_mail_server_sends(settings, capsys):
    settings.EMAIL_URL = "smtp://mail.example.org"

    call_command("prepare", announce="http://127.0.0.1:8000")

    assert "is sent by your mail server" in capsys.readouterr().out
