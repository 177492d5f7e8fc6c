from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.tests.factories import make_contact, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:index")
# Organisations and tags to choose from, count, rows, whether somebody is there twice.
QUERIES = SHELL + 5


def names(response):
    return [row.name for row in response.context["rows"]]


def test_lists_own_people_by_name(as_alice, alice, bob):
    make_contact(alice, name="Samuel Osei")
    make_contact(alice, name="Ida Holm")
    make_contact(bob, name="Priya Nair")

    assert names(as_alice.get(URL)) == ["Ida Holm", "Samuel Osei"]


def test_hides_what_is_in_the_trash(as_alice, alice):
    make_contact(alice).trash()

    assert names(as_alice.get(URL)) == []


def test_an_empty_list_invites_a_first_contact(as_alice):
    response = as_alice.get(URL)

    assert "Add your first contact" in response.text
    assert "Add a contact" not in response.text


@pytest.mark.parametrize("query", ["", "?q=nobody"])
def test_offers_another_contact(as_alice, alice, query):
    make_contact(alice)

    assert "Add a contact" in as_alice.get(URL + query).text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=holm", ["Ida Holm"]),
        ("q=northfield+holm", ["Ida Holm"]),
        ("q=nobody", []),
        ("stage=connected", ["Ida Holm"]),
        ("kind=mentor", ["Samuel Osei"]),
        ("q=holm&kind=mentor", []),
        ("stage=nonsense", ["Ida Holm", "Samuel Osei"]),
        ("organisation=nonsense", ["Ida Holm", "Samuel Osei"]),
        ("due=nonsense&kind=mentor", ["Samuel Osei"]),
    ],
)
def test_narrows_by_what_the_address_says(as_alice, alice, query, expected):
    make_contact(alice, name="Ida Holm", stage="connected", organisation=make_organisation(alice))
    make_contact(alice, name="Samuel Osei", kind="mentor")

    assert names(as_alice.get(f"{URL}?{query}")) == expected


def test_narrows_to_one_organisation(as_alice, alice):
    northfield = make_organisation(alice)
    make_contact(alice, name="Ida Holm", organisation=northfield)
    make_contact(alice, name="Samuel Osei")

    assert names(as_alice.get(URL, {"organisation": northfield.pk})) == ["Ida Holm"]


def test_ignores_a_strangers_organisation(as_alice, alice, bob):
    make_contact(alice, name="Ida Holm")
    theirs = make_organisation(bob, name="Bob’s secret client")

    response = as_alice.get(URL, {"organisation": theirs.pk})

    assert names(response) == ["Ida Holm"]
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("due", "expected"),
    [("due", ["Late", "Today"]), ("coming", ["Soon"]), ("quiet", ["Quiet"])],
)
def test_narrows_by_what_is_due(as_alice, alice, due, expected):
    today = timezone.localdate()
    make_contact(alice, name="Today", next_on=today)
    make_contact(alice, name="Late", next_on=today - timedelta(2))
    make_contact(alice, name="Soon", next_on=today + timedelta(2))
    make_contact(alice, name="Quiet", last_touch_on=today - timedelta(40))
    make_contact(alice, name="Left alone", next_on=today, stage="do_not_contact")

    assert names(as_alice.get(URL, {"due": due})) == expected


def test_says_when_and_how_long_it_has_been_quiet(as_alice, alice):
    today = timezone.localdate()
    make_contact(
        alice, next_step="Send the paper", next_on=today - timedelta(2), last_touch_on=today - timedelta(12)
    )

    [row] = as_alice.get(URL).context["rows"]

    assert (row.step, row.due, row.is_due, row.quiet) == (
        "Send the paper",
        "2 days overdue",
        True,
        "quiet 12 days",
    )


def test_an_organisation_in_the_trash_is_not_named(as_alice, alice):
    northfield = make_organisation(alice)
    make_contact(alice, organisation=northfield)
    northfield.trash()

    [row] = as_alice.get(URL).context["rows"]

    assert row.role_and_place == ""


def test_htmx_gets_only_the_list(as_alice, alice, htmx):
    make_contact(alice)

    response = as_alice.get(URL, headers=htmx)

    assert "Ida Holm" in response.text
    assert "<html" not in response.text
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "1 person"), ("?q=nobody", '<span class="visually-hidden">No people found</span>')],
)
def test_htmx_says_how_many_outside_what_is_swapped(as_alice, alice, htmx, query, said):
    make_contact(alice)

    page, fragment = as_alice.get(URL + query).text, as_alice.get(URL + query, headers=htmx).text

    assert page.count('role="status"') == 2  # the messages, and how many there are
    assert f'<p class="meta" id="found" role="status">{said}</p>' in page.partition('<div id="people">')[0]
    assert f'<p hx-swap-oob="innerHTML:#found">{said}</p>' in fragment
    assert "role=" not in fragment


def test_the_search_has_a_name(as_alice, alice):
    make_contact(alice)

    assert 'role="search" aria-label="People"' in as_alice.get(URL).text


@pytest.mark.parametrize(("query", "is_open"), [("", False), ("?q=ida", False), ("?stage=identified", True)])
def test_filters_stand_open_while_one_is_chosen(as_alice, alice, query, is_open):
    make_contact(alice)

    assert ('<details class="filters-more" open>' in as_alice.get(URL + query).text) is is_open


@pytest.mark.parametrize("page", ["abc", "0", "-1", "99999999999999999999", "\x00"])
def test_a_nonsense_page_shows_a_near_one(as_alice, alice, page):
    make_contact(alice)

    response = as_alice.get(URL, {"page": page})

    assert names(response) == ["Ida Holm"]


def test_shows_fifty_a_page(as_alice, alice):
    for n in range(51):
        make_contact(alice, name=f"Person {n:02}")

    assert len(names(as_alice.get(URL))) == 50
    assert names(as_alice.get(URL, {"page": 2})) == ["Person 50"]


def test_offers_the_asked_organisation_beyond_the_first_two_hundred(as_alice, alice):
    for n in range(201):
        last = make_organisation(alice, name=f"Organisation {n:03}")

    field = as_alice.get(URL, {"organisation": last.pk}).context["filters"]["organisation"]

    assert len(field.field.choices) == 202
    assert field.field.choices[-1] == (last.pk, "Organisation 200")


def test_refuses_another_method(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_contact(alice, name=f"Person {n}", organisation=make_organisation(alice, name=f"Place {n}"))

    with django_assert_num_queries(QUERIES):
        as_alice.get(URL)
