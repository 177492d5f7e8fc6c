import pytest
from django.urls import reverse

from networking.duplicates import duplicate_groups, duplicates_of, may_have_duplicates
from networking.models import Contact, ContactDetail
from networking.tests.factories import make_contact, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:duplicates")


@pytest.mark.parametrize(
    ("first", "second", "are_same"),
    [
        ({"name": "Ida Holm"}, {"name": "ida  HOLM"}, True),
        ({"name": "Ida Holm"}, {"name": "Ida Holmes"}, False),
        ({"name": "Ida"}, {"name": "Ida Holm"}, False),
        ({"name": "A", "email": "Ida@Example.org"}, {"name": "B", "email": "ida@example.org"}, True),
        ({"name": "A", "email": "ida@example.org"}, {"name": "B", "email": "sida@example.org"}, False),
        ({"name": "A", "email": ""}, {"name": "B", "email": ""}, False),
        (
            {"name": "A", "linkedin_url": "https://www.linkedin.com/in/ida/"},
            {"name": "B", "linkedin_url": "http://uk.linkedin.com/in/Ida?trk=x"},
            True,
        ),
        (
            {"name": "A", "linkedin_url": "https://linkedin.com/in/ida"},
            {"name": "B", "linkedin_url": "https://linkedin.com/in/ida-holm"},
            False,
        ),
    ],
)
def test_the_same_in_one_of_three_ways_and_never_in_part(alice, first, second, are_same):
    one, other = make_contact(alice, **first), make_contact(alice, **second)

    assert duplicates_of(alice, one, ()) == ([other] if are_same else [])
    assert duplicates_of(alice, other, ()) == ([one] if are_same else [])
    assert duplicate_groups(alice) == ([[one, other]] if are_same else [])


def test_one_name_at_two_places_is_two_people(alice):
    one = make_contact(alice, organisation=make_organisation(alice))
    make_contact(alice, organisation=make_organisation(alice, name="Meridian"))

    assert duplicates_of(alice, one, ()) == []


def test_a_name_without_a_place_may_be_somebody_of_that_name(alice):
    """Caught in passing with no more than a name, and brought by a file with the place."""
    caught = make_contact(alice, name="sam lee", organisation=None)
    brought = make_contact(alice, name="🩺 Sam Lee, MD", organisation=make_organisation(alice))

    assert duplicates_of(alice, caught, ()) == [brought]
    assert duplicates_of(alice, brought, ()) == [caught]
    assert duplicate_groups(alice) == [[caught, brought]]


def test_the_quick_look_finds_a_name_without_a_place(alice):
    make_contact(alice, name="Sam Lee", organisation=None)
    assert may_have_duplicates(Contact.objects.for_user(alice)) is False

    make_contact(alice, name="sam lee", organisation=make_organisation(alice))

    assert may_have_duplicates(Contact.objects.for_user(alice)) is True


def test_further_addresses_count(alice):
    one = make_contact(alice, name="A", email="ida@example.org")
    other = make_contact(alice, name="B")
    detail = ContactDetail.objects.create(owner=alice, contact=other, kind="email", value="IDA@example.org")

    assert duplicates_of(alice, one, ()) == [other]
    assert duplicates_of(alice, other, [detail]) == [one]
    assert duplicate_groups(alice) == [[one, other]]


def test_never_a_strangers_and_never_out_of_the_trash(alice, bob):
    one = make_contact(alice)
    make_contact(bob)
    make_contact(alice).trash()

    assert (duplicates_of(alice, one, ()), duplicate_groups(alice)) == ([], [])


def test_a_chain_is_one_group(alice):
    one = make_contact(alice, name="A", email="ida@example.org")
    two = make_contact(alice, name="B", email="ida@example.org", linkedin_url="https://linkedin.com/in/ida")
    three = make_contact(alice, name="C", linkedin_url="https://linkedin.com/in/ida")

    assert duplicate_groups(alice) == [[one, two, three]]


@pytest.mark.parametrize(
    "same",
    [{"name": "Ida Holm"}, {"email": "ida@example.org"}, {"linkedin_url": "https://linkedin.com/in/i"}],
)
def test_the_list_and_the_contact_lead_there(as_alice, alice, same):
    one, other = (make_contact(alice, **{"name": name, **same}) for name in ("Ida", "Holm"))

    assert URL in as_alice.get(reverse("networking:index")).text
    compare = f"{reverse('networking:merge', args=[other.pk])}?with={one.pk}"
    assert compare in as_alice.get(one.get_absolute_url()).text
    assert f"{reverse('networking:merge', args=[one.pk])}?with={other.pk}" in as_alice.get(URL).text


def test_the_list_says_nothing_where_there_are_none(as_alice, alice):
    make_contact(alice, name="Ida Holm")
    make_contact(alice, name="Samuel Osei")

    assert URL not in as_alice.get(reverse("networking:index")).text
    assert "Nobody seems to be in your network twice." in as_alice.get(URL).text


@pytest.mark.parametrize("count", [2, 6])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for _ in range(count):
        make_contact(alice, organisation=None)

    with django_assert_num_queries(SHELL + 2):
        as_alice.get(URL)
