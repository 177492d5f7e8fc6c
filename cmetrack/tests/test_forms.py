"""The promises of the form that every private row is written through."""

import pytest
from django import forms

from cmetrack.forms import CHANGED_ELSEWHERE, OwnedModelForm
from networking.models import Contact, Organisation

pytestmark = pytest.mark.django_db


class ContactForm(OwnedModelForm):
    class Meta:
        model = Contact
        fields = ("name", "organisation")


def shown(instance) -> dict[str, str]:
    """The hidden values a browser would send back with the form."""
    form = ContactForm(instance=instance)
    return {"submission_id": str(form.initial["submission_id"]), "revision": str(form.initial["revision"])}


def save(instance, **data):
    form = ContactForm(data, instance=instance)
    assert form.is_valid(), form.errors
    return form.save()


def test_the_same_form_sent_twice_saves_once(alice):
    hidden = shown(Contact(owner=alice))

    first = save(Contact(owner=alice), name="Ida", **hidden)
    second = save(Contact(owner=alice), name="Ida", **hidden)

    assert second == first
    assert Contact.objects.for_user(alice).count() == 1


def test_two_forms_save_two_rows(alice):
    save(Contact(owner=alice), name="Ida", **shown(Contact(owner=alice)))
    save(Contact(owner=alice), name="Ida", **shown(Contact(owner=alice)))

    assert Contact.objects.for_user(alice).count() == 2


def test_the_same_form_sent_at_the_same_moment_saves_once(alice, monkeypatch):
    hidden = shown(Contact(owner=alice))
    first = save(Contact(owner=alice), name="Ida", **hidden)
    # At the first look the other click has not been written yet.
    monkeypatch.setattr(OwnedModelForm, "_sent_before", _not_yet_then(OwnedModelForm._sent_before))

    assert save(Contact(owner=alice), name="Ida", **hidden) == first


def _not_yet_then(look):
    calls = []

    def sent_before(form):
        calls.append(form)
        return None if len(calls) == 1 else look(form)

    return sent_before


def test_going_back_and_typing_something_else_saves_that_too(alice):
    hidden = shown(Contact(owner=alice))

    save(Contact(owner=alice), name="Ida", **hidden)
    save(Contact(owner=alice), name="Bob", **hidden)

    assert set(Contact.objects.values_list("name", flat=True)) == {"Ida", "Bob"}


def test_the_same_form_sent_after_trashing_what_it_made_saves_anew(alice):
    hidden = shown(Contact(owner=alice))
    save(Contact(owner=alice), name="Ida", **hidden).trash()

    again = save(Contact(owner=alice), name="Ida", **hidden)

    assert list(Contact.objects.for_user(alice)) == [again]


def test_another_persons_form_is_another_form(alice, bob):
    hidden = shown(Contact(owner=alice))
    save(Contact(owner=alice), name="Ida", **hidden)

    theirs = save(Contact(owner=bob), name="Ida", **hidden)

    assert theirs.owner == bob


def test_a_second_tab_is_told_and_keeps_what_was_typed(alice):
    contact = Contact.objects.create(owner=alice, name="Ida")
    hidden = shown(contact)
    save(Contact.objects.get(), name="Ida Holm", **hidden)

    late = ContactForm({"name": "Ida H.", **hidden}, instance=Contact.objects.get())

    assert late.non_field_errors() == [CHANGED_ELSEWHERE]
    assert late["name"].value() == "Ida H."
    assert Contact.objects.get().name == "Ida Holm"


def test_the_same_change_sent_twice_is_no_conflict(alice):
    hidden = shown(Contact.objects.create(owner=alice, name="Ida"))
    save(Contact.objects.get(), name="Ida Holm", **hidden)

    again = ContactForm({"name": "Ida Holm", **hidden}, instance=Contact.objects.get())

    assert again.is_valid()


def test_saving_again_after_being_told_is_deliberate(alice):
    contact = Contact.objects.create(owner=alice, name="Ida")
    hidden = shown(contact)
    save(Contact.objects.get(), name="Ida Holm", **hidden)
    late = ContactForm({"name": "Ida H.", **hidden}, instance=Contact.objects.get())
    late.is_valid()

    save(Contact.objects.get(), name="Ida H.", revision=late["revision"].value())

    assert Contact.objects.get().name == "Ida H."


def test_offers_only_own_rows(alice, bob):
    mine = Organisation.objects.create(owner=alice, name="Northfield")
    Organisation.objects.create(owner=bob, name="Secret client")

    offered = ContactForm(instance=Contact(owner=alice)).fields["organisation"].queryset

    assert list(offered) == [mine]


def test_keeps_a_choice_that_lies_in_the_trash(alice):
    organisation = Organisation.objects.create(owner=alice, name="Northfield")
    contact = Contact.objects.create(owner=alice, name="Ida", organisation=organisation)
    organisation.trash()

    save(contact, name="Ida Holm", organisation=organisation.pk, **shown(contact))

    assert Contact.objects.get().organisation == organisation


def test_does_not_offer_others_in_the_trash(alice):
    Organisation.objects.create(owner=alice, name="Northfield").trash()

    field = ContactForm(instance=Contact(owner=alice)).fields["organisation"]

    assert isinstance(field, forms.ModelChoiceField)
    assert list(field.queryset) == []
