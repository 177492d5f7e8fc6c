import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.forms import TouchForm
from networking.models import Interaction
from networking.tests.factories import make_contact, make_opportunity

TOUCH = {
    "summary": "Talked about case writing",
    "happened_on": "2026-01-05",
    "kind": "conversation",
    "channel": "event",
    "direction": "both",
}


def url(contact):
    return reverse("networking:interaction-create", args=[contact.pk])


def test_logs_a_touch_and_sets_the_clock(as_alice, alice):
    contact = make_contact(alice)

    response = as_alice.post(
        url(contact), {**TOUCH, "next_step": "Send the references", "next_on": "2026-01-12"}
    )

    touch = Interaction.objects.get()
    contact.refresh_from_db()
    assert response.url == contact.get_absolute_url()
    assert (touch.owner, touch.contact, touch.kind) == (alice, contact, "conversation")
    assert (touch.summary, touch.channel, touch.direction) == ("Talked about case writing", "event", "both")
    assert contact.last_touch_on == date(2026, 1, 5)
    assert (contact.next_step, contact.next_on) == ("Send the references", date(2026, 1, 12))


def test_an_empty_next_step_clears_the_old_one(as_alice, alice):
    contact = make_contact(alice, next_step="Old", next_on=date(2026, 1, 1))

    as_alice.post(url(contact), TOUCH)

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on) == ("", None)


def test_shows_what_happened_and_what_comes_next_and_folds_the_rest(as_alice, alice):
    form = as_alice.get(url(make_contact(alice, stage="connected"))).context["form"]

    assert [field.name for field in form.first_fields()] == ["summary", "kind", "next_step", "next_on"]
    [fold] = form.folded_fields()
    assert ([field.name for field in fold.fields], fold.is_open) == (
        ["channel", "event_type", "happened_on", "direction"],
        False,
    )
    assert (form["happened_on"].value(), form["channel"].value()) == (timezone.localdate(), "email")


@pytest.mark.parametrize(
    ("change", "is_open"),
    [
        ({}, False),
        ({"channel": "call"}, True),
        ({"happened_on": "2026-01-04"}, True),
        ({"direction": ""}, True),
    ],
)
def test_the_fold_stands_open_when_it_has_something_to_say(as_alice, alice, change, is_open):
    usual = {"happened_on": str(timezone.localdate()), "kind": "message", "channel": "email"}
    sent = {**usual, "direction": "outgoing", "next_on": "not a day", **change}

    [fold] = as_alice.post(url(make_contact(alice)), sent).context["form"].folded_fields()

    assert fold.is_open is is_open


def test_without_commit_nothing_is_written(alice):
    contact = make_contact(alice, next_step="Old plan")
    touch = Interaction(owner=alice, contact=contact)
    form = TouchForm({**TOUCH, "next_step": "New plan"}, instance=touch, today=timezone.localdate())
    assert form.is_valid()

    form.save(commit=False)

    contact.refresh_from_db()
    assert (contact.next_step, contact.last_touch_on) == ("Old plan", None)
    assert not Interaction.objects.exists()


def test_the_form_says_so(as_alice, alice):
    text = as_alice.get(url(make_contact(alice))).text

    assert "Left as suggested, it follows the rule for what you log. Empty: nothing is planned." in text


@pytest.mark.parametrize(("kind", "direction"), [("conversation", "both"), ("message", "outgoing")])
def test_talking_takes_two_unless_something_else_is_said(as_alice, alice, kind, direction):
    touch = {name: value for name, value in TOUCH.items() if name != "direction"}

    as_alice.post(url(make_contact(alice)), {**touch, "kind": kind, "direction": "outgoing"})

    assert Interaction.objects.get().direction == direction


def test_says_what_comes_next(as_alice, alice):
    contact = make_contact(alice)

    response = as_alice.post(
        url(contact), {**TOUCH, "next_step": "Send it", "next_on": "2099-01-05"}, follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        f"Logged a touch with “{contact}”. Next, on 5 January 2099: Send it."
    ]


def test_an_older_touch_does_not_move_the_last_one_back(as_alice, alice):
    contact = make_contact(alice)
    as_alice.post(url(contact), TOUCH)

    as_alice.post(url(contact), {**TOUCH, "happened_on": "2025-12-01"})

    contact.refresh_from_db()
    assert contact.last_touch_on == date(2026, 1, 5)


def test_a_double_click_logs_once_and_keeps_the_newer_plan(as_alice, alice):
    contact = make_contact(alice)
    data = {**TOUCH, "submission_id": uuid.uuid4(), "next_step": "From the first click"}
    as_alice.post(url(contact), data)
    contact.refresh_from_db()
    contact.plan_next("Planned since", None)

    response = as_alice.post(url(contact), data)

    contact.refresh_from_db()
    assert response.url == contact.get_absolute_url()
    assert Interaction.objects.count() == 1
    assert contact.next_step == "Planned since"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("summary", "x" * 100_000),
        ("summary", "a\x00b"),
        ("happened_on", ""),
        ("happened_on", "0001-01-01"),
        ("happened_on", "9999-12-31"),
        ("happened_on", str(timezone.localdate() + timedelta(1))),
        ("kind", "nonsense"),
        ("channel", "nonsense"),
        ("direction", ""),
        ("next_step", "x" * 201),
        ("next_on", "9999-12-31"),
    ],
)
def test_bad_input_changes_nothing(as_alice, alice, field, value):
    contact = make_contact(alice, next_step="Old plan")

    response = as_alice.post(url(contact), {**TOUCH, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Interaction.objects.exists()
    contact.refresh_from_db()
    assert (contact.next_step, contact.last_touch_on) == ("Old plan", None)


def test_a_contact_in_the_trash_is_404(as_alice, alice):
    contact = make_contact(alice)
    contact.trash()

    assert as_alice.post(url(contact), TOUCH).status_code == 404
    assert not Interaction.objects.exists()


def suggested(client, contact):
    form = client.get(url(contact)).context["form"]
    return {"next_step": form["next_step"].value(), "next_on": form["next_on"].value()}


def test_what_was_left_as_suggested_follows_the_rule(as_alice, alice):
    contact = make_contact(alice, stage="connected", stage_set_on=date(2025, 1, 6), is_next_pinned=True)
    today = timezone.localdate()

    as_alice.post(url(contact), {**TOUCH, "happened_on": today, **suggested(as_alice, contact)})

    contact.refresh_from_db()
    # The conversation went both ways, so the steps begin anew: they are thanked first.
    assert contact.next_step == "Thank them, with no ask"
    assert today < contact.next_on <= today + timedelta(4)
    assert not contact.is_next_pinned


def test_what_was_chosen_is_pinned(as_alice, alice):
    contact = make_contact(alice, stage="connected", snoozed_until=date(2099, 1, 5))

    as_alice.post(url(contact), {**TOUCH, **suggested(as_alice, contact), "next_on": "2027-01-04"})

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on) == ("Share something useful", date(2027, 1, 4))
    assert (contact.is_next_pinned, contact.snoozed_until) == (True, None)


def test_a_follow_up_logged_by_hand_moves_the_pitch_too(as_alice, alice):
    contact = make_contact(alice)
    pitch = make_opportunity(alice, contact=contact, stage="pitched", pitched_on=date(2026, 1, 2))

    sent = {**TOUCH, "kind": "message", "direction": "outgoing"}
    as_alice.post(url(contact), sent)

    pitch.refresh_from_db()
    assert pitch.next_step == "Send a closing note, kindly"
