"""Many people at once: exactly those, once, and taken back exactly."""

from datetime import date

import pytest
from django.urls import reverse

from networking.models import Contact, Interaction, PeopleChange
from networking.tests.factories import make_contact, make_interaction
from networking.tests.test_access import snapshot
from networking.tests.test_undo import MOVING, undo_address

DEEDS = {
    "bulk-tag": {"tag": "ESC"},
    "bulk-untag": {"tag": "amwa"},
    "bulk-stage": {"stage": "warm_lead"},
    "bulk-trash": {},
}


def url(name, query=""):
    return f"{reverse(f'networking:{name}')}?{query}"


def state():
    rows = [*Contact.objects.order_by("pk"), *Interaction.objects.order_by("pk")]
    return [{name: v for name, v in snapshot(row).items() if name not in MOVING} for row in rows]


@pytest.fixture
def people(alice):
    rule = {"next_step": "Old", "next_on": date(2026, 12, 1), "stage_set_on": date(2026, 1, 5)}
    rows = [
        make_contact(alice, name="Ana", tags="AMWA, Amwa ", **rule),
        make_contact(
            alice, name="Ben", tags="cardiology,AMWA", stage="connected", is_next_pinned=True, **rule
        ),
        make_contact(alice, name="Cem", tags="AMWA, oncology"),
    ]
    make_interaction(alice, contact=rows[0], happened_on=date(2026, 2, 2))
    make_interaction(alice, contact=rows[0], summary="Gone before").trash()
    return rows


def keys(*rows):
    return [row.pk for row in rows]


@pytest.mark.parametrize(("name", "more"), DEEDS.items())
def test_undo_restores_exactly_what_changed(as_alice, people, name, more):
    before = state()

    response = as_alice.post(url(name), {"pk": keys(*people[:2]), **more}, follow=True)

    assert response.redirect_chain == [(reverse("networking:index"), 302)]
    assert state() != before
    undone = as_alice.post(undo_address(response), follow=True)
    assert "Undone. All is as it was." in undone.text
    assert state() == before


@pytest.mark.parametrize(("name", "more"), DEEDS.items())
def test_leaves_everybody_else_alone(as_alice, bob, people, name, more):
    theirs = make_contact(bob, tags="AMWA")
    before = snapshot(theirs), snapshot(people[2])

    as_alice.post(url(name), {"pk": keys(people[0], theirs), **more})

    theirs.refresh_from_db()
    assert (snapshot(theirs), snapshot(Contact.objects.get(pk=people[2].pk))) == before


def test_adds_a_tag_once_as_it_is_spelt_most_often(as_alice, people):
    response = as_alice.post(url("bulk-tag"), {"pk": keys(*people), "tag": " CARDIOLOGY "}, follow=True)

    assert [Contact.objects.get(pk=row.pk).tags for row in people] == [
        "AMWA, cardiology", "cardiology,AMWA", "AMWA, oncology, cardiology",
    ]  # fmt: skip
    assert "Tagged 2 people “cardiology”." in response.text


def test_takes_a_tag_off_however_it_is_spelt(as_alice, people):
    as_alice.post(url("bulk-untag"), {"pk": keys(*people), "tag": "aMWa"})

    assert [Contact.objects.get(pk=row.pk).tags for row in people] == ["", "cardiology", "oncology"]


def test_who_has_no_room_for_a_tag_is_left_out_and_counted(as_alice, alice, people):
    full = make_contact(alice, name="Dag", tags="x" * 199)

    response = as_alice.post(url("bulk-tag"), {"pk": keys(people[0], full), "tag": "ESC"}, follow=True)

    full.refresh_from_db()
    assert full.tags == "x" * 199
    assert "Tagged 1 person “ESC”. 1 person had no room for another tag." in response.text


def test_a_stage_brings_its_rule_but_not_over_a_chosen_day(as_alice, people):
    response = as_alice.post(url("bulk-stage"), {"pk": keys(*people[:2]), "stage": "warm_lead"}, follow=True)

    free, pinned = (Contact.objects.get(pk=row.pk) for row in people[:2])
    assert (free.stage, pinned.stage) == ("warm_lead", "warm_lead")
    assert (free.next_step, pinned.next_step) == ("Check in with news or a new sample", "Old")
    assert "Moved 2 people to “Warm lead”." in response.text


def test_the_trash_takes_their_touches_along_and_each_comes_back_alone(as_alice, alice, people):
    as_alice.post(url("bulk-trash"), {"pk": keys(*people[:2])})
    assert list(Contact.objects.for_user(alice)) == [people[2]]
    assert not Interaction.objects.for_user(alice).exists()

    as_alice.post(reverse("networking:restore", args=[people[0].pk]))

    assert list(Contact.objects.for_user(alice)) == [people[0], people[2]]
    assert Interaction.objects.for_user(alice).count() == 1


