from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.tests.factories import make_contact, make_opportunity, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:opportunity-index")
# Organisations to choose from, count, rows.
QUERIES = SHELL + 3


def titles(response):
    return [row.title for row in response.context["rows"]]


def test_lists_own_opportunities_latest_changed_first(as_alice, alice, bob):
    make_opportunity(alice, title="Older")
    make_opportunity(alice, title="Newer")
    make_opportunity(alice, title="Gone").trash()
    make_opportunity(bob, title="Bob’s")

    assert titles(as_alice.get(URL)) == ["Newer", "Older"]


@pytest.mark.parametrize("view", ["", "board"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=case", ["Case series"]),
        ("q=meridian", ["Slide deck"]),
        ("q=ida", ["Case series"]),
        ("stage=lost", ["Slide deck"]),
        ("stage=open", ["Case series"]),
        ("stage=nonsense", ["Slide deck", "Case series"]),
        ("due=due", ["Case series"]),
        ("due=coming", []),
    ],
)
def test_table_and_board_narrow_alike(as_alice, alice, query, expected, view):
    make_opportunity(
        alice,
        title="Case series",
        contact=make_contact(alice, name="Ida Holm"),
        next_on=timezone.localdate() - timedelta(1),
    )
    make_opportunity(
        alice, title="Slide deck", stage="lost", organisation=make_organisation(alice, name="Meridian")
    )

    found = titles(as_alice.get(f"{URL}?{query}&view={view}"))
    # On the board they stand by stage.
    assert found == (sorted(expected) if view else expected)


def test_the_board_has_a_column_a_stage(as_alice, alice):
    make_opportunity(alice, title="Case series", stage="pitched")
    make_opportunity(alice, title="Slide deck", stage="on_hold")

    columns = as_alice.get(URL, {"view": "board"}).context["columns"]

    assert [column.name for column in columns] == [
        "Lead", "Qualified", "Pitched", "In conversation", "Test or brief", "Quoted", "Verbal yes", "Landed",
        "Delivered", "Paid", "On hold",
    ]  # fmt: skip
    assert {column.name: [row.title for row in column.rows] for column in columns if column.rows} == {
        "Pitched": ["Case series"],
        "On hold": ["Slide deck"],
    }
    assert columns[2].add_url == "/network/opportunities/add/?stage=pitched"


def test_narrows_to_one_own_organisation(as_alice, alice, bob):
    wanted = make_opportunity(alice, title="Case series")
    make_opportunity(alice, title="Slide deck", organisation=make_organisation(alice, name="Meridian"))
    theirs = make_organisation(bob)

    assert titles(as_alice.get(URL, {"organisation": wanted.organisation.pk})) == ["Case series"]
    assert len(titles(as_alice.get(URL, {"organisation": theirs.pk}))) == 2


def test_a_closed_one_is_never_due(as_alice, alice):
    make_opportunity(alice, stage="lost", next_step="Nudge", next_on=timezone.localdate() - timedelta(1))

    [row] = as_alice.get(URL).context["rows"]

    assert (row.step, row.due, row.is_due) == ("", "", False)


@pytest.mark.parametrize("view", ["", "board"])
def test_htmx_gets_only_the_rows(as_alice, alice, htmx, view):
    make_opportunity(alice, title="Case series")

    text = as_alice.get(URL, {"view": view}, headers=htmx).text

    assert "Case series" in text
    assert "<html" not in text


@pytest.mark.parametrize("view", ["", "board"])
@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, view, django_assert_num_queries):
    for n in range(count):
        contact = make_contact(alice, name=f"Person {n}")
        make_opportunity(alice, contact=contact, organisation=make_organisation(alice, name=f"Place {n}"))

    # The board needs no count of its own.
    with django_assert_num_queries(QUERIES - (view == "board")):
        as_alice.get(URL, {"view": view})


def test_an_empty_list_offers_its_beginning_once(as_alice):
    text = as_alice.get(URL).text

    assert "Add your first opportunity" in text
    assert "Add an opportunity" not in text


@pytest.mark.parametrize("query", ["", "?q=nothing"])
def test_offers_to_add_another(as_alice, alice, query):
    make_opportunity(alice)

    assert "Add an opportunity" in as_alice.get(URL + query).text


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("", ['<a href="?" aria-current="page">Table', '<a href="?view=board">Board']),
        (
            "?q=a&page=1",
            ['<a href="?q=a" aria-current="page">Table', '<a href="?q=a&amp;view=board">Board'],
        ),
        (
            "?q=a&view=board",
            ['<a href="?q=a">Table', '<a href="?q=a&amp;view=board" aria-current="page">Board'],
        ),
    ],
)
def test_table_and_board_keep_the_filters(as_alice, alice, htmx, query, links):
    make_opportunity(alice)

    page, fragment = as_alice.get(URL + query).text, as_alice.get(URL + query, headers=htmx).text

    assert [link in page for link in links] == [True, True]
    assert [link in fragment for link in links] == [True, True]


def test_a_search_on_the_board_stays_there(as_alice, alice):
    make_opportunity(alice)

    response = as_alice.get(URL, {"view": "board"})

    assert '<input type="hidden" name="view" value="board"' in response.text
    assert "view" not in [field.name for field in response.context["filters"].more_fields()]
