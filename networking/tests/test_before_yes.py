import pytest
from django.urls import reverse

from networking.before_yes import POINTS
from networking.tests.factories import make_landed, make_opportunity


def tick(client, pitch, point, verb="settle", **kwargs):
    return client.post(reverse(f"networking:opportunity-{verb}", args=[pitch.pk]), {"point": point}, **kwargs)


def test_there_are_twelve_points():
    assert len(POINTS) == 12


@pytest.mark.parametrize("point", POINTS)
def test_each_is_ticked_and_taken_back(as_alice, alice, point):
    pitch = make_opportunity(alice, stage="quoted")

    ticked = tick(as_alice, pitch, point, follow=True)

    pitch.refresh_from_db()
    assert pitch.settled == [point]
    assert ticked.redirect_chain == [(f"{pitch.get_absolute_url()}#before-yes", 302)]
    assert "1 of 12 settled" in ticked.text
    assert "0 of 12 settled" in tick(as_alice, pitch, point, "unsettle", follow=True).text
    pitch.refresh_from_db()
    assert pitch.settled == []


def test_ticking_twice_is_one_tick(as_alice, alice):
    pitch = make_opportunity(alice, stage="quoted")

    for point in ("fee", "fee", "ai"):
        tick(as_alice, pitch, point)

    pitch.refresh_from_db()
    assert pitch.settled == ["fee", "ai"]


@pytest.mark.parametrize("point", ["", "nonsense", "\x00", "<b>"])
@pytest.mark.parametrize("verb", ["settle", "unsettle"])
def test_what_is_no_point_changes_nothing(as_alice, alice, point, verb):
    pitch = make_opportunity(alice, settled=["fee"])

    assert tick(as_alice, pitch, point, verb).status_code == 302
    pitch.refresh_from_db()
    assert pitch.settled == ["fee"]


def test_htmx_gets_only_the_list(as_alice, alice, htmx):
    pitch = make_opportunity(alice, settled=["fee"])

    text = tick(as_alice, pitch, "fee", "unsettle", headers=htmx).text

    assert "0 of 12 settled" in text
    assert "<html" not in text


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({"stage": "lead"}, False),
        ({"stage": "conversation"}, True),
        ({"stage": "test_brief"}, True),
        ({"stage": "verbal_yes"}, True),
        ({"stage": "lead", "settled": ["fee"]}, True),
        ({"stage": "landed", "settled": ["fee"]}, False),
    ],
)
def test_is_there_while_it_is_of_use(as_alice, alice, fields, is_shown):
    pitch = make_opportunity(alice, **fields)

    assert ("Before you say yes" in as_alice.get(pitch.get_absolute_url()).text) is is_shown


def test_an_edit_leaves_the_ticks(as_alice, alice):
    pitch = make_landed(alice, stage="quoted", settled=["fee"])
    data = {"title": "Other", "organisation": pitch.organisation.name, "stage": "quoted"}

    as_alice.post(reverse("networking:opportunity-update", args=[pitch.pk]), data)

    pitch.refresh_from_db()
    assert (pitch.title, pitch.settled) == ("Other", ["fee"])
