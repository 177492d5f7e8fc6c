"""Undo brings back exactly what a tap changed, once, and never over later work."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import Contact, Interaction, Opportunity, StageChange
from networking.tests.factories import make_contact, make_interaction, make_opportunity
from networking.tests.test_access import snapshot

UNDO = reverse("networking:undo")
LONG_AGO = date(2025, 1, 6)
# What saving always changes.
MOVING = {"revision", "updated_at"}


def day(offset):
    return timezone.localdate() + timedelta(offset)


@pytest.fixture
def everything(alice):
    """A person and two pitches to them, one of them pinned and one snoozed."""
    contact = make_contact(
        alice, stage="connected", stage_set_on=LONG_AGO, next_step="Send it", next_on=day(-2),
        is_next_pinned=True, snoozed_until=day(-1),
    )  # fmt: skip
    make_interaction(alice, contact=contact, happened_on=LONG_AGO)
    sent = {"contact": contact, "stage": "pitched", "pitched_on": day(-40)}
    pitch = make_opportunity(alice, **sent, next_step="Mine", next_on=day(0), is_next_pinned=True)
    make_opportunity(alice, **sent, next_step="Old", next_on=day(-9), snoozed_until=day(3))
    return {"contact": contact, "opportunity": pitch}


def state():
    rows = [*Contact.objects.all(), *Opportunity.objects.order_by("pk"), *StageChange.objects.order_by("pk")]
    live = Interaction.objects.filter(trashed_at=None).order_by("pk")
    return [
        {name: value for name, value in snapshot(row).items() if name not in MOVING} for row in [*rows, *live]
    ]


def undo_address(response):
    return response.text.partition('class="toast-line')[2].partition('action="')[2].partition('"')[0]


def undo(client, response):
    address = undo_address(response).replace("&amp;", "&")
    assert address.startswith(UNDO)
    return client.post(address, follow=True)


TAPS = [
    ("done", "contact", {}),
    ("rest", "contact", {}),
    ("follow-rule", "contact", {}),
    ("snooze", "contact", {"span": "1_month"}),
    ("plan", "contact", {"on": "2099-01-05"}),
    ("opportunity-done", "opportunity", {}),
    ("opportunity-no-reply", "opportunity", {}),
    ("opportunity-follow-rule", "opportunity", {}),
    ("opportunity-snooze", "opportunity", {"on": "2099-01-05"}),
    ("opportunity-plan", "opportunity", {"on": "2099-01-05"}),
]


@pytest.mark.parametrize(("name", "noun", "data"), TAPS)
def test_all_is_as_it_was(as_alice, everything, name, noun, data):
    before, row = state(), everything[noun]
    data = {**data, "next": "/network/follow-ups/", "revision": 0}
    done = as_alice.post(reverse(f"networking:{name}", args=[row.pk]), data, follow=True)
    assert state() != before

    undone = undo(as_alice, done)

    assert undone.redirect_chain == [("/network/follow-ups/", 302)]
    assert "Undone. All is as it was." in undone.text
    assert state() == before


def test_the_second_click_says_the_same_again(as_alice, everything):
    before = state()
    done = as_alice.post(reverse("networking:done", args=[everything["contact"].pk]), follow=True)

    first, second = undo(as_alice, done), undo(as_alice, done)

    assert "Undone." in first.text
    assert "Undone." in second.text
    assert state() == before


def test_never_over_later_work(as_alice, everything):
    contact = everything["contact"]
    done = as_alice.post(reverse("networking:snooze", args=[contact.pk]), {"span": "3_days"}, follow=True)
    as_alice.post(reverse("networking:plan", args=[contact.pk]), {"on": day(9)})

    late = undo(as_alice, done)

    contact.refresh_from_db()
    assert "left as it is" in late.text
    assert contact.next_on == day(9)


def test_not_what_went_to_the_trash_since(as_alice, everything):
    contact = everything["contact"]
    done = as_alice.post(reverse("networking:done", args=[contact.pk]), follow=True)
    contact.refresh_from_db()
    contact.trash()

    assert "left as it is" in undo(as_alice, done).text


def test_words_added_since_do_not_stand_in_the_way(as_alice, alice, everything):
    before = state()
    done = as_alice.post(reverse("networking:done", args=[everything["contact"].pk]), follow=True)
    touch = Interaction.objects.latest("pk")
    Interaction.objects.filter(pk=touch.pk).update(summary="In other words")

    undo(as_alice, done)

    assert state() == before
    assert Interaction.objects.trashed(alice).get() == touch


@pytest.mark.parametrize("tap", ["", "contact-1-0", "nonsense", "\x00", "9" * 5000])
def test_with_nothing_to_undo_it_says_so(as_alice, everything, tap):
    before = state()

    response = as_alice.post(f"{UNDO}?tap=x&next=/&tap={tap}", follow=True)

    assert "There is nothing to undo here any more." in response.text
    assert state() == before


def test_nobody_undoes_for_somebody_else(as_alice, as_bob, everything):
    done = as_alice.post(reverse("networking:done", args=[everything["contact"].pk]), follow=True)
    after = state()

    assert "nothing to undo" in undo(as_bob, done).text
    assert state() == after


def test_only_the_latest_taps_are_kept(as_alice, alice):
    contact = make_contact(alice, next_on=day(0))
    url = reverse("networking:snooze", args=[contact.pk])
    first = as_alice.post(url, {"span": "3_days"}, follow=True)
    for _ in range(10):
        as_alice.post(url, {"span": "3_days"})

    assert len(as_alice.session["taps"]) == 10
    assert "nothing to undo" in undo(as_alice, first).text


def test_takes_a_post(as_alice):
    assert as_alice.get(UNDO).status_code == 405