def test_undo_says_when_somebody_came_back_before(as_alice, alice, people):
    response = as_alice.post(url("bulk-trash"), {"pk": keys(*people)}, follow=True)
    as_alice.post(reverse("networking:restore", args=[people[0].pk]))

    undone = as_alice.post(undo_address(response), follow=True)

    assert "except for what has changed again since" in undone.text
    assert Contact.objects.for_user(alice).count() == 3


def test_undo_leaves_alone_who_has_changed_since(as_alice, people):
    response = as_alice.post(url("bulk-stage"), {"pk": keys(*people), "stage": "client"}, follow=True)
    Contact.objects.filter(pk=people[0].pk).update(stage="dormant")

    as_alice.post(undo_address(response))

    assert [Contact.objects.get(pk=row.pk).stage for row in people] == ["dormant", "connected", "identified"]


def test_a_stage_goes_back_only_with_its_plan(as_alice, people):
    response = as_alice.post(url("bulk-stage"), {"pk": keys(people[0]), "stage": "client"}, follow=True)
    Contact.objects.filter(pk=people[0].pk).update(next_step="Mine", is_next_pinned=True)

    as_alice.post(undo_address(response))

    left = Contact.objects.get(pk=people[0].pk)
    assert (left.stage, left.next_step) == ("client", "Mine")


def test_all_on_this_page_are_those_that_were_shown(as_alice, alice, people):
    page = as_alice.get(reverse("networking:index"), {"q": "a"})
    make_contact(alice, name="Aya came later")

    as_alice.post(url("bulk-tag", "q=a"), {"which": "page", "shown": page.context["shown"], "tag": "ESC"})

    assert set(Contact.objects.tagged(["ESC"]).values_list("name", flat=True)) == {"Ana", "Ben", "Cem"}


def test_all_that_the_filter_shows_are_those_on_every_page(as_alice, alice):
    for n in range(60):
        make_contact(alice, name=f"Person {n:02}", kind="mentor")
    make_contact(alice, name="Somebody else")

    response = as_alice.post(
        url("bulk-tag", "kind=mentor&page=2"), {"which": "found", "tag": "ESC"}, follow=True
    )

    assert "Tagged 60 people “ESC”." in response.text
    assert response.redirect_chain == [(f"{reverse('networking:index')}?kind=mentor&page=2", 302)]
    assert not Contact.objects.get(name="Somebody else").tags


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bulk-tag", {"pk": True}, "Enter the tag."),
        ("bulk-tag", {"pk": True, "tag": "a, b"}, "One tag at a time"),
        ("bulk-tag", {"pk": True, "tag": "x" * 61}, "at most 60 characters"),
        ("bulk-tag", {"tag": "ESC"}, "Tick at least one person first"),
        ("bulk-tag", {"tag": "ESC", "which": "page", "shown": "x,,"}, "Tick at least one person first"),
        ("bulk-stage", {"pk": True}, "Choose the stage."),
        ("bulk-stage", {"pk": True, "stage": "nonsense"}, "Select a valid choice"),
        ("bulk-trash", {}, "Tick at least one person first"),
        ("bulk-trash", {"pk": "1" * 40}, "Tick at least one person first"),
    ],
)
def test_refuses_beside_the_field_and_keeps_the_ticks(as_alice, people, name, data, said):
    before = state()
    if data.get("pk") is True:
        data = {**data, "pk": keys(people[1])}

    response = as_alice.post(url(name), data)

    assert (response.status_code, state() == before, PeopleChange.objects.count()) == (422, True, 0)
    assert said in response.text
    assert (f'value="{people[1].pk}" checked' in response.text) is (data.get("pk") == keys(people[1]))


@pytest.mark.parametrize("name", DEEDS)
def test_a_page_that_was_refused_can_be_loaded_again(as_alice, people, name):
    assert as_alice.get(url(name, "kind=mentor")).url == f"{reverse('networking:index')}?kind=mentor"
    assert as_alice.put(url(name)).status_code == 405


# The change and its Undo, each with all that a POST asks before and after.
QUERIES = {"bulk-tag": (14, 13), "bulk-untag": (13, 13), "bulk-stage": (22, 13), "bulk-trash": (13, 13)}


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("count", [2, 40])
def test_query_count_does_not_grow(as_alice, alice, name, count, django_assert_num_queries):
    for n in range(count):
        contact = make_contact(alice, name=f"Person {n}", tags=f"AMWA, tag {n}", next_on=date(2026, 12, 1))
        make_interaction(alice, contact=contact)
    change, undo = QUERIES[name]

    with django_assert_num_queries(change):
        as_alice.post(url(name), {"which": "found", **DEEDS[name]})
    with django_assert_num_queries(undo):
        as_alice.post(PeopleChange.objects.get().undo_url())


def test_a_tag_that_nobody_sees_is_none(as_alice, people):
    before = state()

    response = as_alice.post(url("bulk-tag"), {"pk": [people[0].pk], "which": "ticked", "tag": "\u202e"})

    assert response.status_code == 422
    assert state() == before
