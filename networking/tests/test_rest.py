from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from networking.models import Contact
from networking.tests.factories import make_contact, make_interaction


def url(contact):
    return reverse("networking:rest", args=[contact.pk])


def test_one_tap_lets_a_person_rest_for_half_a_year(as_alice, alice):
    today = timezone.localdate()
    contact = make_contact(alice, stage="connected", next_on=today, snoozed_until=today)
    make_interaction(alice, contact=contact, happened_on=date(2025, 1, 6))

    response = as_alice.post(url(contact), follow=True)

    contact.refresh_from_db()
    assert (contact.stage, contact.stage_set_on) == ("dormant", today)
    assert contact.next_step == "Make one fresh approach"
    assert timedelta(182) <= contact.next_on - today <= timedelta(184)
    assert contact.snoozed_until is None
    assert "“Ida Holm” rests now." in response.text
    assert not Contact.objects.for_user(alice).due(today).exists()


def test_who_asked_to_be_left_alone_stays_so(as_alice, alice):
    contact = make_contact(alice, stage="do_not_contact")

    response = as_alice.post(url(contact), follow=True)

    contact.refresh_from_db()
    assert (contact.stage, contact.revision) == ("do_not_contact", 0)
    assert "asked to be left alone" in response.text
    assert reverse("networking:undo") not in response.text
