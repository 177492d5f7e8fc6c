"""The clock in the database: what a touch, a correction, a stage or a new rule does to what is planned."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from conftest import make_user
from networking.clock import by_rule
from networking.models import CadenceRule, Contact, Interaction
from networking.planning import (
    after_touch,
    clock_of,
    follow_new_rules,
    follow_rule,
    log_touch,
    move_to_stage,
    recount,
)
from networking.tests.factories import make_contact, make_interaction, make_opportunity

MONDAY = date(2026, 11, 23)
LONG_AGO = date(2025, 1, 6)


def days(count):
    return timedelta(count)


def person(owner, **fields):
    return make_contact(owner, **{"stage": "connected", "stage_set_on": LONG_AGO, **fields})


def plan(row):
    row.refresh_from_db()
    return row.next_step, row.next_on, row.is_next_pinned, row.snoozed_until


def test_a_touch_resets_the_clock_and_ends_pins_and_snoozes(alice):
    contact = person(alice, next_on=MONDAY, is_next_pinned=True, snoozed_until=MONDAY + days(50))

    touch = log_touch(contact, MONDAY, summary="Sent the paper")

    assert (touch.owner, touch.direction, touch.kind) == (alice, "outgoing", "message")
    assert plan(contact) == ("Share something useful", MONDAY + days(14), False, None)
    assert (contact.last_touch_on, contact.revision) == (MONDAY, 1)


def test_what_its_owner_chose_is_pinned(alice):
    touch = make_interaction(alice, contact=person(alice))

    after_touch(touch, ("Call", MONDAY))

    assert plan(touch.contact) == ("Call", MONDAY, True, None)


def test_a_corrected_log_corrects_what_follows_the_rule(alice):
    contact = person(alice)
    log_touch(contact, MONDAY - days(30))
    wrong = log_touch(contact, MONDAY)
    wrong.trash()

    recount(contact)

    assert plan(contact)[:2] == ("Share something useful", MONDAY - days(14))


@pytest.mark.parametrize(
    "fields", [{"next_on": MONDAY, "is_next_pinned": True}, {"next_step": "Some day", "next_on": None}]
)
def test_a_corrected_log_leaves_what_was_chosen(alice, fields):
    contact = person(alice, **fields)
    before = plan(contact)
    make_interaction(alice, contact=contact, happened_on=MONDAY)

    recount(contact)

    assert plan(contact) == before


def test_a_correction_lets_the_snoozed_sleep(alice):
    contact = person(alice)
    log_touch(contact, MONDAY)
    contact.snooze(MONDAY + days(40))
    make_interaction(alice, contact=contact, happened_on=MONDAY + days(1))

    recount(contact)

    assert plan(contact)[1:] == (MONDAY + days(15), False, MONDAY + days(40))


def test_setting_the_clock_twice_changes_nothing(alice):
    contact = person(alice)
    make_interaction(alice, contact=contact, happened_on=MONDAY)
    follow_rule(contact)
    before = plan(contact), contact.revision

    recount(contact)

    assert (plan(contact), contact.revision) == before


def test_a_pitch_is_a_message_too_but_only_once(alice):
    contact = person(alice, stage="warmed")
    make_opportunity(alice, contact=contact, stage="pitched", pitched_on=MONDAY)

    assert clock_of(contact)[0].unanswered == 1
    make_interaction(alice, contact=contact, kind="pitch", happened_on=MONDAY)
    assert clock_of(contact)[0].unanswered == 1


def test_touches_in_the_trash_never_happened(alice):
    contact = person(alice)
    make_interaction(alice, contact=contact).trash()
    make_opportunity(alice, contact=contact, pitched_on=MONDAY).trash()

    assert clock_of(contact)[0].touches == ()


def test_a_follow_up_takes_its_pitch_along(alice):
    contact = person(alice)
    pitch = make_opportunity(alice, contact=contact, stage="pitched", pitched_on=MONDAY)
    other = make_opportunity(alice, stage="pitched", pitched_on=MONDAY)

    log_touch(contact, MONDAY + days(7), kind="follow_up")

    assert plan(pitch) == ("Send a closing note, kindly", MONDAY + days(14), False, None)
    assert plan(other)[1] is None


def test_an_answer_ends_the_pitchs_clock(alice):
    contact = person(alice)
    pitch = make_opportunity(alice, contact=contact, stage="pitched", pitched_on=MONDAY)

    log_touch(contact, MONDAY + days(2), direction="incoming")

    assert plan(pitch)[:2] == ("They answered: say where it stands now", MONDAY + days(3))


@pytest.mark.parametrize(
    ("ago", "kind"), [(1, "message"), (0, "pitch"), (-3, "engagement")], ids=["before", "itself", "public"]
)
def test_what_is_no_follow_up_leaves_a_pinned_pitch_alone(alice, ago, kind):
    contact = person(alice)
    pitch = make_opportunity(
        alice, contact=contact, stage="pitched", pitched_on=MONDAY, next_on=MONDAY, is_next_pinned=True
    )

    log_touch(contact, MONDAY - days(ago), kind=kind)

    assert plan(pitch)[1:3] == (MONDAY, True)


def test_many_people_move_to_a_stage_at_once(alice, django_assert_num_queries):
    moved, pinned, off = (
        person(alice, stage="identified", next_step="Research them", next_on=MONDAY),
        person(alice, stage="identified", next_on=MONDAY, is_next_pinned=True),
        person(alice, stage="identified"),
    )

    with django_assert_num_queries(9):
        move_to_stage(Contact.objects.for_user(alice), "connected", MONDAY)

    assert plan(moved)[:2] == ("Thank them, with no ask", MONDAY + days(2))
    assert plan(pinned)[1:3] == (MONDAY, True)
    assert plan(off)[1] is None
    assert {c.stage_set_on for c in Contact.objects.all()} == {MONDAY}
    assert {c.stage for c in Contact.objects.all()} == {"connected"}


def test_nobody_is_left_with_a_plan_who_asked_to_be_left_alone(alice):
    contact = person(alice, next_step="Call", next_on=MONDAY)

    move_to_stage(Contact.objects.for_user(alice), "do_not_contact", MONDAY)

    assert plan(contact)[:2] == ("", None)


def slower(key="connected", **fields):
    rule = CadenceRule(
        key=key, meaning="m", advice="a", **{"step": "Wave", "days": 21, "touches": 2, **fields}
    )
    rule.save()
    return rule


def test_a_new_rule_moves_the_days_that_follow_it_and_no_other(alice, bob):
    follows, theirs = person(alice), person(bob)
    log_touch(follows, MONDAY)
    log_touch(theirs, MONDAY)
    pinned = person(alice, next_step="Call", next_on=MONDAY, is_next_pinned=True)
    off, other = person(alice), person(alice, stage="warm_lead")
    log_touch(other, MONDAY)
    follows.snooze(MONDAY + days(90))
    before = plan(pinned), plan(off), plan(other)
    slower()

    follow_new_rules()

    assert plan(follows) == ("Wave", MONDAY + days(21), False, MONDAY + days(90))
    assert plan(theirs)[:2] == ("Wave", MONDAY + days(21))
    assert (plan(pinned), plan(off), plan(other)) == before


def test_an_edit_form_opened_before_a_new_rule_finds_out(as_alice, alice):
    contact = person(alice)
    log_touch(contact, MONDAY)
    contact.refresh_from_db()
    seen = contact.revision
    slower()
    follow_new_rules()

    answer = as_alice.post(
        reverse("networking:update", args=[contact.pk]),
        {"name": "Ida", "stage": "connected", "next_step": "Share something useful", "revision": seen},
    )

    assert answer.status_code == 422
    assert plan(contact)[:2] == ("Wave", MONDAY + days(21))


@pytest.mark.parametrize("count", [1, 4])
def test_new_rules_ask_as_much_for_few_as_for_many(alice, count, django_assert_num_queries):
    for _ in range(count):
        contact = person(alice)
        log_touch(contact, MONDAY)
        pitch = make_opportunity(alice, contact=contact, stage="pitched", pitched_on=MONDAY, next_on=MONDAY)
        assert pitch.follows_the_rule
    slower()

    # Savepoint twice; keys, rows, touches, pitches, rules and the change of each kind.
    with django_assert_num_queries(14):
        follow_new_rules()


class Life:
    """What may happen with one person, in any order; `chosen` is the day pinned since the last touch."""

    def __init__(self, contact):
        self.contact, self.chosen = contact, None

    def log(self, on, kind, direction, stage):
        log_touch(self.contact, on, kind=kind, direction=direction)
        self.chosen = None

    def correct(self, on, kind, direction, stage):
        Interaction.objects.filter(contact=self.contact).update(happened_on=on, kind=kind)
        recount(self.contact)

    def trash(self, on, kind, direction, stage):
        for touch in Interaction.objects.filter(contact=self.contact)[:1]:
            touch.trash()
        recount(self.contact)

    def move(self, on, kind, direction, stage):
        self.contact.enter_stage(stage, on)
        follow_rule(self.contact)
        self.chosen = None

    def pin(self, on, kind, direction, stage):
        self.contact.plan_next("Mine", on)
        self.chosen = on

    def snooze(self, on, kind, direction, stage):
        self.contact.snooze(on)


class AnyLife(TestCase):
    EVENTS = st.lists(
        st.tuples(
            st.sampled_from([Life.log, Life.correct, Life.trash, Life.move, Life.pin, Life.snooze]),
            st.integers(-30, 60).map(lambda ago: MONDAY - days(ago)),
            st.sampled_from(list(Interaction.Kind)),
            st.sampled_from(list(Interaction.Direction)),
            st.sampled_from(list(Contact.Stage)),
        ),
        max_size=12,
    )

    @given(EVENTS)
    def test_the_stored_day_is_the_rules_or_its_owners(self, events):
        owner = make_user("any@example.org")
        life = Life(person(owner))
        for happen, *how in events:
            happen(life, *how)

        contact, rule = Contact.objects.get(), by_rule(*clock_of(life.contact))
        assert contact.is_next_pinned is (life.chosen is not None)
        if life.chosen:
            assert (contact.next_step, contact.next_on) == ("Mine", life.chosen)
        elif contact.next_on:
            assert (contact.next_step, contact.next_on) == (rule.step, rule.on)
        is_due = contact.is_reachable and contact.comes_on is not None and contact.comes_on <= MONDAY
        assert Contact.objects.for_user(owner).due(MONDAY).exists() is is_due
