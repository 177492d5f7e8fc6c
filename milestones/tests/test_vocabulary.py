"""Each key of the evidence vocabulary through the pages: a step closes, loses its proof, opens again."""

from datetime import date

import pytest
from django.urls import reverse

from milestones.evidence import evaluate
from milestones.models import Requirement, StepProgress
from milestones.tests.factories import (
    make_check_item,
    make_competency,
    make_question,
    make_rating,
    make_requirement,
    make_resource,
    make_step,
)
from networking.models import Contact, Interaction, Opportunity
from networking.tests.factories import make_contact, make_opportunity
from portfolio.models import Sample
from portfolio.tests.factories import make_format, make_quality_item, make_sample

PITCH = {
    "title": "Case series",
    "organisation": "Northfield",
    "stage": "pitched",
    "pitched_on": "2026-11-02",
    "channel": "email",
}
LANDED = {
    "title": "Case series",
    "organisation": "Northfield",
    "stage": "landed",
    "role": "Writer",
    "is_paid": "true",
    "agreement": "contract",
    "agreed_on": "2026-11-01",
    "due_on": "2026-12-15",
}


class Person:
    """Somebody at the pages of the app, working on one step."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        self.step = make_step()

    def send(self, view, /, *args, **data):
        response = self.client.post(reverse(view, args=args), data)
        assert response.status_code == 302, view

    def check(self, sample, **answers):
        """Answers to the quality checklist, filled in looking at the sample as it is."""
        sample.refresh_from_db()
        self.send("portfolio:quality", sample.pk, seen=sample.as_seen, **answers)

    def on_step(self, deed, *args, **data):
        self.send(f"milestones:{deed}", self.step.milestone.slug, self.step.pk, *args, **data)

    @property
    def state(self):
        return evaluate(self.user).step(self.step.pk)


@pytest.fixture
def person(as_alice, alice):
    return Person(as_alice, alice)


# For each key: what is asked for, how the proof comes about, and how it goes (None: it never does).


def check(person):
    item = make_check_item(person.step)
    return {}, lambda: person.on_step("check", item.pk), lambda: person.on_step("uncheck", item.pk)


def note(person):
    return (
        {"count": 3},
        lambda: person.on_step("note", note="Three words here"),
        lambda: person.on_step("note", note="Two words"),
    )


def resource(person):
    resource = make_resource(person.step.milestone)
    slug = person.step.milestone.slug
    return (
        {},
        lambda: person.send("milestones:read", slug, resource.pk),
        lambda: person.send("milestones:unread", slug, resource.pk),
    )


def sample(person):
    format_ = make_format("script")
    sent = {"title": "A script", "format": format_.pk, "status": "ready", "origin": "spec"}
    return (
        {"format": format_, "status": "ready"},
        lambda: person.send("portfolio:create", **sent),
        lambda: person.send("portfolio:move", Sample.objects.get().pk, status="draft"),
    )


def organisation(person):
    return (
        {},
        lambda: person.send("networking:organisation-create", name="Northfield"),
        lambda: person.send("networking:organisation-delete", person.user.organisation_set.get().pk),
    )


def contact(person):
    return (
        {"contact_kind": "mentor"},
        lambda: person.send("networking:create", name="Ida Holm", kind="mentor", stage="identified"),
        lambda: person.send("networking:delete", Contact.objects.get().pk),
    )


def interaction(person):
    known = make_contact(person.user)
    sent = {
        "summary": "Met",
        "kind": "event",
        "happened_on": "2026-11-02",
        "direction": "both",
        "channel": "event",
    }
    return (
        {"interaction_kind": "event"},
        lambda: person.send("networking:interaction-create", known.pk, **sent),
        lambda: person.send("networking:interaction-delete", Interaction.objects.get().pk),
    )


def pitch(person):
    return (
        {},
        lambda: person.send("networking:opportunity-create", **PITCH),
        lambda: person.send("networking:opportunity-delete", Opportunity.objects.get().pk),
    )


def cadence_clear(person):
    made = make_opportunity(person.user, stage="pitched", pitched_on=date(2026, 11, 2))
    dated, undated = PITCH | {"next_on": "2026-12-01"}, PITCH
    return (
        {},
        lambda: person.send("networking:opportunity-update", made.pk, **dated),
        lambda: person.send("networking:opportunity-update", made.pk, **undated),
    )


def opportunity(person):
    return (
        {"stage": "landed"},
        lambda: person.send("networking:opportunity-create", **LANDED),
        lambda: person.send("networking:opportunity-delete", Opportunity.objects.get().pk),
    )


def rate(person):
    competency = make_competency()
    return (
        {"competency": competency, "level": 3},
        lambda: person.send("milestones:competency", competency.key, level=3),
        lambda: person.send("milestones:competency", competency.key, level=2),
    )


def rerate(person):
    competency = make_competency()
    make_rating(person.user, competency, rated_on=date(2026, 9, 1))
    return {}, lambda: person.send("milestones:competency", competency.key, level=3), None


def quiz(person):
    question = make_question(person.step.milestone)
    best = question.choices.get(is_best=True).pk
    sent = {f"question_{question.pk}": best}
    return {}, lambda: person.send("milestones:quiz", person.step.milestone.slug, **sent), None


def quality(person):
    point, made = make_quality_item(), make_sample(person.user)
    return (
        {},
        lambda: person.check(made, **{f"answer_{point.pk}": "met"}),
        lambda: person.check(made),
    )


def shareable(person):
    point, made = make_quality_item(), make_sample(person.user, status="ready")
    return (
        {},
        lambda: person.check(made, **{f"answer_{point.pk}": "met"}),
        lambda: person.send("portfolio:move", made.pk, status="retired"),
    )


VOCABULARY = {
    "check": check,
    "note": note,
    "resource": resource,
    "sample": sample,
    "org": organisation,
    "contact": contact,
    "interaction": interaction,
    "pitch": pitch,
    "opportunity": opportunity,
    "cadence_clear": cadence_clear,
    "rate": rate,
    "rerate": rerate,
    "quiz": quiz,
    "quality": quality,
    "shareable": shareable,
}


def test_every_key_is_here():
    assert set(VOCABULARY) == set(Requirement.Kind)


@pytest.mark.parametrize("kind", VOCABULARY)
def test_closes_by_proof_says_when_it_is_gone_and_opens_again(person, kind):
    asked, prove, lose = VOCABULARY[kind](person)
    make_requirement(person.step, kind=kind, **asked)
    assert person.state.is_closed is False

    prove()

    progress = StepProgress.objects.get(step=person.step)
    assert (person.state.is_met_now, person.state.evidence_gone) == (True, False)
    assert (progress.completed_on is not None, progress.is_self_declared) == (True, False)
    if lose is None:
        return

    lose()

    page = person.client.get(person.step.get_absolute_url()).content.decode()
    assert (person.state.is_closed, person.state.evidence_gone) == (True, True)
    assert "not everything it asks for is there now" in page
    assert 'class="missing"' in page

    person.on_step("reopen")

    assert person.state.is_closed is False
