from django.urls import reverse

from networking.models import Contact
from networking.tests.factories import make_contact, make_interaction


def url(contact):
    return reverse("networking:delete", args=[contact.pk])


def test_asks_first_and_names_what_goes_along(as_alice, alice):
    contact = make_contact(alice)
    make_interaction(alice, contact=contact)
    make_interaction(alice, contact=contact)
    make_interaction(alice, contact=contact).trash()

    response = as_alice.get(url(contact))

    assert response.context["goes_with"] == ["2 logged touches"]
    contact.refresh_from_db()
    assert contact.trashed_at is None


def test_moves_to_the_trash_and_offers_undo(as_alice, alice):
    contact = make_contact(alice)

    response = as_alice.post(url(contact), follow=True)

    assert response.redirect_chain == [(reverse("networking:index"), 302)]
    assert reverse("networking:restore", args=[contact.pk]) in response.text
    assert Contact.objects.trashed(alice).get() == contact
