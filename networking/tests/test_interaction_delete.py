from datetime import date

from django.urls import reverse

from networking.models import Interaction
from networking.tests.factories import make_contact, make_interaction


def url(touch):
    return reverse("networking:interaction-delete", args=[touch.pk])


def test_asks_first(as_alice, alice):
    touch = make_interaction(alice)

    assert "Met at the regional meeting" in as_alice.get(url(touch)).text
    assert list(Interaction.objects.for_user(alice)) == [touch]


def test_moves_to_the_trash_recounts_and_offers_undo(as_alice, alice):
    contact = make_contact(alice)
    make_interaction(alice, contact=contact, happened_on=date(2026, 10, 1))
    touch = make_interaction(alice, contact=contact, happened_on=date(2026, 11, 2))

    response = as_alice.post(url(touch), follow=True)

    contact.refresh_from_db()
    assert contact.last_touch_on == date(2026, 10, 1)
    assert Interaction.objects.trashed(alice).get() == touch
    assert reverse("networking:interaction-restore", args=[touch.pk]) in response.text
