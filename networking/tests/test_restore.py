from django.urls import reverse

from networking.models import Interaction
from networking.tests.factories import make_contact, make_interaction


def test_brings_back_exactly_what_went_along(as_alice, alice):
    contact = make_contact(alice)
    kept = make_interaction(alice, contact=contact, summary="Kept")
    dropped_before = make_interaction(alice, contact=contact, summary="Dropped before")
    dropped_before.trash()
    contact.trash()
    assert not Interaction.objects.for_user(alice).exists()

    response = as_alice.post(reverse("networking:restore", args=[contact.pk]))

    assert response.url == contact.get_absolute_url()
    assert list(Interaction.objects.for_user(alice)) == [kept]
    assert list(Interaction.objects.trashed(alice)) == [dropped_before]
