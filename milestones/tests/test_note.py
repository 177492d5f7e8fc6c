import pytest
from django.urls import reverse

from cmetrack.forms import CHANGED_ELSEWHERE
from milestones.models import StepProgress
from milestones.tests.factories import make_milestone, make_progress, make_requirement, make_step


@pytest.fixture
def step(db):
    return make_step(title="Set a goal")


def url_of(step, name="note"):
    return reverse(f"milestones:{name}", args=[step.milestone.slug, step.pk])


def save(client, step, note, revision=0):
    return client.post(url_of(step), {"note": note, "revision": revision})


def test_first_save_makes_the_row(as_alice, alice, step):
    response = save(as_alice, step, "Why CME")

    assert (response.status_code, response["Location"]) == (302, step.get_absolute_url())
    progress = StepProgress.objects.get()
    assert (progress.owner, progress.step, progress.note) == (alice, step, "Why CME")


def test_later_save_replaces_the_note(as_alice, alice, step):
    save(as_alice, step, "First")

    save(as_alice, step, "Second", revision=1)

    assert [p.note for p in StepProgress.objects.all()] == ["Second"]


def test_an_emptied_note_is_saved(as_alice, alice, step):
    make_progress(alice, step, note="Gone soon")

    save(as_alice, step, "")

    assert StepProgress.objects.get().note == ""


def test_two_tabs_lose_nothing(as_alice, alice, step):
    save(as_alice, step, "From the first tab")

    response = save(as_alice, step, "From the second tab")

    page = response.content.decode()
    assert response.status_code == 422
    assert CHANGED_ELSEWHERE in page
    assert "From the second tab" in page
    assert StepProgress.objects.get().note == "From the first tab"


def test_saving_again_after_the_warning_is_a_choice(as_alice, step):
    save(as_alice, step, "From the first tab")
    warned = save(as_alice, step, "From the second tab")

    save(as_alice, step, "From the second tab", revision=warned.context["form"].data["revision"])

    assert StepProgress.objects.get().note == "From the second tab"


def test_two_clicks_save_once(as_alice, step):
    save(as_alice, step, "Why CME")

    response = save(as_alice, step, "Why CME")

    assert response.status_code == 302
    assert StepProgress.objects.get().note == "Why CME"


def test_closes_the_step_when_there_are_enough_words(as_alice, step):
    make_requirement(step, count=3)

    response = as_alice.post(url_of(step), {"note": "one two three", "revision": 0}, follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Note saved.", "Step closed: Set a goal."]


@pytest.mark.parametrize("note", ["x" * 50_001, "word " * 20_000, "nul \x00 byte"])
def test_bad_input_is_told_and_kept(as_alice, alice, step, note):
    make_progress(alice, step, note="Safe")

    response = save(as_alice, step, note)

    assert response.status_code == 422
    assert response.context["form"].errors["note"]
    assert response.context["form"]["note"].value() == note
    assert StepProgress.objects.get().note == "Safe"


@pytest.mark.parametrize(
    "note", ["<script>alert(1)</script>", "\u202eright to left", "[x](javascript:alert(1))"]
)
def test_strange_words_are_harmless(as_alice, step, note):
    save(as_alice, step, note)

    page = as_alice.get(step.get_absolute_url()).content.decode()

    assert StepProgress.objects.get().note == note
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_leaves_other_peoples_notes_alone(as_alice, bob, step):
    theirs = make_progress(bob, step, note="Mine")

    save(as_alice, step, "Not yours")

    theirs.refresh_from_db()
    assert theirs.note == "Mine"


def test_step_of_another_milestone_is_404(as_alice, step):
    response = as_alice.post(reverse("milestones:note", args=[make_milestone().slug, step.pk]), {"note": "x"})

    assert response.status_code == 404
    assert StepProgress.objects.exists() is False


def test_only_writes(as_alice, step):
    assert as_alice.get(url_of(step)).status_code == 405
