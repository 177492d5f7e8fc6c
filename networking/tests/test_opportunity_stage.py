"""One tap to another stage: at once where nothing is missing, else by way of the form."""

from datetime import date

import pytest
from django.urls import reverse

from networking.models import StageChange
from networking.moving import LANDED_FIRST
from networking.tests.factories import make_contact, make_landed, make_opportunity
from networking.tests.test_undo import state, undo

NUDGE = "Send a short nudge with one new item"


def send(client, pitch, stage, **data):
    return client.post(reverse("networking:opportunity-stage", args=[pitch.pk]), {"stage": stage, **data})


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("stage", ["qualified", "conversation", "quoted", "verbal_yes"])
def test_moves_at_once_and_can_be_undone(as_alice, alice, stage):
    pitch = make_opportunity(alice)
    before = state()
    url = reverse("networking:opportunity-stage", args=[pitch.pk])

    done = as_alice.post(url, {"stage": stage, "revision": 0, "next": "/network/"}, follow=True)

    pitch.refresh_from_db()
    assert done.redirect_chain == [("/network/", 302)]
    assert said(done) == [f"Moved “{pitch}” to {pitch.get_stage_display()}."]
    assert (pitch.stage, pitch.furthest_stage) == (stage, stage)
    assert undo(as_alice, done).redirect_chain == [("/network/", 302)]
    assert state() == before


@pytest.mark.parametrize(
    "stage", ["pitched", "test_brief", "landed", "delivered", "paid", "lost", "withdrawn", "on_hold"]
)
def test_what_a_stage_needs_is_asked_first(as_alice, alice, stage):
    pitch = make_opportunity(alice, closed_reason="rate", next_on=date(2026, 12, 1))

    response = send(as_alice, pitch, stage)

    pitch.refresh_from_db()
    assert response.url == f"{reverse('networking:opportunity-move', args=[pitch.pk])}?stage={stage}"
    assert pitch.stage == "lead"


@pytest.mark.parametrize("stage", ["", "nonsense", "\x00", "<b>"])
def test_nonsense_leads_to_the_question(as_alice, alice, stage):
    pitch = make_opportunity(alice)

    response = as_alice.post(
        reverse("networking:opportunity-stage", args=[pitch.pk]), {"stage": stage}, follow=True
    )

    assert "Where does it stand now?" in response.text
    assert StageChange.objects.count() == 1


def test_what_is_known_is_not_asked_again(as_alice, alice):
    pitch = make_landed(alice, stage="verbal_yes")

    landed = as_alice.post(
        reverse("networking:opportunity-stage", args=[pitch.pk]), {"stage": "landed"}, follow=True
    )

    pitch.refresh_from_db()
    assert pitch.stage == "landed"
    assert said(landed) == [LANDED_FIRST]


def test_the_second_click_moves_nothing(as_alice, alice):
    pitch = make_opportunity(alice)

    for _ in range(2):
        send(as_alice, pitch, "qualified", revision=0)

    assert StageChange.objects.count() == 2  # new, and one move


def test_another_tab_is_told(as_alice, alice):
    pitch = make_opportunity(alice)
    send(as_alice, pitch, "qualified", revision=0)
    url = reverse("networking:opportunity-stage", args=[pitch.pk])

    late = as_alice.post(url, {"stage": "quoted", "revision": 7}, follow=True)

    pitch.refresh_from_db()
    assert "has changed since you opened this page" in said(late)[-1]
    assert pitch.stage == "qualified"


def test_to_where_it_is_already(as_alice, alice):
    pitch = make_opportunity(alice)
    url = reverse("networking:opportunity-stage", args=[pitch.pk])

    response = as_alice.post(url, {"stage": "lead"}, follow=True)

    assert said(response) == [f"“{pitch}” is at “Lead” already."]
    assert StageChange.objects.count() == 1


@pytest.mark.parametrize(("is_pinned", "left"), [(False, ("", None)), (True, ("Nudge", date(2026, 11, 23)))])
def test_the_rules_plan_ends_with_the_pitch(as_alice, alice, is_pinned, left):
    pitch = make_opportunity(
        alice, stage="pitched", pitched_on=date(2026, 11, 16), channel="email", next_step="Nudge",
        next_on=date(2026, 11, 23), is_next_pinned=is_pinned,
    )  # fmt: skip

    send(as_alice, pitch, "conversation")

    pitch.refresh_from_db()
    assert (pitch.next_step, pitch.next_on) == left


def test_back_at_pitched_the_rule_goes_on(as_alice, alice):
    pitch = make_opportunity(alice, stage="lead", pitched_on=date(2026, 11, 16), channel="email")

    send(as_alice, pitch, "pitched")

    pitch.refresh_from_db()
    assert (pitch.next_step, pitch.next_on, pitch.is_next_pinned) == (NUDGE, date(2026, 11, 23), False)


def test_a_client_is_to_hear_from_you_two_weeks_after_delivery(as_alice, alice):
    contact = make_contact(
        alice, stage="client", stage_set_on=date(2025, 1, 6), next_step="Check in", next_on=date(2025, 1, 20)
    )
    pitch = make_landed(alice, contact=contact)
    url = reverse("networking:opportunity-move", args=[pitch.pk])

    as_alice.post(url, {"stage": "delivered", "delivered_on": "2026-11-09"})

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on) == ("Check in", date(2026, 11, 23))
    as_alice.post(url, {"stage": "lost", "closed_reason": "no_budget"})
    contact.refresh_from_db()
    assert contact.next_on == date(2025, 1, 20)


def test_a_delivery_answers_no_other_pitch(as_alice, alice):
    contact = make_contact(alice, stage="client")
    other = make_opportunity(
        alice, contact=contact, stage="pitched", pitched_on=date(2026, 11, 2), next_step=NUDGE,
        next_on=date(2026, 11, 9),
    )  # fmt: skip
    pitch = make_landed(alice, contact=contact)

    as_alice.post(
        reverse("networking:opportunity-move", args=[pitch.pk]),
        {"stage": "delivered", "delivered_on": "2026-11-09"},
    )

    other.refresh_from_db()
    assert (other.next_step, other.next_on) == (NUDGE, date(2026, 11, 9))
