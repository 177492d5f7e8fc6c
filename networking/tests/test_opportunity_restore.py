from django.urls import reverse

from networking.models import Opportunity
from networking.tests.factories import make_opportunity


def url(pitch):
    return reverse("networking:opportunity-restore", args=[pitch.pk])


def test_brings_it_back(as_alice, alice):
    pitch = make_opportunity(alice)
    pitch.trash()

    response = as_alice.post(url(pitch))

    assert response.url == pitch.get_absolute_url()
    assert Opportunity.objects.for_user(alice).get() == pitch


def test_waits_until_its_organisation_is_back(as_alice, alice):
    pitch = make_opportunity(alice)
    pitch.trash()
    pitch.organisation.trash()

    response = as_alice.post(url(pitch), follow=True)

    assert "Put “Northfield Medical Education” back first" in response.text
    assert Opportunity.objects.trashed(alice).get() == pitch
