from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.planning import follow_rule
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from networking.tests.queries import SHELL

# The contact, its touches and pitches for the clock, the rules; more addresses, who may be the same;
# opportunities, count of touches, touches.
QUERIES = SHELL + 9


def test_shows_who_it_is_and_what_comes_next(as_alice, alice):
    contact = make_contact(
        alice,
        role_title="Managing editor",
        organisation=make_organisation(alice),
        stage="connected",
        next_step="Send the paper",
        next_on=timezone.localdate() + timedelta(5),
        last_touch_on=timezone.localdate() - timedelta(12),
        notes="Likes *short* mails. <script>alert(1)</script>",
    )

    text = as_alice.get(contact.get_absolute_url()).text

    for shown in ("Managing editor", "Northfield", "Send the paper", "in 5 days", "quiet 12 days"):
        assert shown in text
    assert "<strong>Connected</strong>: accepted or replied. Thank within 2 days" in text
    assert "<em>short</em>" in text
    assert "<script>alert" not in text


def test_headings_in_notes_keep_the_order(as_alice, alice):
    text = as_alice.get(make_contact(alice, notes="# Ideas").get_absolute_url()).text

    assert "<h4>Ideas</h4>" in text


def test_leads_to_the_trash(as_alice, alice):
    contact = make_contact(alice)

    assert (
        f'href="{reverse("networking:delete", args=[contact.pk])}"'
        in as_alice.get(contact.get_absolute_url()).text
    )


def test_the_title_of_the_page_names_nobody(as_alice, alice):
    text = as_alice.get(make_contact(alice, name="Ida Holm").get_absolute_url()).text

    assert "Ida" not in text.partition("<title>")[2].partition("</title>")[0]


def test_shows_touches_latest_first_with_opportunities(as_alice, alice):
    contact = make_contact(alice)
    make_interaction(alice, contact=contact, summary="First", happened_on=date(2026, 9, 1))
    make_interaction(alice, contact=contact, summary="Second", happened_on=date(2026, 10, 1))
    make_interaction(alice, contact=contact, summary="Gone").trash()
    make_opportunity(alice, contact=contact, title="Case series")
    make_opportunity(alice, title="Somebody else’s")

    context = as_alice.get(contact.get_absolute_url()).context

    assert [touch.title for touch in context["touches"]] == ["Second", "First"]
    assert [touch.day for touch in context["touches"]] == ["1 October 2026", "1 September 2026"]
    assert [pitch.title for pitch in context["pitches"]] == ["Case series"]


def test_pages_a_long_timeline(as_alice, alice):
    contact = make_contact(alice)
    for n in range(51):
        make_interaction(alice, contact=contact, summary=f"Touch {n}")

    touches = as_alice.get(contact.get_absolute_url(), {"page": 2}).context["touches"]

    assert [touch.title for touch in touches] == ["Touch 0"]


def test_no_link_to_an_organisation_in_the_trash(as_alice, alice):
    northfield = make_organisation(alice)
    contact = make_contact(alice, organisation=northfield)
    northfield.trash()

    text = as_alice.get(contact.get_absolute_url()).text

    assert northfield.get_absolute_url() not in text


@pytest.mark.parametrize(("kind", "is_cautioned"), [("supporter_ime", True), ("commissioner", False)])
def test_cautions_about_people_who_work_for_a_funder(as_alice, alice, kind, is_cautioned):
    text = as_alice.get(make_contact(alice, kind=kind).get_absolute_url()).text

    assert ("never pitch to them" in text) is is_cautioned


def test_nothing_is_due_with_somebody_who_asked_to_be_left_alone(as_alice, alice):
    contact = make_contact(alice, stage="do_not_contact", next_on=date(2026, 1, 1))

    context = as_alice.get(contact.get_absolute_url()).context

    assert (context["due"], context["is_due"]) == ("", False)


def test_suggests_the_next_step_of_the_stage(as_alice, alice):
    contact = make_contact(alice, stage="warm_lead")

    form = as_alice.get(contact.get_absolute_url()).context["form"]

    assert form["happened_on"].value() == timezone.localdate()
    assert form["next_step"].value() == "Check in with news or a new sample"
    assert 30 <= (form["next_on"].value() - timezone.localdate()).days <= 32


def with_reason(client, contact, text):
    """The page, once it has been seen to say why."""
    page = client.get(contact.get_absolute_url()).text
    assert text in page
    return page


def test_says_that_the_rule_chose_the_day(as_alice, alice):
    contact = make_contact(alice, stage="warm_lead", stage_set_on=date(2025, 1, 6))
    touch = make_interaction(alice, contact=contact, happened_on=timezone.localdate() - timedelta(7))
    follow_rule(touch.contact)

    page = with_reason(as_alice, contact, "Rule: 30 days after your last touch")

    assert reverse("networking:follow-rule", args=[contact.pk]) not in page
    assert reverse("networking:done", args=[contact.pk]) in page


def test_says_that_you_chose_the_day_and_leads_back_to_the_rule(as_alice, alice):
    contact = make_contact(alice, next_on=date(2099, 1, 5), is_next_pinned=True)

    page = with_reason(as_alice, contact, "You chose this day. It stands until your next touch.")

    assert reverse("networking:follow-rule", args=[contact.pk]) in page
    assert "Follow the rule again" in page


def test_says_how_long_it_is_snoozed(as_alice, alice):
    contact = make_contact(alice, next_on=date(2026, 1, 5), snoozed_until=date(2099, 1, 5))

    page = with_reason(as_alice, contact, "Snoozed until 5 January 2099. Planned for this day.")

    assert "Follow the rule again" in page


def test_with_nothing_planned_the_rule_can_choose(as_alice, alice):
    page = with_reason(as_alice, make_contact(alice), "Nothing planned.")

    assert "Let the rule choose a day" in page
    assert "Later" not in page.partition('id="touch"')[0]


def test_proposes_rest_and_leaves_the_choice(as_alice, alice):
    contact = make_contact(alice, stage="warmed", stage_set_on=date(2025, 1, 6))
    follow_rule(make_interaction(alice, contact=contact).contact)

    page = with_reason(as_alice, contact, "1 message without an answer: enough for now at “Warmed”.")

    assert reverse("networking:rest", args=[contact.pk]) in page


def test_who_asked_to_be_left_alone_gets_no_buttons(as_alice, alice):
    contact = make_contact(alice, stage="do_not_contact", next_on=date(2026, 1, 5))

    page = as_alice.get(contact.get_absolute_url()).text

    for name in ("done", "snooze", "plan", "follow-rule", "rest"):
        assert reverse(f"networking:{name}", args=[contact.pk]) not in page


def test_refuses_another_method(as_alice, alice):
    assert as_alice.post(make_contact(alice).get_absolute_url()).status_code == 405


@pytest.mark.parametrize("pk", [10**30, 0])
def test_an_impossible_number_is_404(as_alice, pk):
    assert as_alice.get(f"/network/contacts/{pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    contact = make_contact(alice, organisation=make_organisation(alice))
    for n in range(count):
        make_interaction(alice, contact=contact, summary=f"Touch {n}")
        make_opportunity(alice, contact=contact, organisation=make_organisation(alice, name=f"Place {n}"))

    with django_assert_num_queries(QUERIES):
        as_alice.get(reverse("networking:detail", args=[contact.pk]))
