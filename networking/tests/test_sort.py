"""Those caught in passing, one by one, until Today asks no more."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import Contact
from networking.tests.factories import make_contact, make_interaction, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:sort")


def waiting(owner, days_ago=0, **fields):
    return make_contact(owner, to_sort_since=timezone.now() - timedelta(days_ago), **fields)


def one(contact):
    return reverse("networking:contact-sort", args=[contact.pk])


def test_shows_who_has_waited_longest_and_who_else_waits(as_alice, alice, bob):
    second = waiting(alice, 1, name="Ben")
    first = waiting(alice, 2, name="Ana", organisation=make_organisation(alice))
    make_interaction(alice, contact=first, summary="Needs a writer")
    make_contact(alice, name="Sorted long ago")
    waiting(alice, name="Left alone", stage="do_not_contact")
    waiting(bob, name="Bob’s")

    response = as_alice.get(URL)

    assert (response.context["contact"], list(response.context["others"])) == (first, [second])
    assert "Needs a writer" in response.text
    assert [field.name for field in response.context["form"].visible_fields()] == [
        "kind", "sub_role", "role_title", "email", "linkedin_url", "stage", "next_step", "next_on", "tags",
    ]  # fmt: skip


def test_done_with_this_one_keeps_what_was_said_and_goes_on(as_alice, alice):
    contact, other = waiting(alice, 1, stage="connected", notes="Kept", met_at="ESC"), waiting(alice)

    response = as_alice.post(
        one(contact),
        {"kind": "commissioner", "sub_role": "grant_lead", "email": "ana@example.org", "tags": "ESC, esc",
         "stage": "in_conversation", "next_step": "Send two samples", "next_on": "2099-01-05"},
        follow=True,
    )  # fmt: skip

    contact.refresh_from_db()
    assert (contact.kind, contact.sub_role, contact.email, contact.stage) == (
        "commissioner", "grant_lead", "ana@example.org", "in_conversation",
    )  # fmt: skip
    assert (contact.next_step, contact.next_on, contact.is_next_pinned) == (
        "Send two samples", date(2099, 1, 5), True,
    )  # fmt: skip
    assert (contact.tags, contact.notes, contact.met_at) == ("ESC", "Kept", "ESC")
    assert contact.to_sort_since is None
    assert response.context["contact"] == other
    assert f"“{contact}” is sorted. Next, on 5 January 2099: Send two samples." in response.text


def test_everything_may_stay_empty(as_alice, alice):
    contact = waiting(alice)

    as_alice.post(one(contact), {"stage": "identified"})

    contact.refresh_from_db()
    assert (contact.name, contact.to_sort_since) == ("Ida Holm", None)


def test_saving_the_whole_form_sorts_too(as_alice, alice):
    contact = waiting(alice)

    as_alice.post(reverse("networking:update", args=[contact.pk]), {"name": "Ida", "stage": "identified"})

    contact.refresh_from_db()
    assert contact.to_sort_since is None


def test_a_refused_answer_keeps_them_waiting(as_alice, alice):
    contact = waiting(alice)

    response = as_alice.post(
        one(contact), {"stage": "identified", "email": "nonsense", "role_title": "Editor"}
    )

    contact.refresh_from_db()
    assert (response.status_code, contact.to_sort_since is None) == (422, False)
    assert "Enter an e-mail address such as name@example.org." in response.text
    assert 'value="Editor"' in response.text


def test_the_contact_says_that_it_waits(as_alice, alice):
    contact = waiting(alice)

    assert one(contact) in as_alice.get(contact.get_absolute_url()).text


def test_nobody_left_leads_on(as_alice):
    text = as_alice.get(URL).text

    assert "Everybody is sorted" in text
    assert reverse("networking:follow-ups") in text


def test_a_strangers_contact_is_404_and_unchanged(as_alice, bob):
    theirs = waiting(bob)

    assert (as_alice.get(one(theirs)).status_code, as_alice.post(one(theirs)).status_code) == (404, 404)
    assert Contact.objects.get().to_sort_since is not None


def test_takes_no_other_method(as_alice, alice):
    assert as_alice.post(URL).status_code == 405
    assert as_alice.put(one(waiting(alice))).status_code == 405


@pytest.mark.parametrize("count", [2, 5])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        waiting(alice, name=f"Person {n}", organisation=make_organisation(alice, name=f"Place {n}"))

    with django_assert_num_queries(SHELL + 11):
        as_alice.get(URL)
