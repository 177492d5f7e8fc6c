import pytest
from django.urls import reverse

from networking import board
from networking.tests.factories import make_contact, make_opportunity, make_organisation

URL = reverse("networking:opportunity-index")


def columns(client, **query):
    shown = client.get(URL, {"view": "board", **query}).context["columns"]
    return {column.name: column for column in shown}


def test_shows_the_newest_of_each_stage_and_says_how_many_there_are(as_alice, alice, bob, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 2)
    for n in range(3):
        make_opportunity(alice, title=f"Lead {n}")
    make_opportunity(alice, title="Quote", stage="quoted")
    make_opportunity(bob, title="Bob’s")

    shown = columns(as_alice)

    assert [row.title for row in shown["Lead"].rows] == ["Lead 2", "Lead 1"]
    assert (shown["Lead"].total, shown["Lead"].is_cut) == (3, True)
    assert (shown["Quoted"].total, shown["Quoted"].is_cut) == (1, False)


def test_what_does_not_fit_is_said_with_the_way_to_all_of_it(as_alice, alice, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 1)
    for _ in range(2):
        make_opportunity(alice, title="Case series")

    response = as_alice.get(URL, {"view": "board", "q": "case", "due": ""})

    assert f'<a href="{URL}?q=case&amp;stage=lead">1 of 2 shown: see all in the table</a>' in response.text
    assert "2 opportunities" in response.text


def test_no_more_than_fits_is_asked_for(as_alice, alice):
    northfield = make_organisation(alice)
    for n in range(board.CARDS + 1):
        make_opportunity(alice, title=f"Lead {n}", organisation=northfield)

    assert len(columns(as_alice)["Lead"].rows) == board.CARDS


def test_a_card_has_a_form_that_moves_it(as_alice, alice):
    pitch = make_opportunity(alice, title="Case <series>", contact=make_contact(alice), stage="quoted")

    text = as_alice.get(URL, {"view": "board"}).text

    assert f'action="{reverse("networking:opportunity-stage", args=[pitch.pk])}"' in text
    assert f'<input type="hidden" name="next" value="{URL}?view=board#card-{pitch.pk}">' in text
    assert '<option value="quoted" selected>Quoted</option>' in text
    assert 'aria-label="Stage of Case &lt;series&gt;"' in text


@pytest.mark.parametrize(("view", "is_loaded"), [("", False), ("board", True)])
def test_its_script_is_loaded_only_there(as_alice, alice, view, is_loaded):
    make_opportunity(alice)

    assert ("js/board.js" in as_alice.get(URL, {"view": view}).text) is is_loaded
