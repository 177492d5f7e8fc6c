from datetime import date, timedelta

import pytest

from networking.models import Contact, Interaction, Opportunity, Organisation, StageChange
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation

TODAY = date(2026, 11, 23)


def test_due_and_coming_split_at_today(alice):
    late = make_contact(alice, next_on=TODAY - timedelta(1))
    today = make_contact(alice, next_on=TODAY)
    soon = make_contact(alice, next_on=TODAY + timedelta(1))
    make_contact(alice)
    make_contact(alice, next_on=TODAY, stage="do_not_contact")

    assert list(Contact.objects.for_user(alice).due(TODAY)) == [late, today]
    assert list(Contact.objects.for_user(alice).coming(TODAY)) == [soon]


def test_quiet_means_a_month_without_a_touch_or_a_plan(alice):
    quiet = make_contact(alice, last_touch_on=TODAY - timedelta(30))
    make_contact(alice, last_touch_on=TODAY - timedelta(29))
    make_contact(alice, last_touch_on=TODAY - timedelta(30), next_on=TODAY)
    make_contact(alice)

    assert list(Contact.objects.for_user(alice).quiet(TODAY)) == [quiet]


def test_connected_or_later_leaves_out_the_dormant(alice):
    for stage in Contact.Stage:
        make_contact(alice, stage=stage)

    found = Contact.objects.for_user(alice).connected_or_later()

    assert {contact.stage for contact in found} == {"connected", "in_conversation", "warm_lead", "client"}


def test_latest_touch_first(alice):
    contact = make_contact(alice)
    old = make_interaction(alice, contact=contact, happened_on=date(2026, 1, 1))
    new = make_interaction(alice, contact=contact, happened_on=date(2026, 2, 1))
    newer_of_the_day = make_interaction(alice, contact=contact, happened_on=date(2026, 2, 1))

    assert list(Interaction.objects.for_user(alice).latest_first()) == [newer_of_the_day, new, old]


@pytest.mark.parametrize(
    ("furthest", "is_found"), [("lead", False), ("qualified", False), ("pitched", True), ("landed", True)]
)
def test_pitched_counts_whatever_became_of_it(alice, furthest, is_found):
    make_opportunity(alice, stage="lost", furthest_stage=furthest)

    assert Opportunity.objects.for_user(alice).pitched().exists() is is_found


def test_a_pitch_logged_after_it_was_lost_counts(alice):
    pitch = make_opportunity(alice, stage="lost", pitched_on=date(2026, 1, 5))

    assert pitch.furthest_stage == "pitched"


def test_going_back_a_stage_keeps_the_furthest(alice):
    pitch = make_opportunity(alice, stage="quoted")
    pitch.stage = "lead"
    pitch.record_stage("quoted")

    assert pitch.furthest_stage == "quoted"
    assert [str(change) for change in pitch.stage_changes.all()] == ["Quoted → Lead", "New → Quoted"]


def test_what_is_open_parked_or_to_be_delivered_can_be_due(alice):
    for stage in Opportunity.Stage:
        make_opportunity(alice, stage=stage, next_on=TODAY)

    found = {pitch.stage for pitch in Opportunity.objects.for_user(alice).due(TODAY)}

    assert found == {*Opportunity.OPEN_STAGES, "landed", "on_hold"}


@pytest.mark.parametrize("stage", Opportunity.Stage)
def test_a_row_is_watched_as_the_list_is(alice, stage):
    pitch = make_opportunity(alice, stage=stage)

    assert Opportunity.objects.for_user(alice).watched().exists() is pitch.is_watched


@pytest.mark.parametrize("stage", Contact.Stage)
def test_a_row_is_reachable_as_the_list_is(alice, stage):
    contact = make_contact(alice, stage=stage)

    assert Contact.objects.for_user(alice).reachable().exists() is contact.is_reachable


def test_waiting_are_pitches_without_an_answer_longest_first(alice):
    younger = make_opportunity(alice, stage="pitched", pitched_on=TODAY)
    older = make_opportunity(alice, stage="pitched", pitched_on=TODAY - timedelta(9))
    make_opportunity(alice, stage="pitched", pitched_on=TODAY + timedelta(1))
    make_opportunity(alice, stage="conversation", pitched_on=TODAY - timedelta(9))
    make_opportunity(alice, stage="pitched")

    assert list(Opportunity.objects.for_user(alice).waiting(TODAY)) == [older, younger]


@pytest.mark.parametrize(("furthest", "has_landed"), [("verbal_yes", False), ("landed", True)])
def test_has_landed_whatever_became_of_it(alice, furthest, has_landed):
    make_opportunity(alice, stage="lost", furthest_stage=furthest)

    assert Opportunity.objects.for_user(alice).has_landed() is has_landed


def test_moves_of_what_is_in_the_trash_are_not_shown(alice):
    shown = make_opportunity(alice)
    make_opportunity(alice).trash()

    assert [change.opportunity for change in StageChange.objects.for_user(alice).shown()] == [shown]


def test_counts_do_not_multiply_each_other(alice):
    northfield = make_organisation(alice)
    for _ in range(2):
        make_contact(alice, organisation=northfield)
        make_opportunity(alice, organisation=northfield)

    counted = Organisation.objects.for_user(alice).with_counts().get()

    assert (counted.contact_count, counted.opportunity_count) == (2, 2)


def test_planning_is_a_change_that_other_tabs_hear_of(alice):
    contact = make_contact(alice)

    contact.plan_next("Write", TODAY)

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on, contact.revision) == ("Write", TODAY, 1)


def test_words_may_stand_in_different_fields(alice):
    contact = make_contact(alice, name="Ida Holm", tags="cardiology, AMWA", notes="Likes tea")

    assert Contact.objects.for_user(alice).matching("amwa tea ida").get() == contact
    assert not Contact.objects.for_user(alice).matching("amwa coffee").exists()


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        (make_contact, "Ida Holm"),
        (make_organisation, "Northfield Medical Education"),
        (make_opportunity, "Heart failure needs assessment"),
        (make_interaction, "Met at the regional meeting"),
    ],
)
def test_rows_say_what_they_are(alice, maker, expected):
    assert str(maker(alice)) == expected


def test_a_touch_without_words_says_its_kind(alice):
    assert str(make_interaction(alice, summary="", kind="thanks")) == "Thanks"
