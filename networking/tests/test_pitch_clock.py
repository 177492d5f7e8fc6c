"""What follows a pitch, by example and by property."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from networking.cadence import _as_shipped, nudge_after_pitch
from networking.clock import Plan
from networking.models import PitchStep
from networking.pitch_clock import ANSWERED, PitchHistory, next_pitch_move, pitch_by_rule

MONDAY = date(2026, 11, 23)
STEPS = {step.key: step for step in _as_shipped(PitchStep)}
NUDGE, CLOSING, NO_REPLY = (step.step for step in STEPS.values())
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def days(count):
    return timedelta(count)


def pitch(*messages, answered=None):
    """A pitch of Monday with messages so many days later."""
    return PitchHistory(
        MONDAY, tuple(MONDAY + days(n) for n in messages), answered and MONDAY + days(answered)
    )


@st.composite
def histories(draw):
    pitched_on = draw(DAYS)
    later = st.integers(0, 60).map(lambda n: pitched_on + days(n))
    return PitchHistory(pitched_on, tuple(sorted(draw(st.lists(later, max_size=4)))), draw(st.none() | later))


@pytest.mark.parametrize(
    ("history", "step", "on"),
    [
        (pitch(), NUDGE, 7),  # working day 5
        (pitch(7), CLOSING, 14),
        (pitch(12), CLOSING, 18),  # as long after a late nudge as that came after the pitch
        (pitch(7, 14), NO_REPLY, 30),
        (pitch(7, 29), NO_REPLY, 36),
        (pitch(7, 14, 20), NO_REPLY, 30),
        (pitch(7, answered=9), ANSWERED, 10),
        (pitch(answered=4), ANSWERED, 7),  # a Friday: on Monday
    ],
)
def test_three_messages_and_then_the_end(history, step, on):
    move = pitch_by_rule(history, STEPS)

    assert (move.step, move.on) == (step, MONDAY + days(on))
    assert move.is_rest is (step == NO_REPLY)


@pytest.mark.django_db
def test_the_nudge_comes_on_working_day_five():
    assert nudge_after_pitch(MONDAY) == (NUDGE, MONDAY + days(7))
    assert nudge_after_pitch(MONDAY - days(1))[1] == MONDAY + days(4)


def test_says_why():
    assert pitch_by_rule(pitch(), STEPS).why == (
        "Rule: working day 5 to 7 after your pitch of 23 November 2026."
    )
    assert pitch_by_rule(pitch(7, 14), STEPS).why == (
        "3 messages without an answer since your pitch of 23 November 2026. Time to let go."
    )
    assert pitch_by_rule(pitch(), STEPS, MONDAY + days(60)).why.startswith("1 message without")


@pytest.mark.parametrize(("today", "step"), [(35, NUDGE), (36, NO_REPLY)])
def test_messages_whose_time_is_over_are_not_made_up_for(today, step):
    plan = Plan(NUDGE, MONDAY + days(7))

    move = next_pitch_move(plan, pitch(), STEPS, MONDAY + days(today))

    assert move.step == step


def test_a_chosen_day_beats_the_rule_and_no_reason_is_made_up():
    mine = Plan("Call", MONDAY, is_pinned=True)
    assert next_pitch_move(mine, pitch(), STEPS, MONDAY + days(90)).step == "Call"
    old = Plan("Old plan", MONDAY)
    assert next_pitch_move(old, pitch(), STEPS, MONDAY + days(90)).why == "Planned for this day."


@given(histories(), st.none() | DAYS)
def test_never_on_a_weekend_and_never_before_what_happened(history, today):
    move = pitch_by_rule(history, STEPS, today)

    assert move.on.weekday() < 5
    assert move.on > history.pitched_on
    assert history.answered_on or all(move.on > message for message in history.messages)


@given(histories())
def test_never_a_fourth_message(history):
    history = replace(history, answered_on=None)
    for _ in range(4):
        move = pitch_by_rule(history, STEPS)
        assert move.is_rest is (len(history.messages) >= 2)
        history = replace(history, messages=(*history.messages, move.on))


@given(histories(), DAYS)
def test_an_answer_ends_it(history, today):
    assume(history.answered_on)

    move = pitch_by_rule(history, STEPS, today)

    assert (move.step, move.is_rest) == (ANSWERED, False)


@given(histories(), DAYS, DAYS)
def test_a_snooze_hides_until_its_day(history, until, today):
    move = pitch_by_rule(history, STEPS)
    plan = Plan(move.step, move.on, snoozed_until=until)

    assert next_pitch_move(plan, history, STEPS, today).on >= until


@given(histories(), DAYS)
def test_asking_twice_gives_the_same(history, today):
    assert pitch_by_rule(history, STEPS, today) == pitch_by_rule(history, STEPS, today)
