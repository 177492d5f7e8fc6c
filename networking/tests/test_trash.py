from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:trash")
# Count, keys, and one query a kind.
QUERIES = SHELL + 6


def names(response):
    return [(row.kind, row.name) for row in response.context["rows"]]


def test_lists_what_was_deleted_latest_first(as_alice, alice, bob):
    make_contact(alice, name="Ida Holm").trash()
    make_interaction(alice, summary="A call").trash()
    make_opportunity(alice, title="Case series").trash()
    make_organisation(alice, name="Meridian").trash()
    make_contact(bob, name="Bob’s").trash()

    assert names(as_alice.get(URL)) == [
        ("Organisation", "Meridian"),
        ("Opportunity", "Case series"),
        ("Touch", "A call"),
        ("Contact", "Ida Holm"),
    ]


def test_leaves_out_what_went_along(as_alice, alice):
    make_interaction(alice, contact=(contact := make_contact(alice)))
    make_opportunity(alice, organisation=(northfield := make_organisation(alice)))
    contact.trash()
    northfield.trash()

    assert names(as_alice.get(URL)) == [
        ("Organisation", "Northfield Medical Education"),
        ("Contact", "Ida Holm"),
    ]


def test_says_since_when_and_how_long_yet(as_alice, alice):
    now = timezone.now()
    for name, days in (("New", 0), ("Old", 1), ("Nearly gone", 29)):
        contact = make_contact(alice, name=name)
        contact.trashed_at = now - timedelta(days=days)
        contact.save()

    rows = as_alice.get(URL).context["rows"]

    assert [(row.name, row.since, row.left) for row in rows] == [
        ("New", "today", "30 days left"),
        ("Old", "1 day ago", "29 days left"),
        ("Nearly gone", "29 days ago", "1 day left"),
    ]


def test_offers_to_restore(as_alice, alice):
    contact = make_contact(alice)
    contact.trash()

    assert f'action="{reverse("networking:restore", args=[contact.pk])}"' in as_alice.get(URL).text


def test_an_empty_trash_says_so(as_alice):
    assert "The trash is empty." in as_alice.get(URL).text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for _ in range(count):
        make_contact(alice).trash()
        make_interaction(alice).trash()
        make_opportunity(alice).trash()
        make_organisation(alice).trash()

    with django_assert_num_queries(QUERIES):
        as_alice.get(URL)
