"""What editors change waits until they publish it; people's finished work stays."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from milestones.differences import differences, lines
from milestones.evidence import evaluate
from milestones.models import Milestone, Publication, Requirement, Step, StepProgress
from milestones.problems import problems
from milestones.publishing import grow, publish, tell_of_change, unpublished, working_copy
from milestones.restoring import put_back
from milestones.tests.factories import (
    make_check_item,
    make_milestone,
    make_progress,
    make_question,
    make_requirement,
    make_resource,
    make_step,
)
from portfolio.tests.factories import make_format

TODAY = date(2026, 11, 20)


@pytest.fixture
def milestone(db):
    return make_milestone(slug="formats", title="Formats", lesson="## Parts\n\nMany.\n\nMore.")


@pytest.fixture
def as_editor(bob):
    bob.is_staff = bob.is_superuser = True
    bob.save()
    client = Client()
    client.force_login(bob)
    return client


def publish_url(milestone):
    return reverse("admin:milestones_milestone_publish", args=[milestone.pk])


def shown(client, milestone):
    """What the publish page would send back untouched."""
    form = client.get(publish_url(milestone)).context["form"]
    return {"seen": form["seen"].value(), "note": ""}


def test_what_is_grown_is_what_was_there(milestone):
    step = make_step(milestone, title="Map", is_optional=True)
    make_requirement(step, kind="note", count=60)
    make_check_item(step, text="The disclosures")
    make_question(milestone)
    make_resource(milestone, checked_on=TODAY)

    grown = grow(Milestone, working_copy(milestone))

    assert grown == milestone
    assert grown.lesson == milestone.lesson
    assert [s.title for s in grown.steps.all()] == ["Map"]
    assert grown.steps.all()[0].is_optional is True
    assert grown.steps.all()[0].milestone is grown
    assert [(r.kind, r.count) for r in grown.steps.all()[0].requirements.all()] == [("note", 60)]
    assert [item.text for item in grown.steps.all()[0].check_items.all()] == ["The disclosures"]
    assert [c.is_best for c in grown.questions.all()[0].choices.all()] == [False, False, True]
    # True at once, whatever is published: the page reads it from the row.
    assert grown.resources.all()[0].checked_on is None


def test_people_see_a_change_once_it_is_published(as_alice, as_editor, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(promise="A new promise.")
    before = as_alice.get(milestone.get_absolute_url()).content.decode()

    response = as_editor.post(publish_url(milestone), shown(as_editor, milestone) | {"note": "Clearer"})

    publication = Publication.objects.current().get(milestone=milestone)
    assert "A new promise." not in before
    assert response.status_code == 302
    assert (publication.number, publication.note) == (2, "Clearer")
    assert "A new promise." in as_alice.get(milestone.get_absolute_url()).content.decode()
    assert not unpublished()


@pytest.mark.parametrize("page", ["milestones:index", "progress:today"])
def test_no_other_page_tells_what_waits(as_alice, milestone, page):
    step = make_step(milestone, title="Known")
    Step.objects.filter(pk=step.pk).update(title="Unheard of")
    Milestone.objects.filter(pk=milestone.pk).update(title="Unheard of")

    assert "Unheard of" not in as_alice.get(reverse(page)).content.decode()


def test_a_new_step_waits_too(as_alice, milestone):
    step = Step.objects.create(milestone=milestone, key="new", title="New", guidance="Do it.")

    assert as_alice.get(step.get_absolute_url()).status_code == 404
    publish(milestone)
    assert as_alice.get(step.get_absolute_url()).status_code == 200


def test_page_shows_what_differs(as_editor, milestone):
    step = make_step(milestone, title="Map the field", guidance="Look around.")
    Step.objects.filter(pk=step.pk).update(guidance="Look far around.")
    make_objective_unpublished(milestone, "Describe it")

    page = as_editor.get(publish_url(milestone)).content.decode()

    assert "Step “Map the field”" in page
    assert '<del><span class="sign">Removed:</span> Look around.</del>' in page
    assert '<ins><span class="sign">Added:</span> Look far around.</ins>' in page
    assert "Objective “Describe it”" in page


def make_objective_unpublished(milestone, text):
    milestone.objectives.create(text=text, position=9)


def test_nothing_to_publish_is_said(as_editor, milestone):
    assert "There is nothing to publish." in as_editor.get(publish_url(milestone)).content.decode()
    assert Publication.objects.filter(milestone=milestone).count() == 1


def test_a_change_that_matters_is_told_to_those_who_finished(as_alice, alice, as_editor, milestone):
    step = make_requirement(make_step(milestone)).step
    done = make_progress(alice, step, completed_on=date(2026, 1, 1))
    Step.objects.filter(pk=step.pk).update(guidance="Do it otherwise.")

    sent = {f"matters_{step.pk}": "on", f"what_{step.pk}": "Standard 3 has a new wording."}
    as_editor.post(publish_url(milestone), shown(as_editor, milestone) | sent)

    page = as_alice.get(step.get_absolute_url()).content.decode()
    done.refresh_from_db()
    assert "Updated since you did this." in page
    assert "Standard 3 has a new wording." in page
    assert done.completed_on == date(2026, 1, 1)
    assert evaluate(alice).steps[0].is_closed is True

    as_alice.post(reverse("milestones:acknowledge", args=[milestone.slug, step.pk]))
    assert "Updated since you did this." not in as_alice.get(step.get_absolute_url()).content.decode()


def test_who_finishes_later_is_told_nothing(as_alice, alice, milestone):
    step = make_requirement(make_step(milestone)).step
    tell_of_change(step, "New wording.", TODAY)
    publish(milestone)

    as_alice.post(reverse("milestones:complete", args=[milestone.slug, step.pk]))

    assert evaluate(alice).steps[0].updates == []


def test_a_change_that_matters_needs_its_words(as_editor, milestone):
    step = make_step(milestone)
    Step.objects.filter(pk=step.pk).update(guidance="Do it otherwise.")

    sent = shown(as_editor, milestone) | {f"matters_{step.pk}": "on", "note": "Kept as typed"}
    response = as_editor.post(publish_url(milestone), sent)

    assert response.status_code == 422
    assert "Say what changed" in response.content.decode()
    assert "Kept as typed" in response.content.decode()
    assert Publication.objects.filter(milestone=milestone).count() == 1


def test_the_second_editor_is_told_and_loses_nothing(as_editor, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(promise="Mine.")
    mine = shown(as_editor, milestone) | {"note": "My note"}
    Milestone.objects.filter(pk=milestone.pk).update(promise="Theirs.")

    response = as_editor.post(publish_url(milestone), mine)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody has changed this milestone since you opened this page." in page
    assert "My note" in page
    assert "Theirs." in page
    again = mine | {"seen": response.context["form"]["seen"].value()}
    assert as_editor.post(publish_url(milestone), again).status_code == 302


def test_what_would_be_wrong_is_not_published(as_editor, milestone):
    step = make_step(milestone, title="Tick")
    make_requirement(step, kind="check", count=3)

    response = as_editor.post(publish_url(milestone), {"seen": "x"})

    page = response.content.decode()
    assert "asks for 3, and there are no items on its checklist" in page
    assert response.status_code == 422


def test_problems_are_named(milestone):
    step = make_step(milestone, title="Tick")
    make_check_item(step)
    for kind, count in (("check", 2), ("resource", 1), ("quiz", 1)):
        make_requirement(step, kind=kind, count=count)
    make_requirement(step, kind="note", alternative=1)
    question = make_question(milestone, key="odd", lesson_heading="Nowhere")
    question.choices.update(is_best=False)
    bare = make_question(milestone, key="bare", choices=("Two",))

    assert problems(grow(Milestone, working_copy(milestone))) == [
        "Step “Tick” asks for 2, and there are 1 items on its checklist.",
        "Step “Tick” asks for 1, and there are no resources in the milestone.",
        "Step “Tick” has only one requirement with the alternative number 1.",
        "Question “odd” needs exactly one best answer.",
        "Question “odd” names the heading “Nowhere”, which the lesson does not have.",
        f"Question “{bare}” needs at least 2 choices.",
    ]


def test_the_content_we_ship_has_no_problems(content):
    assert {m.slug: problems(grow(Milestone, working_copy(m))) for m in Milestone.objects.all()} == {
        slug: []
        for slug in ("understanding_cme", "adult_learning", "formats", "core_competencies", "networking")
    }


def test_preview_is_what_people_will_see(as_alice, as_editor, milestone):
    step = make_step(milestone, title="Old")
    Milestone.objects.filter(pk=milestone.pk).update(promise="A new promise.")
    Step.objects.filter(pk=step.pk).update(title="New title")
    make_question(milestone, text="New title?", rationale="By New title.")
    addresses = [
        reverse("milestones:preview", args=[milestone.slug]),
        reverse("milestones:preview-step", args=[milestone.slug, step.pk]),
        reverse("milestones:preview-quiz", args=[milestone.slug]),
    ]

    pages = [as_editor.get(address).content.decode() for address in addresses]

    assert "A new promise." in pages[0]
    assert all("New title" in page and "People do not see this yet." in page for page in pages)
    assert [as_alice.get(address).status_code for address in addresses] == [404, 404, 404]
    assert "“Two” is best." in pages[2]
    assert "See how you did" not in pages[2]


@pytest.mark.parametrize("is_retired", [False, True])
def test_pages_of_steps_and_questions_lead_to_their_preview(as_editor, milestone, is_retired):
    retired_on = TODAY if is_retired else None
    step = make_step(milestone, retired_on=retired_on)
    question = make_question(milestone, retired_on=retired_on)
    previews = {
        step: reverse("milestones:preview-step", args=[milestone.slug, step.pk]),
        question: reverse("milestones:preview-quiz", args=[milestone.slug]),
    }

    for row, preview in previews.items():
        page = as_editor.get(reverse(f"admin:milestones_{row._meta.model_name}_change", args=[row.pk]))
        assert (f'href="{preview}"' in page.content.decode()) is not is_retired


def test_a_preview_leads_to_previews_and_changes_nothing(as_editor, bob, milestone):
    step, after = make_step(milestone), make_step(milestone)
    make_check_item(step)
    for kind in ("note", "check", "resource", "quiz"):
        make_requirement(step, kind=kind)
    make_question(milestone)
    make_progress(bob, after, completed_on=TODAY)
    own = f"/path/{milestone.slug}/"
    addresses = [own + "preview/", f"{own}preview/steps/{step.pk}/", own + "preview/quiz/"]

    pages = [as_editor.get(address).content.decode() for address in addresses]

    for page in pages:
        links = set(re.findall(rf'href="({own}[^"#?]*)', page))
        assert {link for link in links if not link.startswith(own + "preview/")} == set()
        assert '<fieldset class="looked-at" aria-label="Preview" disabled>' in page
        # It would save what is disabled, which is nothing.
        assert "note.js" not in page
    assert {*addresses, f"{own}preview/steps/{after.pk}/"} <= set(
        re.findall(r'href="([^"#?]*)', "".join(pages))
    )


def test_retired_steps_leave_the_path_and_stay_with_those_who_did_them(as_alice, alice, bob, milestone):
    step = make_requirement(make_step(milestone, title="Old step")).step
    make_progress(alice, step, completed_on=TODAY, note="What I learned")
    Step.objects.filter(pk=step.pk).update(retired_on=TODAY)
    publish(milestone)

    page = as_alice.get(milestone.get_absolute_url()).content.decode()
    own = as_alice.get(step.get_absolute_url())

    assert evaluate(alice).steps == ()
    assert [row.step for row in evaluate(alice).past] == [step]
    assert "Steps that have left the path" in page
    assert "This step has left the path" in own.content.decode()
    assert "What I learned" in own.content.decode()
    other = Client()
    other.force_login(bob)
    assert other.get(step.get_absolute_url()).status_code == 404


def test_a_note_on_a_retired_step_can_still_be_written(as_alice, alice, milestone):
    step = make_step(milestone)
    make_progress(alice, step, note="Before")
    Step.objects.filter(pk=step.pk).update(retired_on=TODAY)
    publish(milestone)

    as_alice.post(reverse("milestones:note", args=[milestone.slug, step.pk]), {"note": "After"})

    assert StepProgress.objects.get().note == "After"


def test_an_older_version_can_be_put_back(alice, milestone):
    kept, later = make_step(milestone, title="First title"), make_step(milestone)
    make_requirement(kept, kind="note", count=60)
    done = make_progress(alice, kept, completed_on=TODAY)
    first = publish(milestone)
    Step.objects.filter(pk=kept.pk).update(title="Second title", retired_on=TODAY)
    Requirement.objects.filter(step=kept).delete()
    new = make_step(milestone, title="Third")
    publish(milestone)

    put_back(first, TODAY)

    assert working_copy(milestone) == first.content
    assert Step.objects.get(pk=new.pk).retired_on == TODAY
    assert [s.pk for s in milestone.steps.current()] == [kept.pk, later.pk]
    done.refresh_from_db()
    assert done.completed_on == TODAY


def test_putting_back_does_not_tell_of_a_change_twice(alice, milestone):
    step = make_step(milestone)
    first = publish(milestone)
    tell_of_change(step, "New wording.", TODAY)
    make_progress(alice, step, completed_on=TODAY, revision_seen=2)

    put_back(first, TODAY)
    publish(milestone)

    assert Step.objects.get(pk=step.pk).revision == 2
    assert evaluate(alice).steps[0].updates == []


def test_versions_are_listed_and_put_back_by_a_button(as_editor, milestone):
    publish(milestone, note="The second")
    url = reverse("admin:milestones_milestone_versions", args=[milestone.pk])

    page = as_editor.get(url).content.decode()
    back = as_editor.post(reverse("admin:milestones_milestone_put_back", args=[milestone.pk, 1]))

    assert "The second" in page
    assert "Put version 1 back" in page
    assert back["Location"] == publish_url(milestone)
    assert (
        as_editor.get(reverse("admin:milestones_milestone_put_back", args=[milestone.pk, 1])).status_code
        == 405
    )


@pytest.mark.parametrize("name", ["publish", "versions"])
def test_only_editors_publish(as_alice, milestone, name):
    url = reverse(f"admin:milestones_milestone_{name}", args=[milestone.pk])

    assert as_alice.get(url).status_code == 302
    assert as_alice.post(url).status_code == 302


def test_lines_far_from_a_change_are_left_out():
    before = "\n".join("abcdef")

    assert [(line.sign, line.text) for line in lines(before, before.replace("d", "D"))] == [
        ("kept", "c"),
        ("removed", "d"),
        ("added", "D"),
        ("kept", "e"),
    ]


def test_differences_speak_of_formats_and_kinds_by_name(milestone):
    step = make_step(milestone)
    requirement = make_requirement(step, kind="sample", status="draft", format=make_format("script"))
    before = working_copy(milestone)
    Requirement.objects.filter(pk=requirement.pk).update(status="ready", format=make_format("slide_deck"))

    told = differences(before, working_copy(milestone))[0]

    said = {field: [line.text for line in row] for field, row in told.fields}
    assert (told.kind, told.step) == ("changed", step.pk)
    assert said == {"Format": ["Script", "Slide deck"], "Status": ["Draft", "Ready"]}
