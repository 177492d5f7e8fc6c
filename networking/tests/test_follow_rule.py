from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.tests.factories import make_contact, make_interaction, make_opportunity

MONDAY = date(2026, 11, 23)
LONG_AGO = date(2025, 1, 6)
PINNED = {"next_step": "Mine", "next_on": date(2027, 1, 4), "is_next_pinned": True}


def post(client, name, row):
    response = client.post(reverse(f"networking:{name}", args=[row.pk]), follow=True)
    row.refresh_from_db()
    return response


@pytest.mark.parametrize("fields", [PINNED, {}, {**PINNED, "snoozed_until": date(2027, 5, 3)}])
def test_a_person_follows_the_rule_again(as_alice, alice, fields):
    contact = make_contact(alice, stage="warm_lead", stage_set_on=LONG_AGO, **fields)
    make_interaction(alice, contact=contact, happened_on=MONDAY)

    response = post(as_alice, "follow-rule", contact)

    assert (contact.next_step, contact.next_on) == ("Check in with news or a new sample", date(2026, 12, 23))
    assert (contact.is_next_pinned, contact.snoozed_until) == (False, None)
    assert "follows the rule again. Next, on 23 December 2026: Check in" in response.text


def test_a_pitch_follows_the_rule_again(as_alice, alice):
    pitch = make_opportunity(alice, stage="pitched", pitched_on=MONDAY, **PINNED)

    post(as_alice, "opportunity-follow-rule", pitch)

    assert (pitch.next_step, pitch.next_on) == ("Send a short nudge with one new item", date(2026, 11, 30))
    assert not pitch.is_next_pinned


def test_what_no_rule_governs_only_wakes_up(as_alice, alice):
    asleep = timezone.localdate() + timedelta(9)
    pitch = make_opportunity(alice, stage="lead", snoozed_until=asleep, **PINNED)

    post(as_alice, "opportunity-follow-rule", pitch)

    assert (pitch.next_step, pitch.next_on, pitch.is_next_pinned) == ("Mine", date(2027, 1, 4), True)
    assert pitch.snoozed_until is None
