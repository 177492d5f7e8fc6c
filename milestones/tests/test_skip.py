from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.evidence import evaluate
from milestones.models import StepProgress
from milestones.tests.factories import make_progress, make_requirement, make_step


@pytest.fixture
def step(db):
    return make_requirement(make_step(), kind="org").step


def skip(client, step, reason="Done in another job"):
    return client.post(
        reverse("milestones:skip", args=[step.milestone.slug, step.pk]), {"skip_reason": reason}
    )


def test_leaves_a_step_aside_with_its_reason(as_alice, alice, step):
    skip(as_alice, step)

    progress = StepProgress.objects.get()
    state = evaluate(alice).steps[0]
    assert (progress.owner, progress.skipped_on, progress.skip_reason) == (
        alice,
        timezone.localdate(),
        "Done in another job",
    )
    assert (state.is_skipped, state.is_closed, state.status) == (True, False, "Skipped")
    assert evaluate(alice).next_step is None
    assert "Done in another job" in as_alice.get(step.get_absolute_url()).content.decode()


def test_is_no_evidence(as_alice, alice, step):
    skip(as_alice, step)

    milestone = evaluate(alice).milestones[0]
    assert (milestone.is_complete, milestone.done, milestone.skipped) == (False, 0, 1)


def test_can_be_undone(as_alice, alice, step):
    skip(as_alice, step)

    as_alice.post(reverse("milestones:reopen", args=[step.milestone.slug, step.pk]))

    progress = StepProgress.objects.get()
    assert (progress.skipped_on, progress.skip_reason) == (None, "")
    assert evaluate(alice).next_step.step == step


def test_evidence_closes_a_skipped_step(as_alice, alice, step):
    skip(as_alice, step)

    as_alice.post("/network/organisations/add/", {"name": "Northfield"})

    progress = StepProgress.objects.get()
    assert (progress.completed_on, progress.skipped_on) == (timezone.localdate(), None)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_needs_a_short_reason(as_alice, step, reason):
    response = skip(as_alice, step, reason)

    assert response.status_code == 422
    assert not StepProgress.objects.exclude(skipped_on=None).exists()


def test_a_closed_step_stays_closed(as_alice, alice, step):
    make_progress(alice, step, completed_on=date(2026, 1, 1))

    skip(as_alice, step)

    progress = StepProgress.objects.get()
    assert (progress.completed_on, progress.skipped_on) == (date(2026, 1, 1), None)


def test_leaves_other_people_alone(as_alice, bob, step):
    theirs = make_progress(bob, step)

    skip(as_alice, step)

    theirs.refresh_from_db()
    assert theirs.skipped_on is None


def test_only_posts(as_alice, step):
    assert as_alice.get(reverse("milestones:skip", args=[step.milestone.slug, step.pk])).status_code == 405
