"""Content to files and back: nothing is lost on the way, and the next load finds nothing to do."""

import shutil
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from milestones.content_files import LISTS, MILESTONES
from milestones.models import (
    Milestone,
    Objective,
    Publication,
    Question,
    Requirement,
    Resource,
    SeedRecord,
    Step,
)
from milestones.publishing import publish, unpublished, working_copy
from milestones.seeding import MODELS, load_content

TODAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path, content):
    """A copy of the files that were loaded."""
    for file, _ in LISTS:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(settings.BASE_DIR / file, tmp_path / file)
    for path in (settings.BASE_DIR / MILESTONES).glob("[0-9]*.yaml"):
        shutil.copy(path, tmp_path / MILESTONES / path.name)
    return tmp_path


def everything():
    return {model: list(model._default_manager.order_by("pk").values()) for model in MODELS}


def test_what_was_loaded_comes_back_the_same(root):
    before = everything()

    call_command("export_content", to=root, verbosity=0)
    report = load_content(root)

    assert report.is_nothing_to_do
    assert (report.edited, report.deleted, report.foreign, report.dropped) == ([], [], [], [])
    assert everything() == before


def test_what_editors_did_goes_into_the_files_and_to_another_machine(root):
    milestone = Milestone.objects.get(slug="formats")
    Milestone.objects.filter(pk=milestone.pk).update(
        promise="A promise: with a colon", mistakes="- One\n  more\n- Two"
    )
    moved, retired = milestone.steps.all()[:2]
    Step.objects.filter(pk=moved.pk).update(position=99, title="Moved to the end")
    Step.objects.filter(pk=retired.pk).update(retired_on=TODAY)
    Objective.objects.create(milestone=milestone, position=9, text="A new objective")
    Resource.objects.create(
        milestone=milestone, position=99, title="A new tool", url="https://example.org/tool"
    )
    step = Step.objects.create(
        milestone=milestone, key="a_new_step", position=100, title="New", guidance="Do.\r\n\r\nIt."
    )
    Requirement.objects.create(step=step, kind="note", count=40)
    publish(milestone)

    call_command("export_content", to=root, verbosity=0)
    report = load_content(root)
    here = working_copy(milestone)
    for model in reversed(MODELS):
        if model is Milestone:
            Publication.objects.all().delete()
        model._default_manager.all().delete()
    SeedRecord.objects.all().delete()
    load_content(root)

    there = working_copy(Milestone.objects.get(slug="formats"))
    assert (report.edited, report.dropped) == ([], [])
    assert plain(there) == plain(here)
    assert [step["title"] for step in there["steps"]][-2:] == ["Moved to the end", "New"]
    assert retired.title not in [step["title"] for step in there["steps"]]
    assert there["mistakes"] == "- One more\n- Two"


def plain(content):
    """The content without the numbers that each database gives its rows."""
    if isinstance(content, dict):
        return {
            key: plain(value) for key, value in content.items() if key != "id" and not key.endswith("_id")
        }
    return [plain(value) for value in content] if isinstance(content, list) else content


def test_loads_reach_rows_that_were_edited_before_the_export(root):
    question = Question.objects.first()
    Question.objects.filter(pk=question.pk).update(rationale="An editor’s reason.")
    publish(question.milestone)
    call_command("export_content", to=root, verbosity=0)
    file = next(root.joinpath(MILESTONES).glob("1_*.yaml"))
    file.write_text(file.read_text().replace("An editor’s reason.", "A better reason."))

    report = load_content(root)

    question.refresh_from_db()
    assert report.edited == []
    assert question.rationale == "A better reason."
    assert not unpublished()
