"""The demo person: believable, rebuilt from one file, and never made on a real server."""

import json

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from milestones.models import StepProgress
from portfolio.models import SampleFile
from progress.demo import build
from progress.journey import JourneyState
from progress.summary import summarise

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(content, settings, capsys):
    settings.DEBUG = True
    call_command("demo")
    return capsys.readouterr().out


@pytest.fixture
def without_history(monkeypatch, tmp_path):
    """Ana on her first day: her three months take seconds to write down."""
    story = tmp_path / "story.yaml"
    person = build.read_story()["person"]
    story.write_text(json.dumps({"person": person, **{kind: [] for kind in build.RECORDERS}}))
    monkeypatch.setattr(build, "STORY", story)


def test_refuses_to_run_on_a_real_server(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="refuses to run when DEBUG is off"):
        call_command("demo")

    assert User.objects.count() == 0


def test_both_people_can_sign_in_with_what_is_printed(without_history, printed, rf):
    logins = [line.split() for line in printed.splitlines() if "password:" in line]

    assert [authenticate(rf.post("/"), email=line[-3], password=line[-1]).email for line in logins] == [
        "ana@example.org",
        "editor@example.org",
    ]


def test_the_person_has_a_history_that_closed_steps_on_many_days(printed):
    ana = User.objects.get(email="ana@example.org")
    closed = StepProgress.objects.for_user(ana).closed()
    summary = summarise(ana, timezone.localdate())

    assert summary.state == JourneyState.IN_CONVERSATION
    assert closed.filter(is_self_declared=False).count() >= 8
    assert len(set(closed.values_list("completed_on", flat=True))) >= 8
    assert summary.due
    assert summary.activity
    assert SampleFile.objects.for_user(ana).count() == 2


def test_the_editor_is_an_editor_and_no_administrator(without_history, printed):
    editor = User.objects.get(email="editor@example.org")

    assert editor.is_staff
    assert not editor.is_superuser
    assert editor.has_perm("milestones.change_milestone")


def test_a_second_run_keeps_what_is_there(printed, settings):
    before = StepProgress.objects.count()

    call_command("demo")

    assert User.objects.count() == 2
    assert StepProgress.objects.count() == before
