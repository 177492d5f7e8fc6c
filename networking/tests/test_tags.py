"""Tags: one name whatever its capitals and spaces, in the list, on the contact and in the address."""

import pytest
from django.urls import reverse

from networking.models import Contact
from networking.tests.factories import make_contact

URL = reverse("networking:index")


def names(client, **query):
    return [row.name for row in client.get(URL, query).context["rows"]]


@pytest.mark.parametrize("tag", ["ESC 2026", "esc  2026", " Esc 2026 "])
def test_narrows_to_a_tag_however_it_is_spelt(as_alice, alice, bob, tag):
    make_contact(alice, name="Ana", tags="ESC 2026, AMWA")
    make_contact(alice, name="Ben", tags="AMWA,esc 2026")
    make_contact(alice, name="Bo", tags="AMWA, ESC 2026, DIA")
    make_contact(alice, name="Cem", tags="ESC 2026 dinner")
    make_contact(alice, name="Dag", tags="preESC 2026")
    make_contact(bob, name="Eva", tags="ESC 2026")

    assert names(as_alice, tag=tag) == ["Ana", "Ben", "Bo"]


def test_an_unknown_tag_finds_nobody_and_breaks_nothing(as_alice, alice):
    make_contact(alice, tags="ESC")

    assert names(as_alice, tag="%_,") == []
    assert names(as_alice, tag="a\x00b") == ["Ida Holm"]


def test_offers_each_tag_once(as_alice, alice, bob):
    make_contact(alice, tags="ESC, AMWA")
    make_contact(alice, tags="esc,  ESC")
    make_contact(bob, tags="Bob’s")

    field = as_alice.get(URL).context["filters"]["tag"]

    assert [value for value, _ in field.field.widget.choices] == ["", "AMWA", "ESC"]
    assert '<option value="ESC"></option>' in as_alice.get(reverse("networking:create")).text


def test_without_tags_there_is_nothing_to_choose(as_alice, alice):
    make_contact(alice)

    assert "tag" not in as_alice.get(URL).context["filters"].fields


def test_the_contact_links_each_tag_to_its_people(as_alice, alice):
    contact = make_contact(alice, tags="ESC & co, AMWA")

    text = as_alice.get(contact.get_absolute_url()).text

    assert f'href="{URL}?tag=ESC%20%26%20co"' in text
    assert f'href="{URL}?tag=AMWA"' in text


def test_a_form_keeps_each_tag_once_and_tidy(as_alice):
    form = {"name": "Ida", "stage": "identified", "tags": "ESC,  esc , , AMWA"}

    as_alice.post(reverse("networking:create"), form)

    assert Contact.objects.get().tags == "ESC, AMWA"
