"""People who work for a funder: to learn from, never to pitch; every place that could tempt says so."""

from datetime import date

import pytest
from django.urls import reverse

from networking.cadence import cadence_rules, first_step
from networking.clock import History, Touch, by_rule
from networking.models import CadenceRule, Contact, Interaction, Opportunity
from networking.tests.factories import make_contact, make_opportunity, make_organisation

WARNING = "never pitch to them"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def funder(alice):
    return make_contact(alice, name="Rosa Lind", kind="supporter_ime", organisation=make_organisation(alice))


@pytest.mark.parametrize("name", ["detail", "update", "interaction-create", "contact-sort"])
def test_every_page_about_them_warns(as_alice, alice, funder, name):
    other = make_contact(alice, kind="commissioner")

    warned, free = (
        as_alice.get(reverse(f"networking:{name}", args=[one.pk])).text for one in (funder, other)
    )

    assert (WARNING in warned, WARNING in free) == (True, False)


def log(client, contact, kind):
    data = {
        "summary": "x",
        "kind": kind,
        "channel": "email",
        "direction": "outgoing",
        "happened_on": "2026-01-05",
    }
    return client.post(reverse("networking:interaction-create", args=[contact.pk]), data, follow=True)


@pytest.mark.parametrize(("kind", "is_warned"), [("pitch", True), ("conversation", False)])
def test_a_pitch_is_logged_and_warned_about(as_alice, funder, kind, is_warned):
    response = log(as_alice, funder, kind)

    assert Interaction.objects.get().kind == kind
    assert ("It is logged as a pitch, but they work for a funder" in response.text) is is_warned


def test_correcting_a_touch_to_a_pitch_warns_too(as_alice, funder):
    log(as_alice, funder, "message")
    touch = Interaction.objects.get()
    data = {"kind": "pitch", "channel": "email", "direction": "outgoing", "happened_on": "2026-01-05"}

    response = as_alice.post(reverse("networking:interaction-update", args=[touch.pk]), data, follow=True)

    assert "It is logged as a pitch" in response.text


def test_a_pitch_to_others_warns_of_nothing(as_alice, alice):
    assert "It is logged as a pitch" not in log(as_alice, make_contact(alice), "pitch").text


@pytest.mark.parametrize("stage", ["lead", "qualified"])
def test_an_opportunity_cannot_name_them(as_alice, funder, stage):
    data = {"title": "Gout module", "organisation": "Northfield", "stage": stage, "contact": funder.pk}

    response = as_alice.post(reverse("networking:opportunity-create"), data)

    assert (response.status_code, Opportunity.objects.count()) == (422, 0)
    assert "Rosa Lind works for a funder" in response.context["form"].errors["contact"][0]


def test_their_page_offers_no_opportunity(as_alice, funder):
    add = f"{reverse('networking:opportunity-create')}?contact="
    others = make_contact(funder.owner, name="No funder")

    assert f"{add}{funder.pk}" not in as_alice.get(funder.get_absolute_url()).text
    assert f"{add}{others.pk}" in as_alice.get(others.get_absolute_url()).text


def test_one_named_before_can_be_corrected_but_not_pitched(as_alice, alice, funder):
    pitch = make_opportunity(alice, contact=funder, organisation=funder.organisation)
    update = reverse("networking:opportunity-update", args=[pitch.pk])
    data = {"title": "New title", "organisation": "Northfield Medical Education", "stage": "lead"}

    assert as_alice.post(update, {**data, "contact": funder.pk}).status_code == 302
    sent = {"stage": "pitched", "pitched_on": "2026-01-05", "channel": "email"}
    assert as_alice.post(update, {**data, **sent, "contact": funder.pk}).status_code == 422
    move = as_alice.post(reverse("networking:opportunity-move", args=[pitch.pk]), sent)
    assert move.status_code == 422
    assert "Rosa Lind works for a funder" in move.text
    pitch.refresh_from_db()
    assert (pitch.title, pitch.stage) == ("New title", "lead")


@pytest.mark.parametrize("stage", Contact.Stage)
def test_no_next_step_offers_them_work(db, stage):
    rules = cadence_rules()
    for n in range(4):
        touches = tuple(Touch(MONDAY, is_message=True) for _ in range(n))
        move = by_rule(History(stage, MONDAY, touches, is_funder=True), rules)

        assert move.kind not in {"pitch", "follow_up"}
        assert "sample" not in move.step
        assert "news" not in move.step


def test_nor_does_a_step_that_an_editor_wrote(db):
    rules = {"connected": CadenceRule(key="connected", step="Pitch them", days=7, kind="pitch")}

    move = by_rule(History("connected", MONDAY, is_funder=True), rules)

    assert (move.step, move.kind) == ("Be in touch to learn, never to pitch", "message")
    assert by_rule(History("connected", MONDAY), rules).step == "Pitch them"


def test_who_turns_out_to_be_one_gets_another_step(as_alice, alice):
    contact = make_contact(alice, stage="warm_lead", next_step="Check in with news", next_on=MONDAY)
    pinned = make_contact(alice, stage="warm_lead", next_step="Mine", next_on=MONDAY, is_next_pinned=True)
    for one in (contact, pinned):
        data = {"name": "Rosa", "stage": "warm_lead", "kind": "supporter_ime"}
        plan = {"next_step": one.next_step, "next_on": MONDAY}
        as_alice.post(reverse("networking:update", args=[one.pk]), data | plan)

    contact.refresh_from_db()
    pinned.refresh_from_db()
    assert (contact.next_step, pinned.next_step) == ("Be in touch to learn, never to pitch", "Mine")


def test_nobody_is_reminded_to_follow_up_a_pitch_to_them(alice, funder):
    sent = {"stage": "pitched", "pitched_on": MONDAY, "next_on": MONDAY, "organisation": funder.organisation}
    theirs = make_opportunity(alice, contact=funder, **sent)
    others = make_opportunity(alice, contact=make_contact(alice), **sent)
    nobodys = make_opportunity(alice, **sent)

    mine = Opportunity.objects.for_user(alice)
    assert list(mine.due(MONDAY)) == list(mine.waiting(MONDAY)) == [others, nobodys]
    assert [one.is_remindable for one in (theirs, others, nobodys)] == [False, True, True]


def test_a_new_one_starts_so_too(alice):
    funder = make_contact(alice, kind="supporter_ime", stage="warm_lead")

    assert first_step(funder, MONDAY)[0] == "Be in touch to learn, never to pitch"


def test_the_kind_of_event_is_kept_and_shown(as_alice, alice):
    contact = make_contact(alice)
    data = {"summary": "Poster walk", "kind": "event", "event_type": "specialty_congress", "channel": "event",
            "direction": "both", "happened_on": "2026-01-05"}  # fmt: skip

    as_alice.post(reverse("networking:interaction-create", args=[contact.pk]), data)

    [row] = as_alice.get(contact.get_absolute_url()).context["touches"]
    assert row.how == "Event · Specialty congress · In person or at an event · Both ways"
