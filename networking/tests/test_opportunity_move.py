from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import Opportunity, StageChange
from networking.tests.factories import make_contact, make_landed, make_opportunity
from networking.tests.test_stages import LANDED
from portfolio.tests.factories import make_sample

FIRST = "Your first project is landed!"


def url(pitch):
    return reverse("networking:opportunity-move", args=[pitch.pk])


def test_asks_where_to_first(as_alice, alice):
    pitch = make_opportunity(alice, stage="pitched")

    stages = as_alice.get(url(pitch)).context["stages"]

    assert [stage for stage, _, _ in stages] == [s for s in Opportunity.Stage if s != "pitched"]


@pytest.mark.parametrize("stage", ["nonsense", "", "\x00"])
def test_a_stage_that_is_none_changes_nothing(as_alice, alice, stage):
    pitch = make_opportunity(alice)

    assert as_alice.get(url(pitch), {"stage": stage}).status_code == 200
    assert as_alice.post(url(pitch), {"stage": stage}).status_code == 422
    pitch.refresh_from_db()
    assert pitch.stage == "lead"


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        ("qualified", ["next_step", "next_on"]),
        ("test_brief", ["test_pay", "test_hours", "due_on", "next_step", "next_on"]),
        ("pitched", ["pitched_on", "channel", "next_step", "next_on"]),
        ("lost", ["closed_reason", "lesson"]),
        ("on_hold", ["next_step", "next_on"]),
        (
            "landed",
            ["organisation", "format", "role", "is_paid", "is_writing_test", "agreement", "agreed_on",
             "due_on", "starts_on", "fee", "currency"],
        ),
    ],
)  # fmt: skip
def test_asks_only_what_the_stage_needs(as_alice, alice, stage, asked):
    form = as_alice.get(url(make_opportunity(alice)), {"stage": stage}).context["form"]

    assert [field.name for field in form.visible_fields()] == asked


def test_a_pitch_takes_its_samples_and_suggests_a_nudge(as_alice, alice):
    pitch, sample = make_opportunity(alice), make_sample(alice)

    form = as_alice.get(url(pitch), {"stage": "pitched"}).context["form"]

    assert form["pitched_on"].value() == timezone.localdate()
    assert form["next_step"].value() == "Send a short nudge with one new item"

    sent = {"stage": "pitched", "pitched_on": "2026-01-05", "channel": "email", "samples": [sample.pk]}
    as_alice.post(url(pitch), sent)

    pitch.refresh_from_db()
    assert list(pitch.samples.all()) == [sample]


PITCH = {"stage": "pitched", "channel": "email"}
NUDGE = "Send a short nudge with one new item"


def suggested(client, pitch):
    form = client.get(url(pitch), {"stage": "pitched"}).context["form"]
    return {"next_step": form["next_step"].value(), "next_on": form["next_on"].value()}


def test_a_pitch_left_as_suggested_follows_the_rule_from_its_own_day(as_alice, alice):
    pitch = make_opportunity(alice, next_step="Write it", next_on=date(2027, 1, 4), is_next_pinned=True)

    as_alice.post(url(pitch), {**PITCH, "pitched_on": "2026-11-16", **suggested(as_alice, pitch)})

    pitch.refresh_from_db()
    assert (pitch.next_step, pitch.next_on, pitch.is_next_pinned) == (NUDGE, date(2026, 11, 23), False)


def test_a_day_chosen_for_a_pitch_is_pinned(as_alice, alice):
    pitch = make_opportunity(alice)

    as_alice.post(
        url(pitch),
        {**PITCH, "pitched_on": "2026-11-16", **suggested(as_alice, pitch), "next_on": "2027-01-04"},
    )

    pitch.refresh_from_db()
    assert (pitch.next_step, pitch.next_on, pitch.is_next_pinned) == (NUDGE, date(2027, 1, 4), True)


def test_a_pitch_counts_as_a_message_to_the_person(as_alice, alice):
    contact = make_contact(alice, stage="warmed", stage_set_on=date(2025, 1, 6), next_on=date(2025, 1, 20))
    pitch = make_opportunity(alice, contact=contact)

    as_alice.post(url(pitch), {**PITCH, "pitched_on": "2026-11-16"})

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on) == ("Let it rest, unless they answer", date(2026, 11, 30))


@pytest.mark.parametrize(("is_pinned", "left"), [(False, ("", None)), (True, ("Nudge", date(2026, 11, 23)))])
@pytest.mark.parametrize("fields", [{"stage": "conversation"}, {"stage": "lost", "closed_reason": "rate"}])
def test_the_rules_plan_ends_with_the_pitch(as_alice, alice, fields, is_pinned, left):
    pitch = make_opportunity(
        alice, stage="pitched", pitched_on=date(2026, 11, 16), next_step="Nudge",
        next_on=date(2026, 11, 23), is_next_pinned=is_pinned,
    )  # fmt: skip
    form = as_alice.get(url(pitch), fields).context["form"]
    shown = {name: form[name].value() or "" for name in ("next_step", "next_on") if name in form.fields}

    as_alice.post(url(pitch), {**fields, **shown})

    pitch.refresh_from_db()
    assert (pitch.next_step, pitch.next_on) == left


def test_says_where_it_stands_now(as_alice, alice):
    moved = as_alice.post(url(make_opportunity(alice)), {"stage": "qualified"}, follow=True)

    assert [str(message) for message in moved.context["messages"]] == ["Moved to Qualified."]


