"""What the pages that add something have in common."""

import re

import pytest
from django.urls import reverse

from networking.models import Contact, Organisation
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from portfolio.models import Sample
from portfolio.tests.factories import make_format, make_sample


def contact_form():
    return "networking:create", {"name": "Ida Holm", "stage": "identified"}, Contact


def organisation_form():
    return "networking:organisation-create", {"name": "Northfield"}, Organisation


def sample_form():
    return "portfolio:create", {"title": "Gout", "format": make_format().pk}, Sample


@pytest.mark.django_db
@pytest.mark.parametrize("form", [contact_form, organisation_form, sample_form])
def test_another_can_be_added_at_once_from_the_same_start(as_alice, form):
    name, typed, model = form()
    url = reverse(name) + "?kind=mec"

    page = as_alice.get(url)
    response = as_alice.post(url, {**typed, "then": "add"})

    assert 'name="then" value="add"' in page.text
    assert response.url == url
    assert model.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (make_contact, "networking:update"),
        (make_organisation, "networking:organisation-update"),
        (make_opportunity, "networking:opportunity-update"),
        (make_interaction, "networking:interaction-update"),
        (make_sample, "portfolio:update"),
    ],
)
def test_nothing_is_added_from_where_something_is_edited(as_alice, alice, make, name):
    page = as_alice.get(reverse(name, args=[make(alice).pk])).text

    assert 'name="then"' not in page
    assert "autofocus" not in page


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("networking:create", "name"),
        ("networking:organisation-create", "name"),
        ("networking:opportunity-create", "title"),
        ("networking:interaction-create", "summary"),
        ("portfolio:create", "title"),
    ],
)
def test_the_cursor_waits_in_the_first_field_until_a_mistake_is_shown(as_alice, alice, name, first):
    url = reverse(name, args=[make_contact(alice).pk] if "interaction" in name else [])

    fresh, refused = as_alice.get(url), as_alice.post(url, {"next_on": "never", "happened_on": "never"})

    assert re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"[^>]* autofocus', fresh.text) == [first]
    assert (refused.status_code, "autofocus" in refused.text) == (422, False)
