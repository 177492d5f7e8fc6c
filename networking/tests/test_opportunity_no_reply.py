from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import StageChange
from networking.tests.factories import make_contact, make_interaction, make_opportunity


def day(offset):
    return timezone.localdate() + timedelta(offset)


def url(pitch):
    return reverse("networking:opportunity-no-reply", args=[pitch.pk])


def silent(owner, **fields):
    return make_opportunity(owner, stage="pitched", pitched_on=day(-40), next_on=day(-5), **fields)


def test_records_it_and_lets_the_person_rest(as_alice, alice):
    contact = make_contact(alice, stage="connected")
    pitch = silent(alice, contact=contact)

    response = as_alice.post(url(pitch), follow=True)

    pitch.refresh_from_db()
    contact.refresh_from_db()
    assert (pitch.stage, pitch.closed_reason, pitch.furthest_stage) == ("lost", "no_reply", "pitched")
    assert (pitch.next_step, pitch.next_on) == ("", None)
    assert [str(change) for change in StageChange.objects.for_user(alice)] == [
        "Pitched → Lost",
        "New → Pitched",
    ]
    assert (contact.stage, contact.next_step) == ("dormant", "Make one fresh approach")
    assert "Recorded that no reply came" in response.text
    assert "rests now" in response.text


@pytest.mark.parametrize("stage", ["client", "do_not_contact"])
def test_some_stay_where_they_are(as_alice, alice, stage):
    contact = make_contact(alice, stage=stage)

    as_alice.post(url(silent(alice, contact=contact)))

    contact.refresh_from_db()
    assert contact.stage == stage


def test_who_has_more_going_on_does_not_rest(as_alice, alice):
    contact = make_contact(alice, stage="connected")
    make_opportunity(alice, contact=contact, stage="quoted")

    as_alice.post(url(silent(alice, contact=contact)))

    contact.refresh_from_db()
    assert contact.stage == "connected"


def test_who_answered_does_not_rest(as_alice, alice):
    contact = make_contact(alice, stage="connected")
    pitch = silent(alice, contact=contact)
    make_interaction(alice, contact=contact, happened_on=day(-3), direction="incoming")

    as_alice.post(url(pitch))

    contact.refresh_from_db()
    assert contact.stage == "connected"


@pytest.mark.parametrize("stage", ["lead", "conversation", "landed", "lost"])
def test_only_a_pitch_waits_for_a_reply(as_alice, alice, stage):
    pitch = make_opportunity(alice, stage=stage)

    response = as_alice.post(url(pitch), follow=True)

    pitch.refresh_from_db()
    assert (pitch.stage, pitch.closed_reason) == (stage, "")
    assert "waits for no reply" in response.text


def test_a_pitch_with_nobody_in_particular(as_alice, alice):
    pitch = silent(alice)

    as_alice.post(url(pitch))

    pitch.refresh_from_db()
    assert pitch.closed_reason == "no_reply"
