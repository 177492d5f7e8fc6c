import pytest
from django.urls import reverse

from networking.models import Opportunity, Organisation
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


@pytest.mark.parametrize(
    ("old", "taken", "new"),
    [
        ("Northfield", ["Southfield"], "Northfield"),
        ("Northfield", ["NORTHFIELD"], "Northfield (2)"),
        ("Northfield", ["Northfield", "Northfield (2)"], "Northfield (3)"),
        ("N" * 150, ["N" * 150], "N" * 144 + " (2)"),
    ],
)
def test_a_name_taken_meanwhile_is_numbered(as_alice, alice, bob, old, taken, new):
    northfield = make_organisation(alice, name=old)
    northfield.trash()
    for name in taken:
        make_organisation(alice, name=name)
    make_organisation(bob, name=new)
    url = reverse("networking:organisation-restore", args=[northfield.pk])

    page = as_alice.post(url, follow=True)
    as_alice.post(url)

    northfield.refresh_from_db()
    assert (northfield.name, northfield.trashed_at) == (new, None)
    told = f"“{old}” is back as “{new}”, because you have another one with its old name."
    assert (told in page.text) is (old != new)
    assert Organisation.objects.for_user(alice).count() == len(taken) + 1
