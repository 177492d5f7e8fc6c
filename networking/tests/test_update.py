from datetime import date

from django.urls import reverse
from django.utils import timezone

from networking.forms import ContactForm
from networking.models import Contact, Organisation
from networking.tests.factories import make_contact, make_interaction, make_organisation


def url(contact):
    return reverse("networking:update", args=[contact.pk])


def test_changes_the_contact(as_alice, alice):
    contact = make_contact(alice)

    response = as_alice.post(url(contact), {"name": "Ida Holm-Berg", "stage": "connected", "revision": 0})

    contact.refresh_from_db()
    assert response.url == contact.get_absolute_url()
    assert (contact.name, contact.stage, contact.revision) == ("Ida Holm-Berg", "connected", 1)


def test_says_what_to_do_at_this_stage(as_alice, alice):
    form = as_alice.get(url(make_contact(alice, stage="connected"))).context["form"]

    assert "Thank within 2 days" in form["stage"].help_text
    assert ("connected", "Connected: accepted or replied") in form.fields["stage"].choices


def test_an_emptied_organisation_is_taken_off(as_alice, alice):
    contact = make_contact(alice, organisation=make_organisation(alice))

    as_alice.post(url(contact), {"name": "Ida Holm", "stage": "identified", "organisation": ""})

    contact.refresh_from_db()
    assert contact.organisation is None
    assert Organisation.objects.count() == 1


def test_an_untouched_organisation_in_the_trash_stays_linked(as_alice, alice):
    northfield = make_organisation(alice)
    contact = make_contact(alice, organisation=northfield)
    northfield.trash()

    as_alice.post(url(contact), {"name": "Ida", "stage": "identified", "organisation": northfield.name})

    contact.refresh_from_db()
    assert contact.organisation == northfield
    assert Organisation.objects.count() == 1


def test_two_tabs_get_a_message_and_then_a_choice(as_alice, alice):
    contact = make_contact(alice)
    data = {"name": "From the second tab", "stage": "identified", "revision": 0}
    as_alice.post(url(contact), {**data, "name": "From the first tab"})

    refused = as_alice.post(url(contact), data)

    assert refused.status_code == 422
    assert "changed in another tab" in refused.text
    assert "From the second tab" in refused.text
    contact.refresh_from_db()
    assert contact.name == "From the first tab"

    as_alice.post(url(contact), {**data, "revision": refused.context["form"]["revision"].value()})

    contact.refresh_from_db()
    assert contact.name == "From the second tab"


def test_a_plan_made_by_a_touch_meanwhile_is_not_overwritten_unseen(as_alice, alice):
    contact = make_contact(alice, next_step="Old plan")
    touch = {"happened_on": "2026-01-05", "kind": "message", "channel": "email", "direction": "outgoing"}
    as_alice.post(
        reverse("networking:interaction-create", args=[contact.pk]), {**touch, "next_step": "New plan"}
    )

    refused = as_alice.post(
        url(contact), {"name": "Ida", "stage": "identified", "next_step": "Old plan", "revision": 0}
    )

    assert refused.status_code == 422
    contact.refresh_from_db()
    assert contact.next_step == "New plan"


def test_a_plan_taken_away_stays_away(as_alice, alice):
    contact = make_contact(alice, met_at="At the congress", next_step="Write", next_on=date(2026, 1, 5))

    as_alice.post(url(contact), {"name": "Ida", "stage": "identified", "met_at": "At the congress"})

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on) == ("", None)


def test_a_touch_logged_meanwhile_stays_the_last(alice):
    contact = make_contact(alice)
    form = ContactForm({"name": "Ida", "stage": "identified"}, instance=contact, today=date(2026, 1, 5))
    assert form.is_valid()
    make_interaction(alice, contact=Contact.objects.get(), happened_on=date(2026, 1, 5))

    form.save()

    contact.refresh_from_db()
    assert (contact.name, contact.revision, contact.last_touch_on) == ("Ida", 1, date(2026, 1, 5))


def test_bad_input_keeps_the_row_and_what_was_typed(as_alice, alice):
    contact = make_contact(alice)

    response = as_alice.post(url(contact), {"name": "Ida Holm", "stage": "identified", "email": "nobody"})

    assert response.status_code == 422
    assert "nobody" in response.text
    contact.refresh_from_db()
    assert contact.email == ""


def test_a_new_stage_brings_its_own_rule(as_alice, alice):
    contact = make_contact(
        alice, stage_set_on=date(2025, 1, 6), next_step="Research them", next_on="2025-01-13"
    )
    data = {"name": "Ida", "next_step": "Research them", "next_on": "2025-01-13"}

    as_alice.post(url(contact), {**data, "stage": "connected"})

    contact.refresh_from_db()
    assert contact.stage_set_on == timezone.localdate()
    assert contact.next_step == "Thank them, with no ask"
    assert contact.next_on > timezone.localdate()


def test_a_pinned_day_outlives_a_new_stage(as_alice, alice):
    contact = make_contact(alice, next_step="Call", next_on=date(2027, 1, 4), is_next_pinned=True)

    as_alice.post(
        url(contact), {"name": "Ida", "stage": "connected", "next_step": "Call", "next_on": "2027-01-04"}
    )

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on, contact.is_next_pinned) == ("Call", date(2027, 1, 4), True)


def test_a_day_chosen_here_is_pinned_and_wakes_who_was_snoozed(as_alice, alice):
    contact = make_contact(alice, next_on=date(2026, 1, 5), snoozed_until=date(2099, 1, 5))

    as_alice.post(url(contact), {"name": "Ida", "stage": "identified", "next_on": "2027-01-04"})

    contact.refresh_from_db()
    assert (contact.next_on, contact.is_next_pinned) == (date(2027, 1, 4), True)
    assert contact.snoozed_until is None


def test_what_is_not_changed_is_not_pinned(as_alice, alice):
    contact = make_contact(alice, next_on=date(2026, 1, 5), snoozed_until=date(2099, 1, 5))

    as_alice.post(url(contact), {"name": "Ida Berg", "stage": "identified", "next_on": "2026-01-05"})

    contact.refresh_from_db()
    assert (contact.name, contact.is_next_pinned) == ("Ida Berg", False)
    assert contact.snoozed_until == date(2099, 1, 5)


def test_who_asks_to_be_left_alone_has_nothing_planned_any_more(as_alice, alice):
    contact = make_contact(alice, next_step="Research them", next_on=date(2026, 1, 5))
    data = {"name": "Ida", "next_step": "Research them", "next_on": "2026-01-05"}

    as_alice.post(url(contact), {**data, "stage": "do_not_contact"})

    contact.refresh_from_db()
    assert (contact.next_step, contact.next_on) == ("", None)
