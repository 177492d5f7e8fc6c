"""Whose row it is, and what the trash keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cmetrack.ownership import TRASH_KEPT_FOR
from networking.models import Contact, Interaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(alice):
    return Contact.objects.create(owner=alice, name="Ida")


@pytest.fixture
def touch(alice, contact):
    return Interaction.objects.create(owner=alice, contact=contact, happened_on="2026-10-01")


def test_shows_people_only_their_own(alice, bob, contact):
    assert list(Contact.objects.for_user(alice)) == [contact]
    assert list(Contact.objects.for_user(bob)) == []


def test_the_trash_hides_and_restoring_shows(alice, contact):
    contact.trash()
    assert list(Contact.objects.for_user(alice)) == []
    assert list(Contact.objects.trashed(alice)) == [contact]

    contact.restore()
    assert list(Contact.objects.for_user(alice)) == [contact]
    assert list(Contact.objects.trashed(alice)) == []


def test_a_second_click_finds_a_row_in_the_trash_and_out_of_it(alice, bob, contact):
    dropped = Contact.objects.create(owner=alice, name="Omar")
    dropped.trash()

    assert set(Contact.objects.trashed_or_not(alice)) == {contact, dropped}
    assert list(Contact.objects.trashed_or_not(bob)) == []


def test_what_belongs_to_it_goes_and_comes_back_with_it(alice, contact, touch):
    contact.trash()
    assert list(Interaction.objects.for_user(alice)) == []

    contact.restore()
    assert list(Interaction.objects.for_user(alice)) == [touch]


def test_what_was_in_the_trash_before_stays_there(alice, contact, touch):
    touch.trash()
    contact.trash()
    contact.restore()

    assert list(Interaction.objects.for_user(alice)) == []
    assert list(Interaction.objects.trashed(alice)) == [touch]


def test_trashing_twice_keeps_the_first_date(contact):
    contact.trash()
    first = contact.trashed_at

    contact.trash()

    contact.refresh_from_db()
    assert contact.trashed_at == first


def test_the_trash_is_kept_for_thirty_days(contact):
    contact.trash()
    outlives_on = contact.trashed_at + TRASH_KEPT_FOR

    assert contact.purged_on == outlives_on
    assert list(Contact.objects.outlived(outlives_on - timedelta(seconds=1))) == []
    assert list(Contact.objects.outlived(outlives_on + timedelta(seconds=1))) == [contact]


def test_what_is_not_in_the_trash_is_never_purged(contact):
    assert contact.purged_on is None
    assert list(Contact.objects.outlived(timezone.now() + timedelta(days=4000))) == []


def test_a_purge_deletes_what_outlived_the_trash_and_what_belongs_to_it(contact, touch):
    contact.trash()

    gone = Contact.objects.purge(contact.trashed_at + TRASH_KEPT_FOR + timedelta(seconds=1))

    assert gone == 2
    assert not Contact.objects.exists()
    assert not Interaction.objects.exists()


def test_a_purge_spares_a_parent_whose_child_came_back(contact, touch):
    contact.trash()
    Interaction.objects.update(trashed_at=None)

    Contact.objects.purge(contact.trashed_at + TRASH_KEPT_FOR + timedelta(seconds=1))

    assert list(Interaction.objects.all()) == [touch]
