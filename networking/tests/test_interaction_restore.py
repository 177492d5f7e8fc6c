from datetime import date

from django.urls import reverse

from networking.models import Interaction
from networking.tests.factories import make_interaction


def url(touch):
    return reverse("networking:interaction-restore", args=[touch.pk])


def test_brings_the_touch_back_and_recounts(as_alice, alice):
    touch = make_interaction(alice)
    touch.trash()
    touch.contact.recount_last_touch()

    response = as_alice.post(url(touch))

    touch.contact.refresh_from_db()
    assert response.url == touch.contact.get_absolute_url()
    assert Interaction.objects.for_user(alice).get() == touch
    assert touch.contact.last_touch_on == date(2026, 11, 2)


def test_waits_until_its_contact_is_back(as_alice, alice):
    touch = make_interaction(alice)
    touch.trash()
    touch.contact.trash()

    response = as_alice.post(url(touch), follow=True)

    assert "Put “Ida Holm” back first" in response.text
    assert Interaction.objects.trashed(alice).get() == touch