def test_what_it_does_not_ask_for_stays(as_alice, alice):
    sample = make_sample(alice)
    pitch = make_opportunity(alice, contact=make_contact(alice), fee=900, samples=[sample])

    as_alice.post(url(pitch), {"stage": "lost", "closed_reason": "no_reply"})

    pitch.refresh_from_db()
    assert (pitch.contact.name, pitch.fee, list(pitch.samples.all())) == ("Ida Holm", 900, [sample])


def test_the_first_landed_is_celebrated_once(as_alice, alice, bob):
    make_landed(bob)
    first, second = make_opportunity(alice), make_opportunity(alice)

    celebrated = as_alice.post(url(first), {**LANDED, "stage": "landed"}, follow=True)
    assert [str(message) for message in celebrated.context["messages"]] == [FIRST]

    again = as_alice.post(url(second), {**LANDED, "stage": "landed"}, follow=True)
    assert [str(message) for message in again.context["messages"]] == ["Moved to Landed."]


def test_an_empty_choice_is_said_calmly(as_alice, alice):
    form = as_alice.get(url(make_opportunity(alice)), {"stage": "landed"}).context["form"]

    said = {name: next(iter(form.fields[name].choices)) for name in ("agreement", "format")}
    assert said == {"agreement": ("", "Choose…"), "format": ("", "Not said")}


def test_landing_again_after_a_loss_is_not_celebrated(as_alice, alice):
    pitch = make_landed(alice)
    as_alice.post(url(pitch), {"stage": "lost", "closed_reason": "no_budget"})

    again = as_alice.post(url(pitch), {**LANDED, "stage": "landed"}, follow=True)

    assert FIRST not in again.text


def test_a_cancelled_project_keeps_how_far_it_came(as_alice, alice):
    pitch = make_landed(alice)

    as_alice.post(url(pitch), {"stage": "lost", "closed_reason": "no_budget"})

    pitch.refresh_from_db()
    assert (pitch.stage, pitch.furthest_stage) == ("lost", "landed")
    assert Opportunity.objects.for_user(alice).at_least("landed").get() == pitch


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "qualified"},
        {"stage": "pitched", "pitched_on": "2026-01-05", "channel": "email"},
        {"stage": "on_hold", "next_step": "Look again", "next_on": "2026-06-01"},
        {**LANDED, "stage": "landed"},
    ],
)
def test_a_double_click_is_one_change(as_alice, alice, fields):
    pitch = make_opportunity(alice)

    clicks = [as_alice.post(url(pitch), {**fields, "revision": 0}) for _ in range(2)]

    assert [response.status_code for response in clicks] == [302, 302]
    assert StageChange.objects.for_user(alice).count() == 2  # new, and one move


@pytest.mark.parametrize("late", [{"stage": "lost", "closed_reason": "rate"}, {"stage": "conversation"}])
def test_two_tabs_get_a_message(as_alice, alice, late):
    pitch = make_opportunity(alice)
    as_alice.post(url(pitch), {"stage": "qualified", "revision": 0})

    refused = as_alice.post(url(pitch), {**late, "revision": 0})

    assert "changed in another tab" in refused.text
    pitch.refresh_from_db()
    assert pitch.stage == "qualified"


def planned(pitch):
    pitch.refresh_from_db()
    return pitch.next_step, pitch.next_on, pitch.is_next_pinned


def test_a_landed_project_comes_up_on_the_day_it_is_due(as_alice, alice):
    today = timezone.localdate()
    pitch = make_opportunity(alice, stage="quoted", next_step="Ask again", next_on=today, is_next_pinned=True)

    as_alice.post(url(pitch), {**LANDED, "stage": "landed", "due_on": today.isoformat()})

    assert planned(pitch) == ("Deliver it", today, False)
    [row] = as_alice.get(reverse("networking:follow-ups")).context["found"].parts[0].rows
    assert (row.detail, row.tap.label, row.tap.url) == (
        "Deliver it",
        "Delivered",
        f"{url(pitch)}?stage=delivered",
    )

    as_alice.post(url(pitch), {"stage": "delivered", "delivered_on": today.isoformat()})

    assert planned(pitch) == ("", None, False)


def test_a_job_comes_up_on_the_day_it_starts(as_alice, alice):
    pitch = make_opportunity(alice, stage="quoted")

    as_alice.post(url(pitch), {**LANDED, "stage": "landed", "due_on": "", "starts_on": "2099-01-05"})

    assert planned(pitch) == ("Start the job", date(2099, 1, 5), False)


@pytest.mark.parametrize(("is_pinned", "day"), [(False, date(2099, 2, 2)), (True, date(2099, 1, 5))])
def test_another_due_day_moves_the_plan_and_no_day_of_ones_own(as_alice, alice, is_pinned, day):
    pitch = make_landed(alice, next_step="Deliver it", next_on=date(2099, 1, 5), is_next_pinned=is_pinned)
    update = reverse("networking:opportunity-update", args=[pitch.pk])
    form = as_alice.get(update).context["form"]
    sent = {field.name: field.value() for field in form if field.value() not in (None, "", False, [])}

    as_alice.post(update, {**sent, "agreed_on": "2026-11-01", "due_on": "2099-02-02"})

    pitch.refresh_from_db()
    assert (pitch.due_on, pitch.next_on) == (date(2099, 2, 2), day)


def test_a_project_that_is_put_back_to_landed_on_the_board_is_due_again(as_alice, alice):
    pitch = make_landed(alice, stage="delivered", delivered_on=date(2026, 11, 20))

    as_alice.post(reverse("networking:opportunity-stage", args=[pitch.pk]), {"stage": "landed"})

    assert planned(pitch) == ("Deliver it", date(2026, 12, 15), False)
