from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import Interaction
from networking.tests.factories import make_contact, make_opportunity


def day(offset):
    return timezone.localdate() + timedelta(offset)


def url(pitch):
    return reverse("networking:opportunity-done", args=[pitch.pk])


def pitched(owner, **fields):
    return make_opportunity(
        owner,
        **{"stage": "pitched", "pitched_on": day(-9), "next_step": "Nudge", "next_on": day(0), **fields},
    )


def test_logs_the_follow_up_with_the_person_and_moves_on(as_alice, alice):
    contact = make_contact(alice, stage="connected")
    pitch = pitched(alice, contact=contact, channel="linkedin")

    response = as_alice.post(url(pitch), follow=True)

    touch = Interaction.objects.get()
    pitch.refresh_from_db()
    contact.refresh_from_db()
    assert (touch.contact, touch.kind, touch.summary) == (contact, "follow_up", "Nudge")
    assert (touch.channel, touch.happened_on) == ("linkedin", day(0))
    assert pitch.next_step == "Send a closing note, kindly"
    assert contact.last_touch_on == day(0)
    assert "Done: “Nudge” for “Heart failure needs assessment”. Next, on" in response.text
    assert "Add words" in response.text


@pytest.mark.parametrize("in_trash", [False, True])
def test_without_a_person_the_message_is_counted(as_alice, alice, in_trash):
    contact = make_contact(alice) if in_trash else None
    pitch = pitched(alice, contact=contact)
    if contact:
        contact.trash()

    for expected in ("Send a closing note, kindly", "Record that no reply came"):
        as_alice.post(url(pitch))
        pitch.refresh_from_db()
        assert pitch.next_step == expected

    assert (pitch.follow_ups, pitch.followed_up_on) == (2, day(0))
    assert not Interaction.objects.exists()


def test_before_and_after_the_pitch_its_owner_says_what_is_next(as_alice, alice):
    contact = make_contact(alice)
    pitch = make_opportunity(
        alice, stage="quoted", contact=contact, next_step="Ask about the quote", next_on=day(0)
    )

    response = as_alice.post(url(pitch), follow=True)

    pitch.refresh_from_db()
    assert Interaction.objects.get().kind == "message"
    assert (pitch.next_step, pitch.next_on) == ("", None)
    assert "Nothing is planned next." in response.text


def test_a_double_click_counts_once(as_alice, alice):
    pitch = pitched(alice)

    for _ in range(2):
        as_alice.post(url(pitch), {"revision": pitch.revision})

    pitch.refresh_from_db()
    assert pitch.follow_ups == 1
