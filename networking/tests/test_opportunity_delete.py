from django.urls import reverse

from networking.models import Opportunity
from networking.tests.factories import make_opportunity


def url(pitch):
    return reverse("networking:opportunity-delete", args=[pitch.pk])


def test_asks_first(as_alice, alice):
    pitch = make_opportunity(alice)

    assert pitch.title in as_alice.get(url(pitch)).text
    assert Opportunity.objects.for_user(alice).get() == pitch


def test_moves_to_the_trash_and_offers_undo(as_alice, alice):
    pitch = make_opportunity(alice)

    response = as_alice.post(url(pitch), follow=True)

    assert reverse("networking:opportunity-restore", args=[pitch.pk]) in response.text
    assert Opportunity.objects.trashed(alice).get() == pitch
