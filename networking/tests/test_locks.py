"""Two requests at once: what a second one reads must still be true when it writes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.urls import reverse

from cmetrack.tests.at_once import closing, until_it_waits, while_open
from networking.models import Contact, Interaction, Opportunity, Organisation, PeopleChange
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from networking.tests.test_interaction_create import TOUCH

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite’s own lock: one writer at a time"),
    pytest.mark.django_db(transaction=True),
]


def poster(client, view, row=None, /, **data):
    url = reverse(f"networking:{view}", args=[row.pk] if row else [])
    return lambda: client.post(url, data)


def test_a_touch_does_not_come_back_under_a_contact_that_goes(as_alice, alice):
    touch = make_interaction(alice)
    touch.trash()

    while_open(Contact.objects.get().trash, poster(as_alice, "interaction-restore", touch))

    assert not Interaction.objects.for_user(alice).exists()


def test_no_touch_is_added_to_a_contact_that_goes(as_alice, alice):
    contact = make_contact(alice)

    answer = while_open(contact.trash, poster(as_alice, "interaction-create", contact, **TOUCH))

    assert answer.status_code == 404
    assert not Interaction.objects.exists()


def test_an_opportunity_does_not_come_back_under_an_organisation_that_goes(as_alice, alice):
    pitch = make_opportunity(alice)
    pitch.trash()

    while_open(Organisation.objects.get().trash, poster(as_alice, "opportunity-restore", pitch))

    assert not Opportunity.objects.for_user(alice).exists()


def test_a_new_opportunity_does_not_join_an_organisation_that_goes(as_alice, alice):
    going = make_organisation(alice, name="Northfield")

    while_open(
        going.trash,
        poster(as_alice, "opportunity-create", title="Case", stage="lead", organisation="Northfield"),
    )

    assert Opportunity.objects.for_user(alice).get().organisation != going


def test_an_opportunity_that_goes_with_its_organisation_is_not_edited(as_alice, alice):
    pitch = make_opportunity(alice)
    data = {"title": "New", "stage": "lead", "organisation": pitch.organisation.name}

    answer = while_open(pitch.organisation.trash, poster(as_alice, "opportunity-update", pitch, **data))

    assert answer.status_code == 404


def test_the_last_touch_is_counted_by_one_at_a_time(as_alice, alice):
    contact = make_contact(alice)
    make_interaction(alice, contact=contact, happened_on=date(2026, 1, 2))
    late = make_interaction(alice, contact=contact, happened_on=date(2026, 1, 4))

    while_open(
        poster(as_alice, "interaction-create", contact, **{**TOUCH, "happened_on": "2026-01-03"}),
        poster(as_alice, "interaction-delete", late),
    )

    contact.refresh_from_db()
    assert contact.last_touch_on == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("view", "data"),
    [
        ("create", {"name": "Ida Holm", "stage": "identified", "organisation": "Northfield"}),
        ("opportunity-create", {"title": "Case", "stage": "lead", "organisation": "Northfield"}),
        ("organisation-create", {"name": "Northfield"}),
    ],
)
def test_the_same_new_name_twice_makes_one_organisation(as_alice, view, data):
    while_open(
        poster(as_alice, "create", name="Samuel Osei", stage="identified", organisation="northfield"),
        poster(as_alice, view, **data),
    )

    assert Organisation.objects.count() == 1


def test_two_taps_at_once_log_one_touch(as_alice, alice):
    contact = make_contact(alice, next_step="Send it", next_on=date(2026, 1, 5))
    tap = poster(as_alice, "done", contact, revision=0)

    answer = while_open(tap, tap)

    assert answer.status_code == 302
    assert Interaction.objects.count() == 1


@pytest.mark.parametrize("deed", ["bulk-trash", "change-undo"])
def test_many_go_and_come_back_parent_before_children(as_alice, alice, deed):
    """As one person does with all that belongs to them: otherwise each would wait for the other for ever."""
    contact = make_contact(alice)
    make_interaction(alice, contact=contact)
    ticked = {"pk": [contact.pk], "which": "ticked"}
    send = poster(as_alice, "bulk-trash", **ticked)
    if deed == "change-undo":
        send()
        send = poster(as_alice, "change-undo", PeopleChange.objects.get())

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Contact.objects.select_for_update().get(pk=contact.pk)
        answer = pool.submit(closing(send))
        until_it_waits(answer)
        Interaction.objects.update(summary="Meanwhile")

    assert answer.result().status_code == 302
