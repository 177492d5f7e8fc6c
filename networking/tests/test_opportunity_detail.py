from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.rows import change_rows, fee_words
from networking.tests.factories import make_contact, make_landed, make_opportunity
from networking.tests.queries import SHELL
from portfolio.tests.factories import make_sample

NUDGE = "Send a short nudge with one new item"
# The opportunity, its history, its samples, their versions.
QUERIES = SHELL + 4


def test_shows_what_it_is_and_its_history(as_alice, alice):
    pitch = make_opportunity(
        alice,
        contact=make_contact(alice),
        samples=[make_sample(alice, title="Cough case")],
        stage="pitched",
        pitched_on=date(2026, 1, 5),
        channel="email",
        next_step="Nudge them",
        next_on=timezone.localdate() - timedelta(1),
        notes="*Kind* reply",
    )

    text = as_alice.get(pitch.get_absolute_url()).text

    for shown in (
        "Ida Holm", "Northfield", "Cough case", "5 January 2026", "Nudge them", "1 day overdue",
        "New → Pitched", "<em>Kind</em>",
    ):  # fmt: skip
        assert shown in text


def test_shows_the_terms_of_a_landed_one(as_alice, alice):
    pitch = make_landed(alice, fee=1200, currency="EUR", is_writing_test=True)

    text = as_alice.get(pitch.get_absolute_url()).text

    for shown in (
        "Signed contract",
        "1,200 EUR",
        "<dt>Paid work</dt><dd>yes, a writing test",
        "15 December 2026",
    ):
        assert shown in text


@pytest.mark.parametrize(
    ("fee", "currency", "words"),
    [(None, "EUR", ""), (0, "", "0"), ("950.5", "GBP", "950.50 GBP"), (12000, "EUR", "12,000 EUR")],
)
def test_a_fee_reads_as_one_writes_it(alice, fee, currency, words):
    pitch = make_opportunity(alice, fee=fee, currency=currency)
    pitch.refresh_from_db()

    assert fee_words(pitch) == words


@pytest.mark.parametrize(
    ("make", "look"), [(make_opportunity, "primary"), (make_landed, "outline-secondary")]
)
def test_moving_on_is_the_main_thing_until_it_is_landed(as_alice, alice, make, look):
    pitch = make(alice)

    text = as_alice.get(pitch.get_absolute_url()).text

    move = reverse("networking:opportunity-move", args=[pitch.pk])
    assert f'<a class="btn btn-{look}" href="{move}">' in text


def test_a_contact_in_the_trash_is_named_and_not_linked(as_alice, alice):
    contact = make_contact(alice)
    pitch = make_opportunity(alice, contact=contact)
    contact.trash()

    text = as_alice.get(pitch.get_absolute_url()).text

    assert "Ida Holm" in text
    assert contact.get_absolute_url() not in text


def test_a_lost_one_says_why_and_what_changes(as_alice, alice):
    pitch = make_opportunity(alice, stage="lost", closed_reason="no_reply", lesson="Nudge sooner")

    text = as_alice.get(pitch.get_absolute_url()).text

    assert "No reply" in text
    assert "Nudge sooner" in text


def test_headings_in_notes_keep_the_order(as_alice, alice):
    text = as_alice.get(make_opportunity(alice, notes="# Ideas").get_absolute_url()).text

    assert "<h3>Ideas</h3>" in text


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"next_on": date(2026, 1, 12), "is_next_pinned": True}, "You chose this day."),
        ({"next_step": NUDGE, "next_on": date(2026, 1, 12)}, "Time to let go"),
        ({"next_step": "Old", "next_on": date(2026, 1, 12)}, "Planned for this day."),
    ],
)
def test_says_why_it_comes_up_and_what_one_tap_does(as_alice, alice, fields, why):
    pitch = make_opportunity(alice, stage="pitched", pitched_on=date(2026, 1, 5), **fields)

    text = as_alice.get(pitch.get_absolute_url()).text

    assert why in text
    assert reverse("networking:opportunity-snooze", args=[pitch.pk]) in text


def test_with_somebody_who_asked_to_be_left_alone_nothing_comes_up(as_alice, alice):
    contact = make_contact(alice, stage="do_not_contact")
    pitch = make_opportunity(
        alice, contact=contact, stage="pitched", next_step="Nudge", next_on=date(2026, 1, 5)
    )

    response = as_alice.get(pitch.get_absolute_url())

    assert (response.context["next"], response.context["row"].due) == (None, "")
    assert reverse("networking:opportunity-done", args=[pitch.pk]) not in response.text


def test_leads_to_the_trash(as_alice, alice):
    pitch = make_opportunity(alice)

    text = as_alice.get(pitch.get_absolute_url()).text

    assert f'href="{reverse("networking:opportunity-delete", args=[pitch.pk])}"' in text


def test_says_on_which_day_it_moved(as_alice, alice):
    pitch = make_opportunity(alice)
    # Late in the evening in the Azores, already the next day in Greenwich.
    pitch.stage_changes.update(created_at=datetime(2026, 11, 3, 0, 30, tzinfo=UTC))

    with timezone.override("Atlantic/Azores"):
        [change] = change_rows(pitch.stage_changes.all())

    assert (change.day, change.title) == ("2 November 2026", "New → Lead")


def test_reminds_of_what_to_settle_before_a_yes(as_alice, alice):
    assert "kill fee" not in as_alice.get(make_opportunity(alice).get_absolute_url()).text
    quoted = as_alice.get(make_opportunity(alice, stage="quoted").get_absolute_url())
    assert "kill fee" in quoted.text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    pitch = make_opportunity(alice, samples=[make_sample(alice, title=f"Sample {n}") for n in range(count)])
    for n in range(count):
        pitch.record_stage(f"before {n}")

    with django_assert_num_queries(QUERIES):
        as_alice.get(reverse("networking:opportunity-detail", args=[pitch.pk]))
