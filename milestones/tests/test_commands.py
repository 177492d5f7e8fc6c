import pytest
from django.core.management import CommandError, call_command

from milestones.content_entries import ContentError
from milestones.management.commands import load_content as command
from milestones.models import Milestone, Resource, Step
from milestones.seeding import load_content


def test_load_content_says_what_it_added(db, capsys):
    call_command("load_content")

    said = capsys.readouterr().out
    assert said.startswith("Content: added 21 formats, 15 quality items, 8 message templates, ")
    assert Milestone.objects.count() == 5


def test_load_content_has_nothing_to_do_the_second_time(db, capsys):
    load_content()

    call_command("load_content")

    assert capsys.readouterr().out == "Content: nothing to do.\n"


def test_load_content_lists_what_it_left_alone(content, capsys):
    Step.objects.filter(key="set_a_goal").update(title="Ours")
    Resource.objects.filter(title="CME Passport").delete()

    call_command("load_content")

    assert capsys.readouterr().out == (
        "Content: nothing to do.\n"
        "Left alone, because an editor changed it:\n"
        "  Listen to the opening and set a goal (step/set_a_goal)\n"
        "Not made again, because an editor deleted it:\n"
        "  CME Passport (milestone/understanding_cme/resource/cme_passport)\n"
    )


def test_load_content_says_what_is_wrong(db, monkeypatch):
    def fail():
        raise ContentError("a.yaml", 3, "this should be a list", "steps")

    monkeypatch.setattr(command, "load_content", fail)

    with pytest.raises(
        CommandError, match=r"a\.yaml, line 3, “steps”: this should be a list Nothing was changed"
    ):
        call_command("load_content")


def test_make_editor(alice, content, capsys):
    call_command("make_editor", "Alice@Example.org")

    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser) == (True, False)
    assert [group.name for group in alice.groups.all()] == ["Editors"]
    assert capsys.readouterr().out == "alice@example.org may now edit the content at /admin/.\n"


def test_make_editor_needs_a_person(content):
    with pytest.raises(CommandError, match=r"Nobody signs in with nobody@example\.org"):
        call_command("make_editor", "nobody@example.org")


def test_make_editor_needs_the_group(alice):
    with pytest.raises(CommandError, match="run load_content first"):
        call_command("make_editor", "alice@example.org")

    alice.refresh_from_db()
    assert alice.is_staff is False
