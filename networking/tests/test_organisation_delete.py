import pytest
from django.urls import reverse

from networking.models import Contact, Opportunity, Organisation
from networking.tests.factories import make_contact, make_opportunity, make_organisation


def url(organisation):
    return reverse("networking:organisation-delete", args=[organisation.pk])


@pytest.mark.parametrize(
    ("people", "pitches", "told"),
    [
        (0, 0, ("No opportunity goes with it.", "You know nobody there")),
        (1, 1, ("1 opportunity goes with it, and comes back", "Your 1 contact there stays.")),
        (2, 3, ("3 opportunities go with it, and come back", "Your 2 contacts there stay.")),
    ],
)
def test_says_what_goes_and_what_stays(as_alice, alice, people, pitches, told):
    northfield = make_organisation(alice)
    for n in range(people):
        make_contact(alice, name=f"Person {n}", organisation=northfield)
    for n in range(pitches):
        make_opportunity(alice, title=f"Pitch {n}", organisation=northfield)

    text = as_alice.get(url(northfield)).text

    assert all(words in text for words in told)
    assert Organisation.objects.for_user(alice).get() == northfield


def test_takes_opportunities_along_and_leaves_contacts(as_alice, alice):
    northfield = make_organisation(alice)
    contact = make_contact(alice, organisation=northfield)
    pitch = make_opportunity(alice, organisation=northfield)

    response = as_alice.post(url(northfield), follow=True)

    assert reverse("networking:organisation-restore", args=[northfield.pk]) in response.text
    assert Organisation.objects.trashed(alice).get() == northfield
    assert Opportunity.objects.trashed(alice).get() == pitch
    assert Contact.objects.for_user(alice).get() == contact
