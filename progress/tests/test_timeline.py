from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.tests.factories import (
    make_attempt,
    make_competency,
    make_milestone,
    make_progress,
    make_rating,
    make_step,
)
from networking.tests.factories import make_contact, make_interaction, make_opportunity
from portfolio.tests.factories import make_sample

URL = reverse("progress:timeline")
DAY = date(2026, 3, 1)


def test_shows_what_happened_latest_first(as_alice, alice, bob):
    step = make_step(title="Map the field")
    make_progress(alice, step, completed_on=date(2026, 2, 1))
    make_interaction(alice, happened_on=DAY, kind="event", summary="Met at the congress")
    make_rating(alice, make_competency(title="Appraisal"), rated_on=date(2026, 1, 1))
    make_sample(alice, title="A script")
    make_opportunity(alice, title="Case series")
    make_attempt(alice, make_milestone(title="Formats"))
    make_sample(bob, title="Bob’s secret")

    page = as_alice.get(URL).content.decode()

    places = [
        page.index(text) for text in ("Met at the congress", "Step closed: Map the field", "Rated: Appraisal")
    ]
    assert places == sorted(places)
    assert all(text in page for text in ("A script", "Case series", "Quiz passed: Formats", "March 2026"))
    assert "Bob’s secret" not in page


def test_one_day_goes_from_its_latest_moment_back(as_alice, alice):
    """Whatever the kind: a sample logged in between stands in between."""
    today = timezone.localdate()
    contact = make_contact(alice)
    make_interaction(alice, contact=contact, happened_on=today, summary="First.")
    make_sample(alice, title="Second")
    make_interaction(alice, contact=contact, happened_on=today, summary="Third.")
    make_sample(alice, title="Fourth")

    activity = [row for _, rows in as_alice.get(URL).context["months"] for row in rows]

    assert [row.title if row.tag == "Portfolio" else row.detail for row in activity] == [
        "Sample logged: Fourth",
        "Third.",
        "Sample logged: Second",
        "First.",
    ]


def test_leads_on_to_older_days_and_loses_none(as_alice, alice):
    contact = make_contact(alice)
    for n in range(120):
        make_interaction(
            alice, contact=contact, happened_on=DAY - timedelta(days=n // 3), summary=f"Touch {n}."
        )

    seen, address = set(), URL
    while address:
        response = as_alice.get(address)
        page = response.content.decode()
        seen |= {n for n in range(120) if f"Touch {n}." in page}
        older = response.context["older"]
        address = older and f"{URL}?page={older}"

    assert seen == set(range(120))


@pytest.mark.parametrize("page", ["", "soon", "-1", "0", "200", "9" * 30, "²"])
def test_odd_pages_are_no_error(as_alice, page):
    assert as_alice.get(URL, {"page": page}).status_code == 200


def test_says_so_when_nothing_happened(as_alice):
    assert "Nothing has happened yet." in as_alice.get(URL).content.decode()


def test_only_reads(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 20])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_interaction(alice, happened_on=DAY - timedelta(days=n))
        make_progress(alice, make_step(), completed_on=DAY)
        make_attempt(alice, make_milestone())

    with django_assert_num_queries(10):
        as_alice.get(URL)
