from datetime import date

import pytest
from django.urls import reverse

from milestones.tests.factories import make_milestone, make_progress, make_requirement, make_step
from networking.tests.factories import make_organisation

DAY = date(2026, 11, 1)


@pytest.fixture
def step(db):
    return make_requirement(make_step(title="Set a goal"), kind="org").step


def reopen(client, step):
    response = client.post(reverse("milestones:reopen", args=[step.milestone.slug, step.pk]), follow=True)
    return [(str(m), m.extra_tags) for m in response.context["messages"]]


@pytest.mark.parametrize("is_self_declared", [True, False])
def test_opens_what_no_evidence_holds_closed(as_alice, alice, step, is_self_declared):
    progress = make_progress(alice, step, completed_on=DAY, is_self_declared=is_self_declared, note="Kept")

    told = reopen(as_alice, step)

    progress.refresh_from_db()
    assert (progress.completed_on, progress.is_self_declared, progress.note) == (None, False, "Kept")
    undo = f"undo /path/{step.milestone.slug}/steps/{step.pk}/complete/"
    assert told == [("“Set a goal” is open again.", undo)]


def test_evidence_holds_a_step_closed(as_alice, alice, step):
    progress = make_progress(alice, step, completed_on=DAY)
    make_organisation(alice)

    told = reopen(as_alice, step)

    progress.refresh_from_db()
    assert progress.completed_on == DAY
    assert told == [("“Set a goal” is held closed by what you have logged.", "")]


def test_an_open_step_stays_open(as_alice, step):
    assert reopen(as_alice, step) == [("“Set a goal” was open already.", "")]


def test_leaves_other_people_alone(as_alice, bob, step):
    theirs = make_progress(bob, step, completed_on=DAY, is_self_declared=True)

    reopen(as_alice, step)

    theirs.refresh_from_db()
    assert theirs.completed_on == DAY


def test_step_of_another_milestone_is_404(as_alice, alice, step):
    progress = make_progress(alice, step, completed_on=DAY, is_self_declared=True)

    response = as_alice.post(reverse("milestones:reopen", args=[make_milestone().slug, step.pk]))

    progress.refresh_from_db()
    assert (response.status_code, progress.completed_on) == (404, DAY)


def test_only_writes(as_alice, step):
    url = reverse("milestones:reopen", args=[step.milestone.slug, step.pk])

    assert as_alice.get(url).status_code == 405
