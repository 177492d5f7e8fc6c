from datetime import date, timedelta

import pytest
from django.urls import reverse

from networking.models import Interaction
from networking.numbers import NOT_ENOUGH, numbers_of, share
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from networking.tests.queries import SHELL
from portfolio.tests.factories import make_sample

URL = reverse("networking:opportunity-numbers")
TODAY = date(2026, 11, 25)


def facts(owner):
    return {fact.name: fact.value for fact in numbers_of(owner, TODAY).facts}


def sent(owner, **fields):
    return make_opportunity(owner, **{"stage": "pitched", "pitched_on": date(2026, 11, 2), **fields})


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, NOT_ENOUGH),
        (3, 8, "3 of 8"),
        (9, 9, "9 of 9"),
        (3, 10, "3 of 10, 30 %"),
        (0, 12, "0 of 12, 0 %"),
    ],
)
def test_a_percentage_takes_ten(part, whole, words):
    assert share(part, whole) == words


def test_the_funnel_counts_by_the_furthest_stage(alice, bob):
    sent(alice)
    sent(alice, stage="lost", furthest_stage="landed", closed_reason="no_budget")
    make_opportunity(alice, stage="on_hold", furthest_stage="quoted")
    make_opportunity(alice).trash()
    sent(bob)

    funnel = {bar.name: (bar.count, bar.width) for bar in numbers_of(alice, TODAY).funnel}

    assert funnel == {
        "Lead": (3, "100.0"), "Qualified": (3, "100.0"), "Pitched": (3, "100.0"),
        "In conversation": (2, "66.7"), "Test or brief": (2, "66.7"), "Quoted": (2, "66.7"),
        "Verbal yes": (1, "33.3"), "Landed": (1, "33.3"), "Delivered": (0, "0.0"), "Paid": (0, "0.0"),
    }  # fmt: skip


def test_silence_is_no_answer_and_a_no_is_one(alice):
    sent(alice)
    sent(alice, stage="lost", closed_reason="no_reply")
    sent(alice, stage="lost", closed_reason="rate")
    sent(alice, stage="conversation")
    make_opportunity(alice, stage="conversation")

    shown = numbers_of(alice, TODAY).facts

    assert (shown[0].value, shown[1].value) == ("4", "2 of 4")
    assert shown[1].note.startswith("1 still waiting.")


def test_tests_and_quotes_are_those_that_were_there(alice):
    pitch = make_opportunity(alice, stage="test_brief")
    pitch.stage = "quoted"
    pitch.record_stage("test_brief")
    pitch.record_stage("conversation")
    make_opportunity(alice, stage="landed")

    found = facts(alice)

    assert (found["Conversations"], found["Tests"], found["Quotes"], found["Landed"]) == ("2", "1", "1", "1")


@pytest.mark.parametrize(
    ("touched", "pitched", "words"),
    [
        (None, None, NOT_ENOUGH),
        (TODAY, None, "0 days"),
        (None, TODAY - timedelta(1), "1 day"),
        (TODAY - timedelta(9), TODAY - timedelta(12), "9 days"),
    ],
)
def test_days_since_the_last_outreach(alice, touched, pitched, words):
    make_interaction(alice, happened_on=TODAY, direction=Interaction.Direction.INCOMING)
    if touched:
        make_interaction(alice, happened_on=touched)
    make_opportunity(alice, pitched_on=pitched)

    assert facts(alice)["Since your last outreach"] == words


def test_pitches_by_sample_the_most_used_first(alice):
    often, once, gone = (make_sample(alice, title=title) for title in ("Often", "Once", "Gone"))
    sent(alice, samples=[often, once])
    sent(alice, samples=[often, gone], stage="conversation")
    make_opportunity(alice, samples=[once])
    gone.trash()

    used = [(sample.title, sample.sent, sample.answered) for sample in numbers_of(alice, TODAY).samples]

    assert used == [("Often", 2, 1), ("Once", 1, 0)]


def test_why_they_ended(alice):
    for reason in ("rate", "rate", "no_reply", ""):
        sent(alice, stage="lost", closed_reason=reason)
    sent(alice, stage="quoted", closed_reason="timing")

    reasons = [(bar.name, bar.count) for bar in numbers_of(alice, TODAY).reasons]

    assert reasons == [("Rate", 2), ("Not said", 1), ("No reply", 1)]


def test_says_it_in_words_where_there_is_too_little(as_alice, alice):
    assert "Not enough data yet" in as_alice.get(URL).text
    make_opportunity(alice)

    text = as_alice.get(URL).text

    assert "Not enough data yet: no sample was noted with a pitch." in text
    assert "None has ended yet." in text
    assert "%" not in text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        place = make_organisation(alice, name=f"Place {n}")
        sample = make_sample(alice, title=f"Sample {n}")
        sent(alice, organisation=place, contact=make_contact(alice, name=f"P{n}"), samples=[sample])
        sent(alice, organisation=place, stage="lost", closed_reason="rate")

    with django_assert_num_queries(SHELL + 8):
        as_alice.get(URL)
