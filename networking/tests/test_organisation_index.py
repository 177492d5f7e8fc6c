import pytest
from django.urls import reverse

from networking.tests.factories import make_contact, make_opportunity, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:organisation-index")
# Count, rows with their counts.
QUERIES = SHELL + 2


def names(response):
    return [row.name for row in response.context["rows"]]


def test_lists_own_organisations_by_name(as_alice, alice, bob):
    make_organisation(alice, name="Meridian")
    make_organisation(alice, name="Alliance")
    make_organisation(alice, name="Gone").trash()
    make_organisation(bob, name="Bob’s client")

    assert names(as_alice.get(URL)) == ["Alliance", "Meridian"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=cardio", ["Alliance"]),
        ("kind=society", ["Meridian"]),
        ("kind=nonsense", ["Alliance", "Meridian"]),
        ("q=cardio&kind=society", []),
    ],
)
def test_narrows_by_what_the_address_says(as_alice, alice, query, expected):
    make_organisation(alice, name="Alliance", areas="cardiology")
    make_organisation(alice, name="Meridian", kind="society")

    assert names(as_alice.get(f"{URL}?{query}")) == expected


def test_counts_people_and_opportunities_that_are_not_in_the_trash(as_alice, alice):
    northfield = make_organisation(alice)
    for n in range(3):
        make_contact(alice, name=f"Person {n}", organisation=northfield)
    make_contact(alice, organisation=northfield).trash()
    for n in range(2):
        make_opportunity(alice, title=f"Pitch {n}", organisation=northfield)

    [row] = as_alice.get(URL).context["rows"]

    assert (row.people, row.opportunities) == (3, 2)


def test_htmx_gets_only_the_list(as_alice, alice, htmx):
    make_organisation(alice)

    text = as_alice.get(URL, headers=htmx).text

    assert "Northfield" in text
    assert "<html" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_contact(alice, organisation=make_organisation(alice, name=f"Place {n}"))

    with django_assert_num_queries(QUERIES):
        as_alice.get(URL)


def test_an_empty_list_offers_its_beginning_once(as_alice):
    text = as_alice.get(URL).text

    assert "Add your first organisation" in text
    assert "Add an organisation" not in text


@pytest.mark.parametrize("query", ["", "?q=nothing"])
def test_offers_to_add_another(as_alice, alice, query):
    make_organisation(alice)

    assert "Add an organisation" in as_alice.get(URL + query).text
