"""Today, for a newcomer and for a busy person; the landing page for strangers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.models import Focus, Step, StepProgress
from milestones.tests.factories import (
    make_competency,
    make_milestone,
    make_progress,
    make_rating,
    make_requirement,
    make_step,
)
from networking.models import Opportunity
from networking.planning import follow_pitch_rule, follow_rule
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from portfolio.tests.factories import make_format, make_review, make_sample
from progress.summary import summarise

TODAY = date(2026, 11, 23)


@pytest.fixture
def path(db):
    milestone = make_milestone(title="Understanding CME", position=1)
    step = make_step(milestone=milestone, title="Map the ecosystem")
    make_requirement(step=step, kind="org", count=3)
    return milestone


def titles(actions):
    return [action.title for action in actions]


def test_strangers_see_what_this_is(client, db):
    response = client.get(reverse("progress:today"))

    assert response.status_code == 200
    assert "progress/landing.html" in [template.name for template in response.templates]


def test_a_newcomer_gets_three_first_actions(as_alice, alice, path):
    summary = summarise(alice, TODAY)

    assert summary.is_newcomer
    assert titles(summary.actions) == [
        "Map the ecosystem",
        "Log one piece of writing you already have",
        "Add one person who works in medical education",
    ]
    assert b"Three good first steps" in as_alice.get("/").content


def test_first_actions_close_themselves(alice, path):
    make_sample(alice)
    make_contact(alice)
    for name in ("Northfield", "Meridian", "Society"):
        make_organisation(alice, name=name)

    assert titles(summarise(alice, TODAY).actions) == ["Finish “Heart failure needs assessment”"]


def test_a_late_promise_comes_first_and_says_so(alice, path):
    make_contact(alice, name="Ida Holm", next_step="Send two references", next_on=TODAY - timedelta(days=2))

    action = summarise(alice, TODAY).actions[0]

    assert action.title == "Be in touch with Ida Holm"
    assert action.reason == "You planned: Send two references. 2 days overdue."
    assert action.url.endswith("#touch")


def test_an_opportunity_that_is_due_is_an_action(alice, path):
    pitch = make_opportunity(alice, title="Case series", stage="pitched", next_on=TODAY)

    action = summarise(alice, TODAY).actions[0]

    assert (action.title, action.url) == ("Move “Case series” on", pitch.get_absolute_url())


def test_a_draft_is_worth_finishing_for_the_step_it_closes(alice, path):
    step = make_step(milestone=path, key="write", title="Write a short needs assessment")
    make_requirement(step=step, kind="sample", format=make_format("needs_assessment"), status="ready")
    make_sample(alice, title="Chronic cough", status="draft")

    action = next(a for a in summarise(alice, timezone.localdate()).actions if "Chronic" in a.title)

    assert action.reason == (
        "You worked on it today. When it is ready it counts towards “Write a short needs assessment”."
    )


@pytest.mark.parametrize(("weeks", "is_asked"), [(5, False), (6, True), (8, True)])
def test_asks_to_rate_again_what_was_chosen_six_weeks_ago(alice, bob, path, weeks, is_asked):
    competency = make_competency(title="Appraisal")
    for person in (alice, bob):
        Focus.objects.create(owner=person, competency=competency, chosen_on=TODAY - timedelta(weeks=weeks))
    make_rating(bob, competency, rated_on=TODAY)

    asked = "Rate yourself again: Appraisal"
    assert (asked in titles(summarise(alice, TODAY).actions)) is is_asked
    assert asked not in titles(summarise(bob, TODAY).actions)


def test_a_step_begun_says_what_is_still_missing(alice, path):
    make_organisation(alice)

    action = next(a for a in summarise(alice, TODAY).actions if a.title == "Map the ecosystem")

    assert action.reason == "You have begun this step. Still missing: 3 organisations logged (1 so far)."
    assert action.url.startswith(reverse("networking:organisation-create"))


def test_a_skipped_step_is_not_proposed(alice, path):
    step = Step.objects.get(title="Map the ecosystem")
    make_progress(alice, step, skipped_on=TODAY, skip_reason="I know it well")

    assert "Map the ecosystem" not in titles(summarise(alice, TODAY).actions)


def test_one_competency_is_one_action_even_when_a_step_asks_for_it(alice, path):
    competency = make_competency(title="Appraisal")
    Focus.objects.create(owner=alice, competency=competency, chosen_on=TODAY - timedelta(weeks=7))
    make_rating(alice, competency, rated_on=TODAY - timedelta(weeks=7))
    step = make_step(milestone=path, title="Rate your three again", position=0)
    make_requirement(step=step, kind="rerate")
    make_requirement(step=step, kind="rate")

    asked = titles(summarise(alice, TODAY).actions)

    assert "Rate yourself again: Appraisal" in asked
    assert "Rate your three again" not in asked


def test_one_sample_is_one_action_even_when_a_step_waits_for_it(alice, path):
    step = make_step(milestone=path, key="write", title="Write a short needs assessment")
    make_requirement(step=step, kind="sample", format=make_format("needs_assessment"), status="ready")
    make_sample(alice, title="Chronic cough", status="draft")

    assert "Write a short needs assessment" not in titles(summarise(alice, TODAY).actions)


def test_the_path_goes_milestone_by_milestone(alice, path):
    later = make_milestone(title="Networking", slug="later", position=2)
    begun = make_step(milestone=later, key="later", title="Build a target list")
    make_requirement(step=begun, kind="contact", count=20)
    make_contact(alice)
    make_sample(alice, status="ready")

    assert titles(summarise(alice, TODAY).actions) == ["Map the ecosystem", "Build a target list"]


def test_who_asked_to_be_left_alone_never_comes_up(alice, path):
    make_contact(alice, stage="do_not_contact", next_on=TODAY)

    summary = summarise(alice, TODAY)

    assert summary.due == []


def test_due_lists_people_and_pitches_the_longest_waiting_first(alice, path):
    make_contact(alice, name="Today", next_on=TODAY)
    make_contact(alice, name="Late", next_on=TODAY - timedelta(days=3))
    make_opportunity(alice, title="Pitch", stage="pitched", next_on=TODAY - timedelta(days=1))

    due = summarise(alice, TODAY).due

    assert [(line.title, line.tag) for line in due] == [
        ("Late", "3 days overdue"),
        ("Pitch", "1 day overdue"),
        ("Today", "today"),
    ]


def test_one_tap_answers_what_is_due(as_alice, alice, path):
    contact = make_contact(alice, next_on=timezone.localdate())

    text = as_alice.get("/").text

    assert f'action="{reverse("networking:done", args=[contact.pk])}"' in text
    assert 'name="next" value="/"' in text


def test_says_how_many_are_due_when_not_all_are_shown(as_alice, alice, path):
    for n in range(7):
        make_contact(alice, name=f"Person {n}", next_on=timezone.localdate())

    assert "All 7 that are due" in as_alice.get("/").text


def test_nobody_is_written_to_whom_the_clock_lets_rest(alice, path):
    resting = make_contact(alice, stage="warmed", stage_set_on=date(2025, 1, 6))
    follow_rule(make_interaction(alice, contact=resting, happened_on=TODAY - timedelta(days=30)).contact)

    follow_pitch_rule(make_opportunity(alice, stage="pitched", pitched_on=TODAY - timedelta(days=50)))

    summary = summarise(alice, TODAY)

    assert {row.tap.label for row in summary.due} == {"Let it rest", "Record no reply"}
    assert titles(summary.actions) == ["Map the ecosystem", "Log one piece of writing you already have"]


def test_nobody_is_waited_for_who_asked_to_be_left_alone(alice, path):
    contact = make_contact(alice, stage="do_not_contact")
    make_opportunity(alice, stage="pitched", pitched_on=date(2020, 1, 1), contact=contact)

    assert summarise(alice, TODAY).waiting == []


def test_the_nearest_may_be_a_pitch_or_end_a_snooze(alice, path):
    make_contact(alice, name="Asleep", next_on=TODAY, snoozed_until=TODAY + timedelta(days=5))
    make_opportunity(alice, title="Pitch", next_on=TODAY + timedelta(days=4))

    nearest = summarise(alice, TODAY).nearest

    assert (nearest.title, nearest.tag) == ("Pitch", "in 4 days")


def test_names_the_nearest_when_nobody_is_due(alice, path):
    make_contact(alice, name="Later", next_on=TODAY + timedelta(days=9))
    make_contact(alice, name="Sooner", next_on=TODAY + timedelta(days=2))

    summary = summarise(alice, TODAY)

    assert summary.nearest is not None
    assert (summary.nearest.title, summary.nearest.tag) == ("Sooner", "in 2 days")


@pytest.mark.parametrize(("days_ago", "is_waiting"), [(6, False), (7, True), (20, True)])
def test_a_pitch_without_answer_is_seen_after_a_week(alice, path, days_ago, is_waiting):
    make_opportunity(alice, stage="pitched", pitched_on=TODAY - timedelta(days=days_ago))

    assert [line.tag for line in summarise(alice, TODAY).waiting] == [f"{days_ago} days ago"] * is_waiting


def test_latest_mixes_everything_newest_first(alice, path):
    contact = make_contact(alice, name="Ida")
    make_interaction(alice, contact=contact, happened_on=date(2020, 1, 2), kind="conversation")
    StepProgress.objects.create(owner=alice, step=path.steps.get(), completed_on=date(2020, 1, 3))
    make_sample(alice, title="New one")

    activity = summarise(alice, TODAY).activity

    assert [event.title for event in activity] == [
        "Sample logged: New one",
        "Step closed: Map the ecosystem",
        "Conversation · Ida",
    ]


def test_shows_nothing_of_anybody_else(as_bob, alice, bob, path):
    contact = make_contact(alice, name="Secret Person", next_on=TODAY - timedelta(days=9))
    make_interaction(alice, contact=contact, happened_on=TODAY, summary="Secret talk")
    make_review(make_sample(alice, title="Secret sample"), ["Secret words"], reader="Secret reader")
    opportunity = make_opportunity(alice, title="Secret pitch", stage="pitched", pitched_on=date(2020, 1, 1))
    opportunity.record_stage("lead")

    summary = summarise(bob, TODAY)

    assert (summary.due, summary.waiting, summary.activity, summary.is_newcomer) == ([], [], [], True)
    assert b"Secret" not in as_bob.get("/").content


def test_the_trash_leaves_no_trace(alice, path):
    pitch = make_opportunity(alice, stage="pitched", pitched_on=date(2020, 1, 1), next_on=TODAY)
    pitch.record_stage("lead")
    pitch.trash()

    summary = summarise(alice, TODAY)

    assert (summary.due, summary.waiting, summary.activity) == ([], [], [])


def test_a_landed_project_shows_in_the_greeting(as_alice, alice, path):
    make_opportunity(alice, stage="landed", furthest_stage=Opportunity.Stage.LANDED)

    assert b"You have <strong>landed a first project</strong>" in as_alice.get("/").content


@pytest.mark.parametrize("stage", ["delivered", "paid", "lost"])
def test_a_delivered_one_stays_delivered(as_alice, alice, path, stage):
    make_opportunity(alice, stage=stage, furthest_stage=Opportunity.Stage.DELIVERED)

    assert b"You have <strong>delivered a first project</strong>" in as_alice.get("/").content


def test_offers_to_sort_who_was_caught_in_passing(as_alice, alice, bob, path):
    assert reverse("networking:sort") not in as_alice.get("/").text
    for person in (alice, alice, alice, bob):
        make_contact(person, met_at="ESC Congress", to_sort_since=timezone.now())

    text = as_alice.get("/").text

    assert "3 people from ESC Congress to sort" in text
    assert f'href="{reverse("networking:sort")}"' in text


@pytest.mark.parametrize("count", [1, 3, 12])
def test_query_count_does_not_grow(as_alice, alice, path, count, django_assert_num_queries):
    for n in range(count):
        contact = make_contact(alice, name=f"Person {n}", next_on=date(2020, 1, 1))
        make_interaction(alice, contact=contact, happened_on=TODAY)
        make_review(make_sample(alice, title=f"Sample {n}"), ["Clear."])
        make_opportunity(
            alice, title=f"Pitch {n}", stage="pitched", pitched_on=date(2020, 1, 1), next_on=TODAY
        )
    with django_assert_num_queries(33):
        as_alice.get("/")


def test_comments_that_came_back_are_an_action_until_they_are_decided(as_alice, alice, path):
    sample = make_sample(alice, title="Gout at night")
    review = make_review(sample, ["Clear."], answered_on=TODAY - timedelta(days=2))
    make_review(sample, reader="Nobody yet")

    action = summarise(alice, TODAY).actions[0]

    assert (action.title, action.url) == (
        "Read what Lena Brandt says about “Gout at night”",
        f"{sample.get_absolute_url()}#reviews",
    )
    assert action.reason == "They came 2 days ago. Comments that you accept count as feedback."
    assert "Read what Lena Brandt says about" in as_alice.get("/").content.decode()

    review.set_aside(TODAY)

    assert not any("Lena" in title for title in titles(summarise(alice, TODAY).actions))


def test_comments_stand_under_latest_on_the_day_they_came(alice, path):
    sample = make_sample(alice, title="Gout at night")
    review = make_review(sample, ["Clear."], answered_on=date(2100, 1, 1))

    event = summarise(alice, TODAY).activity[0]

    assert (event.title, event.detail, event.tag) == (
        "Comments from Lena Brandt",
        "Gout at night",
        "Comments",
    )

    review.accept(TODAY)
    assert summarise(alice, TODAY).activity[0].tag == "Feedback"
    sample.trash()
    assert summarise(alice, TODAY).activity == []
