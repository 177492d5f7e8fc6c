import pytest
from django.urls import reverse

from networking.tests.factories import make_contact, make_deliverable, make_opportunity, make_organisation
from networking.tests.queries import SHELL

# The organisation, people, opportunities, formats.
QUERIES = SHELL + 4


def test_answers_whom_i_know_there(as_alice, alice):
    northfield = make_organisation(alice, name="Northfield & Sons", notes="Two editors.", fit_score=4)
    northfield.formats.add(make_deliverable())
    make_contact(alice, name="Ida Holm", organisation=northfield)
    make_contact(alice, name="Gone", organisation=northfield).trash()
    make_contact(alice, name="Elsewhere")
    make_opportunity(alice, title="Case series", organisation=northfield)

    response = as_alice.get(northfield.get_absolute_url())

    assert [row.name for row in response.context["people"]] == ["Ida Holm"]
    assert [row.title for row in response.context["pitches"]] == ["Case series"]
    for shown in ("Needs assessment", "4 of 5", "Two editors."):
        assert shown in response.text


def test_links_to_add_a_contact_there(as_alice, alice):
    northfield = make_organisation(alice, name="Northfield & Sons?")

    text = as_alice.get(northfield.get_absolute_url()).text

    assert "/network/contacts/add/?organisation=Northfield%20%26%20Sons%3F" in text


def test_an_empty_one_says_so(as_alice, alice):
    assert "Nobody yet." in as_alice.get(make_organisation(alice).get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    northfield = make_organisation(alice)
    for n in range(count):
        contact = make_contact(alice, name=f"Person {n}", organisation=northfield)
        make_opportunity(alice, organisation=northfield, contact=contact)

    with django_assert_num_queries(QUERIES):
        as_alice.get(northfield.get_absolute_url())


def test_headings_in_notes_keep_the_order(as_alice, alice):
    text = as_alice.get(make_organisation(alice, notes="# Ideas").get_absolute_url()).text

    assert "<h3>Ideas</h3>" in text


def test_leads_to_the_trash(as_alice, alice):
    northfield = make_organisation(alice)

    text = as_alice.get(northfield.get_absolute_url()).text

    assert f'href="{reverse("networking:organisation-delete", args=[northfield.pk])}"' in text
