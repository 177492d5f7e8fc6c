"""What a stage cannot do without, through both forms that can set it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import Opportunity, StageChange
from networking.stages import STAGES
from networking.tests.factories import make_deliverable, make_landed, make_opportunity

LANDED = {
    "organisation": "Northfield",
    "role": "Staff writer",
    "is_paid": "on",
    "agreement": "contract",
    "agreed_on": "2026-01-05",
    "due_on": "2026-03-05",
}
NEEDED = [
    ("organisation", "organisation"),
    ("role", "format"),
    ("is_paid", "is_paid"),
    ("agreement", "agreement"),
    ("agreed_on", "agreed_on"),
    ("due_on", "due_on"),
]


def by_whole_form(client, pitch, stage, fields):
    url = reverse("networking:opportunity-update", args=[pitch.pk])
    start = {"title": pitch.title, "organisation": pitch.organisation.name}
    return client.post(url, {**start, **fields, "stage": stage})


def by_move(client, pitch, stage, fields):
    url = reverse("networking:opportunity-move", args=[pitch.pk])
    return client.post(url, {**fields, "stage": stage})


both_forms = pytest.mark.parametrize("send", [by_whole_form, by_move])


def asked_at_most(rule):
    return (*(asked_at_most(rule.after) if rule.after else ()), *rule.asks)


def test_every_stage_has_its_rule():
    assert list(STAGES) == list(Opportunity.Stage)
    for rule in STAGES.values():
        assert set(rule.needs()) <= set(asked_at_most(rule))


@both_forms
def test_lands_with_everything(as_alice, alice, send):
    pitch = make_opportunity(alice, stage="verbal_yes")

    response = send(as_alice, pitch, "landed", LANDED)

    pitch.refresh_from_db()
    assert response.status_code == 302
    assert (pitch.stage, pitch.furthest_stage, pitch.agreement) == ("landed", "landed", "contract")
    assert str(StageChange.objects.for_user(alice).latest_first()[0]) == "Verbal yes → Landed"


@both_forms
@pytest.mark.parametrize(("left_out", "named"), NEEDED)
def test_does_not_land_without(as_alice, alice, send, left_out, named):
    pitch = make_opportunity(alice, stage="verbal_yes")

    response = send(as_alice, pitch, "landed", {**LANDED, left_out: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [named]
    pitch.refresh_from_db()
    assert (pitch.stage, pitch.furthest_stage) == ("verbal_yes", "verbal_yes")


@both_forms
def test_a_deliverable_and_a_start_do_as_well(as_alice, alice, send):
    pitch = make_opportunity(alice)
    instead = {"role": "", "format": make_deliverable().pk, "due_on": "", "starts_on": "2026-02-01"}

    send(as_alice, pitch, "landed", {**LANDED, **instead})

    pitch.refresh_from_db()
    assert pitch.stage == "landed"


@both_forms
def test_unpaid_work_gets_a_way_out(as_alice, alice, send):
    response = send(as_alice, make_opportunity(alice), "landed", {**LANDED, "is_paid": ""})

    assert "log it as a volunteer sample" in response.text
    assert 'href="/portfolio/add/?origin=volunteer"' in response.text


@both_forms
@pytest.mark.parametrize(
    ("stage", "fields", "named"),
    [
        ("pitched", {"channel": "email"}, "pitched_on"),
        ("pitched", {"pitched_on": "2026-01-05"}, "channel"),
        ("test_brief", {"test_hours": "4"}, "test_pay"),
        ("lost", {"lesson": "Ask sooner"}, "closed_reason"),
        ("withdrawn", {}, "closed_reason"),
        ("on_hold", {"next_step": "Look again"}, "next_on"),
    ],
)
def test_other_stages_ask_for_theirs(as_alice, alice, send, stage, fields, named):
    pitch = make_opportunity(alice)

    response = send(as_alice, pitch, stage, fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [named]
    pitch.refresh_from_db()
    assert pitch.stage == "lead"


@both_forms
@pytest.mark.parametrize(
    ("stage", "fields"),
    [
        ("lead", {}),
        ("qualified", {}),
        ("pitched", {"pitched_on": "2026-01-05", "channel": "email"}),
        ("conversation", {}),
        ("test_brief", {"test_pay": "unpaid", "test_hours": "4"}),
        ("quoted", {"fee": "900", "currency": "EUR"}),
        ("verbal_yes", {"next_step": "Ask for it in writing"}),
        ("lost", {"closed_reason": "no_reply", "lesson": "Nudge once more"}),
        ("withdrawn", {"closed_reason": "user_declined"}),
        ("on_hold", {"next_on": "2026-06-01"}),
    ],
)
def test_reaches_every_stage(as_alice, alice, send, stage, fields):
    pitch = make_opportunity(alice, stage="conversation")

    assert send(as_alice, pitch, stage, fields).status_code == 302

    pitch.refresh_from_db()
    assert pitch.stage == stage


@both_forms
def test_one_landed_cannot_be_emptied_afterwards(as_alice, alice, send):
    pitch = make_landed(alice)

    assert send(as_alice, pitch, "landed", {**LANDED, "agreement": ""}).status_code == 422

    pitch.refresh_from_db()
    assert pitch.agreement == "contract"


def landed_fields(pitch):
    return {
        "organisation": pitch.organisation.name,
        **{name: LANDED[name] for name in LANDED if name != "organisation"},
    }


@both_forms
@pytest.mark.parametrize(
    ("stage", "dates"),
    [
        ("delivered", {"delivered_on": "2026-03-01"}),
        ("paid", {"delivered_on": "2026-03-01", "paid_on": "2026-04-01"}),
    ],
)
def test_after_landing_come_delivered_and_paid(as_alice, alice, send, stage, dates):
    pitch = make_landed(alice)

    response = send(as_alice, pitch, stage, {**landed_fields(pitch), **dates})

    pitch.refresh_from_db()
    assert response.status_code == 302
    assert (pitch.stage, pitch.furthest_stage) == (stage, stage)
    assert {name: str(getattr(pitch, name)) for name in dates} == dates


@both_forms
@pytest.mark.parametrize(
    ("stage", "named"), [("delivered", ["delivered_on"]), ("paid", ["delivered_on", "paid_on"])]
)
def test_each_needs_its_day(as_alice, alice, send, stage, named):
    pitch = make_landed(alice)

    response = send(as_alice, pitch, stage, landed_fields(pitch))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == named


@both_forms
@pytest.mark.parametrize("stage", ["delivered", "paid"])
@pytest.mark.parametrize(("left_out", "named"), NEEDED)
def test_neither_is_a_way_round_landing(as_alice, alice, send, stage, left_out, named):
    pitch = make_opportunity(alice, stage="verbal_yes")
    days = {"delivered_on": "2026-03-01", "paid_on": "2026-04-01"}

    response = send(as_alice, pitch, stage, {**LANDED, **days, left_out: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [named]
    pitch.refresh_from_db()
    assert pitch.furthest_stage == "verbal_yes"


@both_forms
@pytest.mark.parametrize("name", ["agreed_on", "delivered_on", "paid_on"])
def test_what_happened_was_not_tomorrow(as_alice, alice, send, name):
    pitch = make_opportunity(alice)
    days = {"delivered_on": "2026-03-01", "paid_on": "2026-04-01", name: "2099-01-01"}

    response = send(as_alice, pitch, "paid", {**LANDED, **days})

    assert list(response.context["form"].errors) == [name]
    assert "still to come" in response.text


@pytest.mark.parametrize(
    ("stage", "asked"),
    [("delivered", ("delivered_on",)), ("paid", ("delivered_on", "paid_on"))],
)
def test_asks_only_what_was_passed_over(alice, stage, asked):
    assert STAGES[stage].asked_of(make_landed(alice)) == asked


def test_the_day_is_suggested(as_alice, alice):
    pitch = make_landed(alice)

    form = as_alice.get(reverse("networking:opportunity-move", args=[pitch.pk]), {"stage": "paid"}).context[
        "form"
    ]

    assert {form["delivered_on"].value(), form["paid_on"].value()} == {timezone.localdate()}


@pytest.mark.parametrize("hours", ["0", "201", "x"])
def test_hours_of_a_test_have_a_limit(as_alice, alice, hours):
    response = by_move(
        as_alice, make_opportunity(alice), "test_brief", {"test_pay": "paid", "test_hours": hours}
    )

    assert list(response.context["form"].errors) == ["test_hours"]
