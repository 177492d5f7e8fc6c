from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.forms import SnoozeForm
from networking.models import Contact, Opportunity
from networking.tests.factories import make_contact, make_opportunity

THURSDAY = date(2026, 11, 26)
KINDS = [("snooze", make_contact), ("opportunity-snooze", make_opportunity)]


def day(offset):
    return timezone.localdate() + timedelta(offset)


@pytest.mark.parametrize(
    ("span", "until"),
    [
        ("3_days", date(2026, 11, 30)),  # a Sunday: on Monday
        ("1_week", date(2026, 12, 3)),
        ("1_month", date(2026, 12, 28)),  # a Saturday: on Monday
    ],
)
def test_a_span_ends_on_a_working_day(span, until):
    form = SnoozeForm({"span": span}, today=THURSDAY)

    assert form.is_valid()
    assert form.cleaned_data["on"] == until


def test_a_day_beats_the_span_that_enter_sends_along():
    form = SnoozeForm({"span": "3_days", "on": "2026-12-24"}, today=THURSDAY)

    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 12, 24)


@pytest.mark.parametrize(("name", "make"), KINDS)
def test_one_tap_hides_it_and_keeps_the_plan(as_alice, alice, name, make):
    row = make(alice, next_step="Call", next_on=day(-3))

    response = as_alice.post(reverse(f"networking:{name}", args=[row.pk]), {"span": "1_week"}, follow=True)

    row.refresh_from_db()
    assert row.snoozed_until >= day(7)
    assert (row.next_step, row.next_on, row.is_next_pinned) == ("Call", day(-3), False)
    assert "is out of sight until" in response.text
    assert not type(row).objects.for_user(alice).due(day(0)).exists()
    assert list(type(row).objects.for_user(alice).due(row.snoozed_until)) == [row]


def test_until_a_chosen_day_be_it_a_weekend(as_alice, alice):
    contact = make_contact(alice, next_on=day(0))
    saturday = day(12 - timezone.localdate().weekday())

    as_alice.post(reverse("networking:snooze", args=[contact.pk]), {"on": saturday})

    contact.refresh_from_db()
    assert contact.snoozed_until == saturday


def test_the_page_works_by_itself(as_alice, alice):
    contact = make_contact(alice, next_on=day(0))

    text = as_alice.get(reverse("networking:snooze", args=[contact.pk])).text

    for shown in ("3 days", "1 week", "1 month", "Snooze until then"):
        assert shown in text


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({}, "Choose a day."),
        ({"on": ""}, "Choose a day."),
        ({"on": "soon"}, "Choose a day."),
        ({"on": str(day(0))}, "Choose a day from tomorrow on."),
        ({"on": "0001-01-01"}, "Enter a date between 1950 and 2100."),
        ({"on": "9999-12-31"}, "Enter a date between 1950 and 2100."),
        ({"span": "a_year"}, "Choose a day."),
        ({"on": "a\x00b"}, "Choose a day."),
    ],
)
def test_bad_input_is_named_and_kept(as_alice, alice, sent, error):
    contact = make_contact(alice, next_on=day(0))

    response = as_alice.post(reverse("networking:snooze", args=[contact.pk]), {**sent, "next": "/"})

    contact.refresh_from_db()
    assert response.status_code == 422
    assert error in response.text
    assert 'name="next" value="/"' in response.text
    assert (contact.snoozed_until, contact.revision) == (None, 0)


def test_a_refused_fragment_becomes_the_page(as_alice, alice, htmx):
    contact = make_contact(alice)

    response = as_alice.post(reverse("networking:snooze", args=[contact.pk]), {"on": "soon"}, headers=htmx)

    assert (response["HX-Retarget"], response["HX-Reselect"]) == ("#main", "#main")


def test_a_snooze_in_the_past_hides_nothing(alice):
    contact = make_contact(alice, next_on=day(0), snoozed_until=day(-1))
    pitch = make_opportunity(alice, next_on=day(-9), snoozed_until=day(-2))

    assert (contact.comes_on, pitch.comes_on) == (day(0), day(-2))
    assert list(Contact.objects.for_user(alice).due(day(0))) == [contact]
    assert list(Opportunity.objects.for_user(alice).due(day(0))) == [pitch]


def test_the_order_is_that_of_the_days_they_come_up(alice):
    snoozed = make_contact(alice, name="Snoozed", next_on=day(-20), snoozed_until=day(-1))
    late = make_contact(alice, name="Late", next_on=day(-5))
    asleep = make_contact(alice, name="Asleep", next_on=day(-30), snoozed_until=day(4))
    soon = make_contact(alice, name="Soon", next_on=day(2))

    mine = Contact.objects.for_user(alice)
    assert list(mine.due(day(0))) == [late, snoozed]
    assert list(mine.coming(day(0))) == [soon, asleep]
