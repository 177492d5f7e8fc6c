from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.tests.factories import make_contact, make_opportunity, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:follow-ups")
# People due and coming, opportunities due and coming.
QUERIES = SHELL + 4


def day(offset):
    return timezone.localdate() + timedelta(offset)


def name(row):
    return getattr(row, "name", None) or row.title


def parts(response):
    found = response.context["found"].parts
    return {part.title: [name(row) for row in part.rows] for part in found}


def test_sorts_by_when(as_alice, alice, bob):
    make_contact(alice, name="Late", next_on=day(-2))
    make_contact(alice, name="Later still", next_on=day(-3))
    make_contact(alice, name="Now", next_on=day(0))
    make_contact(alice, name="Soon", next_on=day(14))
    make_contact(alice, name="Far", next_on=day(15))
    make_contact(alice, name="Left alone", next_on=day(0), stage="do_not_contact")
    make_contact(bob, name="Bob’s", next_on=day(0))
    make_opportunity(alice, title="Parked", stage="on_hold", next_on=day(0))
    make_opportunity(alice, title="Lost", stage="lost", next_on=day(0))

    assert parts(as_alice.get(URL)) == {
        "Overdue": ["Later still", "Late"],
        "Today": ["Now", "Parked"],
        "Next 14 days": ["Soon"],
    }


def test_a_touch_is_one_tap_away(as_alice, alice):
    contact = make_contact(alice, next_on=day(0))

    assert reverse("networking:interaction-create", args=[contact.pk]) in as_alice.get(URL).text


def test_with_nothing_due_it_says_so(as_alice, alice):
    make_contact(alice, name="Soon", next_on=day(3))

    response = as_alice.get(URL)

    assert "Nothing is due today." in response.text
    assert parts(response) == {"Next 14 days": ["Soon"]}


def test_with_nothing_soon_it_shows_the_nearest(as_alice, alice):
    make_contact(alice, name="In May", next_on=day(40))
    make_contact(alice, name="In June", next_on=day(70))
    make_opportunity(alice, title="In July", next_on=day(100))

    nearest = as_alice.get(URL).context["found"].nearest

    assert [name(row) for row in nearest.rows] == ["In May"]


def test_people_and_pitches_come_by_date(as_alice, alice):
    make_contact(alice, name="Third", next_on=day(9))
    make_opportunity(alice, title="Second", next_on=day(5))
    make_contact(alice, name="First", next_on=day(2))

    assert parts(as_alice.get(URL)) == {"Next 14 days": ["First", "Second", "Third"]}


@pytest.mark.parametrize(("offset", "said"), [(-1, "1 day overdue</span>"), (3, "in 3 days</span>")])
def test_says_when(as_alice, alice, offset, said):
    make_contact(alice, next_on=day(offset))
    make_opportunity(alice, next_on=day(offset))

    assert as_alice.get(URL).text.count(said) == 2


def test_today_is_said_once(as_alice, alice):
    make_contact(alice, next_on=day(0))
    make_opportunity(alice, next_on=day(0))

    text = as_alice.get(URL).text

    assert "<h2>Today</h2>" in text
    assert "today</span>" not in text


def test_with_nothing_at_all_it_says_how_to_begin(as_alice):
    assert "Nobody is waiting" in as_alice.get(URL).text


def test_says_when_there_are_more_than_it_shows(as_alice, alice):
    for n in range(50):
        make_contact(alice, name=f"Person {n}", next_on=day(0))

    assert "The first 50 of each kind" in as_alice.get(URL).text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        place = make_organisation(alice, name=f"Place {n}")
        contact = make_contact(alice, name=f"Person {n}", next_on=day(0), organisation=place)
        make_opportunity(alice, next_on=day(0), organisation=place, contact=contact)

    with django_assert_num_queries(QUERIES):
        as_alice.get(URL)
