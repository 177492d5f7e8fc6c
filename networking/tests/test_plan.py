from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import CadenceRule
from networking.planning import follow_new_rules
from networking.tests.factories import make_contact, make_opportunity

KINDS = [("plan", make_contact), ("opportunity-plan", make_opportunity)]


def day(offset):
    return timezone.localdate() + timedelta(offset)


@pytest.mark.parametrize(("name", "make"), KINDS)
def test_a_chosen_day_is_pinned_and_wakes_what_was_snoozed(as_alice, alice, name, make):
    row = make(alice, next_step="Call", next_on=day(-3), snoozed_until=day(9))

    response = as_alice.post(reverse(f"networking:{name}", args=[row.pk]), {"on": day(2)}, follow=True)

    row.refresh_from_db()
    assert (row.next_step, row.next_on, row.is_next_pinned, row.snoozed_until) == ("Call", day(2), True, None)
    assert "as you chose" in response.text


def test_no_new_rule_moves_it(as_alice, alice):
    contact = make_contact(alice, stage="connected", next_on=day(0))
    as_alice.post(reverse("networking:plan", args=[contact.pk]), {"on": day(30)})
    CadenceRule.objects.create(key="connected", meaning="m", advice="a", step="Wave", days=3)

    follow_new_rules()

    contact.refresh_from_db()
    assert contact.next_on == day(30)


def test_the_page_works_by_itself(as_alice, alice):
    text = as_alice.get(reverse("networking:plan", args=[make_contact(alice).pk])).text

    assert "beats the rule until your next touch" in text
    assert "3 days" not in text


@pytest.mark.parametrize(
    ("on", "error"),
    [
        ("", "Choose a day."),
        ("2026-13-45", "Choose a day."),
        (str(day(-1)), "This day is over. Choose today or a later one."),
        ("9999-12-31", "Enter a date between 1950 and 2100."),
    ],
)
def test_bad_input_is_named_and_kept(as_alice, alice, on, error):
    contact = make_contact(alice, next_on=date(2026, 1, 5))

    response = as_alice.post(reverse("networking:plan", args=[contact.pk]), {"on": on})

    contact.refresh_from_db()
    assert response.status_code == 422
    assert error in response.text
    assert f'value="{on}"' in response.text or not on
    assert (contact.next_on, contact.is_next_pinned) == (date(2026, 1, 5), False)
