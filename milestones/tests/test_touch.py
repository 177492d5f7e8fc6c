"""From a step that asks for a touch to the form of whoever it was with."""

import pytest
from django.urls import reverse

from milestones.tests.factories import make_requirement
from networking.models import Interaction
from networking.tests.factories import make_contact, make_organisation

URL = reverse("milestones:touch")


@pytest.fixture
def step(db):
    return make_requirement(kind="interaction", interaction_kind="event", count=2).step


def test_offers_people_and_opens_their_form_filled_in(as_alice, alice, bob, step):
    ida = make_contact(alice, organisation=make_organisation(alice))
    make_contact(bob, name="Bob’s contact")

    response = as_alice.get(URL, {"kind": "event", "step": step.pk})
    [(person, url)] = response.context["rows"]
    form = as_alice.get(url).context["form"]

    page = response.content.decode()
    assert "Log an event" in page
    assert "Northfield Medical Education" in page
    assert "Bob’s contact" not in page
    assert (person, form["kind"].value()) == (ida, "event")


def test_saving_leads_back_and_says_what_is_still_missing(as_alice, alice, step):
    contact = make_contact(alice)
    url = f"{reverse('networking:interaction-create', args=[contact.pk])}?kind=event&step={step.pk}"
    sent = {"kind": "event", "channel": "event", "happened_on": "2026-11-02", "direction": "both"}

    said = [as_alice.post(url, sent | {"summary": words}, follow=True).content.decode() for words in "ab"]

    assert f"“{step}” still asks for: 2 events logged (1 of 2)." in said[0]
    assert f"Step closed: {step}." in said[1]
    assert "still asks for" not in said[1]
    assert all(f'href="{step.get_absolute_url()}">Open it' in page for page in said)
    assert Interaction.objects.for_user(alice).count() == 2


@pytest.mark.parametrize("step_", ["", "0", "99999999999999999999", "x", "1 OR 1"])
def test_a_step_that_is_none_is_ignored(as_alice, step, step_):
    response = as_alice.post(f"/network/organisations/add/?step={step_}", {"name": "Northfield"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == ["Saved “Northfield”."]


def test_finds_people_by_name_and_offers_to_add_them(as_alice, alice, step):
    make_contact(alice, name="Ida Holm")
    make_contact(alice, name="Samuel Osei")

    found = as_alice.get(URL, {"q": "samuel"})
    nobody = as_alice.get(URL, {"q": "Priya", "step": step.pk})

    assert [person.name for person, _ in found.context["rows"]] == ["Samuel Osei"]
    assert "Nobody here is called" in nobody.content.decode()
    assert nobody.context["add_url"] == f"/network/contacts/add/?name=Priya&step={step.pk}"
    assert as_alice.get(nobody.context["add_url"]).context["form"]["name"].value() == "Priya"


def test_without_contacts_the_first_one_comes_first(as_alice):
    assert "You have no contacts yet." in as_alice.get(URL, {"kind": "event"}).content.decode()


def test_who_asked_to_be_left_alone_is_not_offered(as_alice, alice):
    make_contact(alice, stage="do_not_contact")

    assert as_alice.get(URL).context["rows"] == []


@pytest.mark.parametrize("odd", ["nonsense", "", "\0", "x" * 5000])
def test_odd_addresses_are_no_error(as_alice, alice, odd):
    make_contact(alice)

    response = as_alice.get(URL, {"kind": odd, "q": odd, "step": odd, "page": odd})

    assert response.status_code == 200
    assert "Log a message" in response.content.decode()


def test_only_reads(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [2, 20])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_contact(alice, organisation=make_organisation(alice, name=f"House {n}"))
    as_alice.get(URL)

    with django_assert_num_queries(5):
        as_alice.get(URL, {"kind": "event"})
