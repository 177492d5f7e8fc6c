"""The clock, by example and by property: any history, any rule, any day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from networking.cadence import CONTENT, _as_shipped
from networking.clock import LET_REST, NOTHING, History, Plan, Touch, by_rule, next_move
from networking.models import CadenceRule, Contact

MONDAY = date(2026, 11, 23)
RULES = {rule.key: rule for rule in _as_shipped(CadenceRule)}
SHIPPED = st.just(RULES)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
Stage = Contact.Stage
SENT, HEARD, PUBLIC = {"is_message": True}, {"is_heard": True}, {}


def days(count):
    return timedelta(count)


LONG_AGO = date(2025, 10, 20)


def after(*touches, stage="connected", since=LONG_AGO, is_met=False):
    """A history of what was sent, heard or done in public so many days before Monday."""
    told = [Touch(MONDAY - days(ago), **how) for ago, how in touches]
    return History(stage, since, tuple(told), is_met)


@st.composite
def rules(draw):
    """Rules as editors could write them: any steps, any days, any limit they are allowed."""
    span = st.integers(1, 730)
    made = {}
    for key in RULES:
        steps = [*draw(st.lists(span, min_size=1, max_size=3)), None, None]
        made[key] = CadenceRule(
            key=key, meaning="m", advice="a", step="One", days=steps[0],
            then_step="Two" if steps[1] else "", then_days=steps[1],
            later_step="Three" if steps[2] else "", later_days=steps[2],
            touches=draw(st.none() | st.integers(1, 3)), quiet_days=draw(st.none() | span),
        )  # fmt: skip
    return made


TOUCHES = st.builds(lambda on, how: Touch(on, **how), DAYS, st.sampled_from([SENT, HEARD, PUBLIC]))
HISTORIES = st.builds(
    lambda stage, since, touches, is_met: History(
        stage, since, tuple(sorted(touches, key=lambda touch: touch.on)), is_met
    ),
    st.sampled_from(list(Stage)),
    DAYS,
    st.lists(TOUCHES, max_size=12),
    st.booleans(),
)
ANY_RULES = SHIPPED | rules()


# By example


@pytest.mark.parametrize(
    ("history", "step", "on"),
    [
        (after(stage="identified", since=MONDAY), "Research them", 7),
        (after((0, PUBLIC), stage="researched"), "Begin light engagement", 7),
        (after((0, PUBLIC), stage="warmed"), "Send a connection note", 14),
        (after((0, HEARD)), "Thank them, with no ask", 2),
        (after((9, HEARD), (0, SENT)), "Share something useful", 14),
        (after((0, HEARD), stage="in_conversation"), "Thank them", 1),
        (
            after((1, HEARD), (0, SENT), stage="in_conversation"),
            "Send what you promised, or something useful",
            7,
        ),
        (after((9, HEARD), (8, SENT), (0, SENT), stage="in_conversation"), "Ask how things are going", 21),
        (after((0, SENT), stage="warm_lead"), "Check in with news or a new sample", 30),
        (after((0, HEARD), stage="client"), "Check in", 14),
        (after((30, HEARD), (0, SENT), stage="client"), "Check in", 91),  # day 90 is a Sunday
        (after(stage="dormant", since=MONDAY), "Make one fresh approach", 182),
        (after(stage="connected", since=MONDAY, is_met=True), "Write to them", 2),
    ],
)
def test_each_stage_says_what_comes_next(history, step, on):
    move = by_rule(history, RULES)

    assert (move.step, move.on) == (step, MONDAY + days(on))


@pytest.mark.parametrize(
    ("history", "is_rest"),
    [
        (after((9, HEARD), (8, SENT), (0, SENT)), True),  # connected: two
        (after((0, SENT), stage="warmed"), True),  # warmed: one note
        (after((9, PUBLIC), (5, PUBLIC), (0, PUBLIC), stage="warmed"), False),  # comments wait for nobody
        (after((60, SENT), (30, SENT), (0, SENT), stage="warm_lead"), True),
        (after((60, SENT), (30, SENT), (9, HEARD), (0, SENT), stage="warm_lead"), False),
        (after(*((90 * n, SENT) for n in range(9, -1, -1)), stage="client"), False),  # no limit
        (after(*((182 * n, SENT) for n in range(2, -1, -1)), stage="dormant"), False),  # rests already
    ],
)
def test_enough_unanswered_messages_call_for_a_rest(history, is_rest):
    move = by_rule(history, RULES)

    assert move.is_rest is is_rest
    assert (move.step == LET_REST) is is_rest


def test_says_why():
    assert by_rule(after((0, SENT)), RULES).why == "Rule: 14 days after your last touch."
    assert by_rule(after(since=MONDAY), RULES).why == "Rule: 2 days after they came to this stage."
    friday = after((3, HEARD), stage="in_conversation")
    assert by_rule(friday, RULES).why == (
        "Rule: 1 day after your last touch, moved from the weekend to Monday."
    )
    spent = by_rule(after((9, SENT), (0, SENT)), RULES)
    assert spent.why == "2 messages without an answer: enough for now at “Connected”."
    assert by_rule(after((0, SENT), stage="warmed"), RULES).why.startswith("1 message without")


def test_who_wrote_first_or_was_met_is_written_to_whatever_the_stage():
    heard = after((9, PUBLIC), (0, HEARD), stage="identified")
    assert (by_rule(heard, RULES).step, by_rule(heard, RULES).on) == ("Write to them", MONDAY + days(2))
    assert by_rule(heard.after(Touch(MONDAY, is_message=True)), RULES).step == "Research them"


@pytest.mark.parametrize(("ago", "step"), [(1, "Write to them"), (10, "Make one fresh approach")])
def test_a_dormant_person_who_writes_is_answered(ago, step):
    resting = after((ago, HEARD), stage="dormant", since=MONDAY - days(5))

    assert by_rule(resting, RULES).step == step


def test_being_put_down_as_connected_counts_as_an_answer():
    before = after((20, SENT), (10, SENT), (5, SENT), since=MONDAY - days(2))

    assert before.unanswered == 0
    assert by_rule(before, RULES).step == "Thank them, with no ask"


@pytest.mark.parametrize(
    ("kind", "direction", "is_heard", "is_message"),
    [
        ("message", "outgoing", False, True),
        ("message", "incoming", True, False),
        ("event", "both", True, False),
        ("event", "outgoing", False, False),
        ("engagement", "outgoing", False, False),
        ("conversation", "outgoing", True, False),
        ("feedback", "outgoing", True, False),
        ("pitch", "outgoing", False, True),
        ("thanks", "outgoing", False, True),
    ],
)
def test_tells_what_came_from_them_from_what_went_to_them(kind, direction, is_heard, is_message):
    touch = Touch.of(MONDAY, kind, direction)

    assert (touch.is_heard, touch.is_message) == (is_heard, is_message)


@pytest.mark.parametrize(("quiet", "is_rest"), [(89, False), (90, True), (200, True)])
def test_ninety_quiet_days_call_for_a_rest(quiet, is_rest):
    history = after((quiet, HEARD), stage="warm_lead")
    move = by_rule(history, RULES)

    shown = next_move(Plan(move.step, move.on), history, RULES, MONDAY)

    assert shown.is_rest is is_rest
    assert shown.why.startswith(f"Quiet for {quiet} days" if is_rest else "Rule: 30 days")


def test_the_quiet_are_found_also_with_nothing_planned():
    assert next_move(Plan(), after((120, SENT)), RULES, MONDAY).is_rest
    assert next_move(Plan("Call"), after((2, SENT)), RULES, MONDAY) == replace(NOTHING, step="Call")


def test_a_client_is_never_quiet():
    assert not next_move(Plan(), after((900, HEARD), stage="client"), RULES, MONDAY).is_rest


def test_a_chosen_day_says_so_and_a_snooze_too():
    chosen = Plan("Call", MONDAY, is_pinned=True, snoozed_until=MONDAY + days(3))

    move = next_move(chosen, after((900, SENT)), RULES, MONDAY)

    assert (move.step, move.on, move.is_rest) == ("Call", MONDAY + days(3), False)
    assert move.why == "Snoozed until 26 November 2026. You chose this day. It stands until your next touch."


def test_no_reason_is_made_up():
    shown = next_move(Plan("Old plan", MONDAY), after((2, SENT)), RULES, MONDAY)

    assert (shown.step, shown.on, shown.why) == ("Old plan", MONDAY, "Planned for this day.")


# By property


@given(HISTORIES, ANY_RULES)
def test_never_on_a_weekend_and_never_before_the_last_touch(history, rules):
    move = by_rule(history, rules)

    if move.on:
        assert move.on.weekday() < 5
        assert history.last is None or move.on > history.last.on
        assert move.on > history.since


@given(HISTORIES, ANY_RULES, TOUCHES, st.integers(0, 3000))
def test_a_logged_touch_makes_nobody_overdue(history, rules, touch, later):
    """Whatever was late before: with a touch today, nothing is due today."""
    today = history.start + days(later)
    logged = history.after(replace(touch, on=today))

    move = by_rule(logged, rules)
    shown = next_move(Plan(move.step, move.on), logged, rules, today)

    assert move.on is None or move.on > today
    assert shown.on is None or shown.on > today


@given(HISTORIES, ANY_RULES, st.integers(0, 3000))
def test_an_answer_begins_the_steps_anew(history, rules, later):
    answered = history.after(Touch(history.start + days(later), is_heard=True))

    assert answered.unanswered == 0
    assert not by_rule(answered, rules).is_rest


@given(HISTORIES, ANY_RULES)
def test_suggestions_never_exceed_the_limit(history, rules):
    """Whoever does all that is proposed, and hears nothing, is stopped in time."""
    assume(history.stage not in ("dormant", "do_not_contact"))
    for _ in range(5):
        move, rule = by_rule(history, rules), rules[history.stage]
        limit = rule.touches or 99
        assert move.is_rest is (history.unanswered >= limit)
        history = history.after(Touch(move.on, is_message=True))


@given(HISTORIES, st.integers(1, 6))
def test_as_shipped_nobody_but_a_client_gets_a_fourth_message_without_a_reply(history, times):
    assume(history.stage not in ("client", "dormant", "do_not_contact"))
    history = replace(history, touches=())
    sent = 0
    for _ in range(times):
        move = by_rule(history, RULES)
        if move.is_rest:
            break
        sent += 1
        history = history.after(Touch(move.on, is_message=True))

    assert sent <= 3


@given(HISTORIES, st.integers(2, 6))
def test_the_resting_are_approached_once_a_half_year(history, times):
    history = replace(history, stage=Stage.DORMANT, touches=())
    approaches = [history.since]
    for _ in range(times):
        approaches.append(by_rule(history, RULES).on)
        history = history.after(Touch(approaches[-1], is_message=True))

    assert all((b - a).days >= 182 for a, b in pairwise(approaches))


@given(HISTORIES, ANY_RULES, DAYS, DAYS, st.booleans())
def test_who_asked_to_be_left_alone_never_comes_up(history, rules, on, today, is_pinned):
    history = replace(history, stage=Stage.DO_NOT_CONTACT)

    assert by_rule(history, rules) == NOTHING
    assert next_move(Plan("Call", on, is_pinned), history, rules, today) == NOTHING


@given(HISTORIES, ANY_RULES, DAYS, DAYS)
def test_a_pinned_day_beats_every_rule(history, rules, on, today):
    assume(history.stage != "do_not_contact")

    move = next_move(Plan("Mine", on, is_pinned=True), history, rules, today)

    assert (move.step, move.on, move.is_rest) == ("Mine", on, False)


@given(HISTORIES, ANY_RULES, DAYS, DAYS)
def test_a_snooze_hides_until_its_day_and_never_brings_forward(history, rules, until, today):
    move = by_rule(history, rules)
    plan = Plan(move.step, move.on)
    awake = next_move(plan, history, rules, today)

    asleep = next_move(replace(plan, snoozed_until=until), history, rules, today)

    assert asleep.on == (awake.on and max(awake.on, until))
    assert (asleep.step, asleep.is_rest) == (awake.step, awake.is_rest)


@given(HISTORIES, ANY_RULES, DAYS)
def test_asking_twice_gives_the_same_and_changes_nothing(history, rules, today):
    before = replace(history)
    move = by_rule(history, rules)
    plan = Plan(move.step, move.on)

    assert by_rule(history, rules) == move
    assert next_move(plan, history, rules, today) == next_move(plan, history, rules, today)
    assert history == before


@given(HISTORIES, ANY_RULES, st.integers(0, 300))
def test_whole_weeks_later_everything_is_whole_weeks_later(history, rules, weeks):
    later = replace(
        history,
        since=history.since + days(7 * weeks),
        touches=tuple(replace(touch, on=touch.on + days(7 * weeks)) for touch in history.touches),
    )
    move, moved = by_rule(history, rules), by_rule(later, rules)

    assert moved.step == move.step
    assert moved.on == (move.on and move.on + days(7 * weeks))


@given(HISTORIES, rules(), st.integers(0, 60))
def test_more_days_in_a_rule_never_mean_an_earlier_day(history, rules, more):
    slower = {
        key: CadenceRule(
            key=key, step=rule.step, days=rule.days + more,
            then_step=rule.then_step, then_days=rule.then_days and rule.then_days + more,
            later_step=rule.later_step, later_days=rule.later_days and rule.later_days + more,
            touches=rule.touches,
        )
        for key, rule in rules.items()
    }  # fmt: skip
    soon, late = by_rule(history, rules), by_rule(history, slower)

    assert soon.step == late.step
    assert soon.on is None or soon.on <= late.on


@given(
    st.permutations(
        [Touch(MONDAY - days(n), **how) for n, how in ((9, SENT), (6, HEARD), (4, SENT), (1, PUBLIC))]
    )
)
def test_touches_may_be_logged_in_any_order(touches):
    history = after()
    for touch in touches:
        history = history.after(touch)

    assert [touch.on for touch in history.touches] == sorted(touch.on for touch in touches)
    assert history.unanswered == 1


@given(HISTORIES, ANY_RULES, st.lists(DAYS, min_size=2, max_size=6))
def test_once_quiet_it_stays_quiet_until_something_happens(history, rules, todays):
    move = by_rule(history, rules)
    plan = Plan(move.step, move.on)

    found = [next_move(plan, history, rules, today).is_rest for today in sorted(todays)]

    assert found == sorted(found)


def test_every_stage_has_a_rule_and_nothing_else_has_but_those_who_were_met():
    assert [*RULES] == [*Stage, "met"]
    assert (CONTENT / "cadence.yaml").is_file()
