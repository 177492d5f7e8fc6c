from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.models import StepProgress
from milestones.tests.factories import make_milestone, make_progress, make_requirement, make_step


@pytest.fixture
def step(db):
    return make_requirement(make_step(title="Set a goal"), kind="rate").step


def url_of(step):
    return reverse("milestones:complete", args=[step.milestone.slug, step.pk])


def test_closes_on_the_persons_word_and_offers_undo(as_alice, alice, step):
    response = as_alice.post(url_of(step), follow=True)

    progress = StepProgress.objects.get(owner=alice, step=step)
    (message,) = response.context["messages"]
    assert (progress.is_self_declared, progress.completed_on) == (True, timezone.localdate())
    assert str(message) == "“Set a goal” is closed on your word."
    assert message.extra_tags == f"undo /path/{step.milestone.slug}/steps/{step.pk}/reopen/"


def test_closed_already_stays_as_it_is(as_alice, alice, step):
    make_progress(alice, step, completed_on=date(2026, 1, 1))

    response = as_alice.post(url_of(step), follow=True)

    progress = StepProgress.objects.get()
    assert (progress.is_self_declared, progress.completed_on) == (False, date(2026, 1, 1))
    assert [str(m) for m in response.context["messages"]] == ["“Set a goal” was closed already."]


def test_keeps_the_note(as_alice, alice, step):
    make_progress(alice, step, note="Kept")

    as_alice.post(url_of(step))

    assert StepProgress.objects.get().note == "Kept"


def test_leaves_other_people_alone(as_alice, bob, step):
    theirs = make_progress(bob, step)

    as_alice.post(url_of(step))

    theirs.refresh_from_db()
    assert theirs.completed_on is None


def test_step_of_another_milestone_is_404(as_alice, step):
    response = as_alice.post(reverse("milestones:complete", args=[make_milestone().slug, step.pk]))

    assert response.status_code == 404
    assert StepProgress.objects.exists() is False


def test_only_writes(as_alice, step):
    assert as_alice.get(url_of(step)).status_code == 405
    assert StepProgress.objects.exists() is False
