"""What a stage cannot do without, through both forms that can set it."""

import pytest
from django.urls import reverse

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


def test_every_stage_has_its_rule():
    assert list(STAGES) == list(Opportunity.Stage)
    for rule in STAGES.values():
        needed = {*rule.requires, *(name for pair in rule.either for name in pair)}
        assert needed <= set(rule.asks)


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
        ("test_brief", {"is_writing_test": "on"}),
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
