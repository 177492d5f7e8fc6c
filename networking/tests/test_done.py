from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import CadenceRule, Interaction
from networking.planning import follow_rule
from networking.tests.factories import make_contact, make_interaction, make_opportunity

LONG_AGO = date(2025, 1, 6)


def url(contact):
    return reverse("networking:done", args=[contact.pk])


def due(owner, **fields):
    today = timezone.localdate()
    usual = {"stage": "connected", "stage_set_on": LONG_AGO, "next_step": "Send it", "next_on": today}
    return make_contact(owner, **{**usual, **fields})


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_one_tap_logs_what_was_planned_and_sets_the_clock(as_alice, alice):
    contact = due(alice, is_next_pinned=True)

    response = as_alice.post(url(contact), follow=True)

    touch, today = Interaction.objects.get(), timezone.localdate()
    contact.refresh_from_db()
    assert response.redirect_chain == [(contact.get_absolute_url(), 302)]
    assert (touch.owner, touch.summary, touch.happened_on) == (alice, "Send it", today)
    assert (touch.kind, touch.direction, touch.channel) == ("message", "outgoing", "email")
    assert (contact.last_touch_on, contact.next_step) == (today, "Share something useful")
    assert contact.next_on > today
    assert not contact.is_next_pinned
    [text] = said(response)
    assert text.startswith("Logged “Send it” with “Ida Holm”. Next, on ")
    assert reverse("networking:interaction-update", args=[touch.pk]) in text
    assert reverse("networking:undo") in response.text


def test_leads_back_to_where_the_tap_was(as_alice, alice):
    response = as_alice.post(url(due(alice)), {"next": "/network/follow-ups/?page=2"})

    assert response.url == "/network/follow-ups/?page=2"


@pytest.mark.parametrize(
    "there", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\n/x", "x"]
)
def test_never_leads_elsewhere(as_alice, alice, there):
    contact = due(alice)

    response = as_alice.post(url(contact), {"next": there})

    assert response.url == contact.get_absolute_url()


def test_the_step_of_a_rule_is_logged_as_what_it_is(as_alice, alice):
    contact = make_contact(alice, stage="connected", stage_set_on=LONG_AGO)
    make_interaction(alice, contact=contact, direction="incoming", channel="linkedin", happened_on=LONG_AGO)
    as_alice.post(reverse("networking:follow-rule", args=[contact.pk]))

    as_alice.post(url(contact))

    touch = Interaction.objects.latest("pk")
    assert (touch.summary, touch.kind, touch.channel) == ("Thank them, with no ask", "thanks", "linkedin")


def test_research_is_no_touch_and_takes_them_a_stage_on(as_alice, alice):
    contact = make_contact(alice, stage="identified", stage_set_on=LONG_AGO)
    as_alice.post(reverse("networking:follow-rule", args=[contact.pk]))

    response = as_alice.post(url(contact), follow=True)

    contact.refresh_from_db()
    assert not Interaction.objects.exists()
    assert (contact.stage, contact.stage_set_on) == ("researched", timezone.localdate())
    assert contact.next_step == "Begin light engagement"
    assert said(response)[-1].startswith("“Ida Holm” is now at “Researched”. Next, on ")


def test_nobody_is_met_twice_at_one_event(as_alice, alice):
    contact = due(alice)
    make_interaction(alice, contact=contact, channel="event")

    as_alice.post(url(contact))

    assert Interaction.objects.latest("pk").channel == "email"


def test_without_words_it_still_says_something(as_alice, alice):
    as_alice.post(url(due(alice, next_step="")))

    assert Interaction.objects.get().summary == "Get in touch"


def test_a_double_click_logs_once_and_says_the_same(as_alice, alice):
    contact = due(alice)
    data = {"revision": contact.revision}

    as_alice.post(url(contact), data)
    second = as_alice.post(url(contact), data, follow=True)

    assert Interaction.objects.count() == 1
    assert len(set(said(second))) == 1
    assert said(second)[0].startswith("Logged “Send it”")


def test_a_tap_on_an_old_page_does_nothing_and_says_so(as_alice, alice):
    contact = due(alice)
    contact.plan_next("Planned since", timezone.localdate())

    response = as_alice.post(url(contact), {"revision": 0}, follow=True)

    contact.refresh_from_db()
    assert not Interaction.objects.exists()
    assert contact.next_step == "Planned since"
    assert said(response) == ["“Ida Holm” has changed since you opened this page. Nothing was done twice."]


@pytest.mark.parametrize("revision", ["-1", "x", "\x00", "9" * 400])
def test_nonsense_changes_nothing(as_alice, alice, revision):
    response = as_alice.post(url(due(alice)), {"revision": revision})

    assert response.status_code == 302
    assert not Interaction.objects.exists()


def test_a_follow_up_moves_the_pitch_along(as_alice, alice):
    contact, today = due(alice), timezone.localdate()
    pitch = make_opportunity(alice, contact=contact, stage="pitched", pitched_on=today - timedelta(9))

    as_alice.post(url(contact))

    pitch.refresh_from_db()
    assert pitch.next_step == "Send a closing note, kindly"


def test_logs_the_day_it_is_where_the_person_is(as_alice, alice, monkeypatch):
    alice.time_zone = "Pacific/Apia"
    alice.save()
    contact = due(alice)
    # Late in the evening in Greenwich it is the next day in Samoa.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 25, 23, 30, tzinfo=UTC))

    as_alice.post(url(contact))

    assert Interaction.objects.get().happened_on == date(2026, 11, 26)


def test_a_step_that_logs_nothing_takes_nobody_down_from_client(as_alice, alice, content):
    CadenceRule.objects.filter(key="client").update(step="Look at their new programme", kind="")
    contact = due(alice, stage="client", stage_set_on=timezone.localdate())
    follow_rule(contact)

    as_alice.post(url(contact))

    contact.refresh_from_db()
    assert contact.stage == "client"
    assert Interaction.objects.get().summary == "Look at their new programme"
