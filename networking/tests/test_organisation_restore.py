from django.urls import reverse

from networking.models import Opportunity
from networking.tests.factories import make_opportunity, make_organisation


def test_brings_back_exactly_what_went_along(as_alice, alice):
    northfield = make_organisation(alice)
    kept = make_opportunity(alice, organisation=northfield)
    dropped_before = make_opportunity(alice, organisation=northfield)
    dropped_before.trash()
    northfield.trash()

    response = as_alice.post(reverse("networking:organisation-restore", args=[northfield.pk]))

    assert response.url == northfield.get_absolute_url()
    assert Opportunity.objects.for_user(alice).get() == kept
    assert Opportunity.objects.trashed(alice).get() == dropped_before
