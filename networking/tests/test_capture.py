"""Somebody met in passing: one form, one tap, and the rest later."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.capturing import to_sort_of
from networking.models import Contact, Interaction, Organisation, PeopleChange
from networking.tests.factories import make_contact, make_organisation
from networking.tests.queries import SHELL
from networking.tests.test_undo import undo_address
from networking.working_days import working_day

URL = reverse("networking:capture")


def capture(client, **fields):
    today = timezone.localdate()
    data = {"name": "Ana Ruiz", "happened_on": today, "submission_id": uuid.uuid4(), **fields}
    return client.post(URL, data, follow=True)


def test_one_line_makes_the_person_the_organisation_and_the_touch(as_alice, alice):
    today = timezone.localdate()

    response = capture(
        as_alice, organisation="ESC office", summary="Needs a writer in spring", met_at="ESC Congress"
    )

    contact, touch = Contact.objects.get(), Interaction.objects.get()
    assert (contact.owner, contact.name, contact.organisation.name) == (alice, "Ana Ruiz", "ESC office")
    assert (contact.stage, contact.met_at, contact.last_touch_on) == ("connected", "ESC Congress", today)
    assert contact.to_sort_since is not None
    assert (touch.kind, touch.channel, touch.direction, touch.summary) == (
        "event", "event", "both", "Needs a writer in spring",
    )  # fmt: skip
    assert contact.next_on == working_day(today + timedelta(2))
    assert response.redirect_chain == [(URL, 302)]
    assert "Saved “Ana Ruiz”. Next, on " in response.text
    assert ": Thank them, with no ask." in response.text


def test_a_name_is_enough(as_alice):
    capture(as_alice, met_at="ESC Congress")

    assert (Contact.objects.get().organisation, Interaction.objects.get().summary) == (
        None, "Met: ESC Congress",
    )  # fmt: skip


def test_the_clock_counts_from_the_day_they_met(as_alice):
    met = timezone.localdate() - timedelta(4)

    capture(as_alice, happened_on=met)

    contact = Contact.objects.get()
    assert (contact.stage_set_on, contact.last_touch_on) == (met, met)
    assert contact.next_on == working_day(met + timedelta(2))


def test_takes_an_own_organisation_by_its_name(as_alice, alice, bob):
    mine = make_organisation(alice, name="Northfield")
    make_organisation(bob, name="Northfield")

    capture(as_alice, organisation="northfield")

    assert Contact.objects.get().organisation == mine


def test_the_next_one_starts_where_the_last_one_was_met(as_alice):
    assert as_alice.get(URL).context["form"]["met_at"].value() == ""

    response = capture(as_alice, met_at="ESC Congress")

    form = response.context["form"]
    assert (form["met_at"].value(), form["name"].value()) == ("ESC Congress", "")
    assert form["happened_on"].value() == timezone.localdate()


def test_a_place_of_last_week_is_no_guess(as_alice):
    session = as_alice.session
    session["captured"] = {"place": "ESC", "on": str(timezone.localdate() - timedelta(4))}
    session.save()

    assert as_alice.get(URL).context["form"]["met_at"].value() == ""


@pytest.mark.parametrize("is_new", [True, False])
def test_undo_takes_back_all_that_was_made_and_no_more(as_alice, alice, is_new):
    if not is_new:
        make_organisation(alice, name="ESC office")
    response = capture(as_alice, organisation="ESC office")

    undone = as_alice.post(undo_address(response), follow=True)

    assert "Undone. All is as it was." in undone.text
    assert undone.redirect_chain == [(URL, 302)]
    assert not Contact.objects.for_user(alice).exists()
    assert not Interaction.objects.for_user(alice).exists()
    assert Organisation.objects.for_user(alice).exists() is not is_new


def test_undo_keeps_an_organisation_that_others_use_by_now(as_alice, alice):
    response = capture(as_alice, organisation="ESC office")
    make_contact(alice, organisation=Organisation.objects.get())

    as_alice.post(undo_address(response))

    assert Organisation.objects.for_user(alice).exists()


def test_a_double_tap_saves_once_and_says_so_again(as_alice):
    number = uuid.uuid4()

    first, second = (capture(as_alice, organisation="ESC", submission_id=number) for _ in range(2))

    counts = [model.objects.count() for model in (Contact, Organisation, Interaction, PeopleChange)]
    assert counts == [1, 1, 1, 1]
    assert undo_address(first) == undo_address(second)


def test_sent_again_after_undo_makes_a_new_one(as_alice, alice):
    number = uuid.uuid4()
    as_alice.post(undo_address(capture(as_alice, submission_id=number)))

    capture(as_alice, submission_id=number)

    assert Contact.objects.for_user(alice).count() == 1


def test_says_when_they_seem_to_be_known(as_alice, alice):
    known = make_contact(alice, name="ana ruiz")

    response = capture(as_alice)

    assert f"{reverse('networking:merge', args=[known.pk])}?with=" in response.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": " "}, "Enter the name."),
        ({"happened_on": "2999-01-01"}, "Enter a date between"),
        ({"happened_on": str(timezone.localdate() + timedelta(3))}, "This day is still to come"),
        ({"happened_on": ""}, "Enter the day."),
        ({"summary": "x" * 1001}, "at most 1000 characters"),
        ({"met_at": "x" * 201}, "at most 200 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_refuses_with_what_to_do_and_keeps_what_was_typed(as_alice, data, said):
    response = as_alice.post(
        URL, {"name": "Ana", "organisation": "Kept", "happened_on": "2026-01-05", **data}
    )

    assert (response.status_code, Contact.objects.exists(), Organisation.objects.exists()) == (
        422, False, False,
    )  # fmt: skip
    assert said in response.text
    assert 'value="Kept"' in response.text


def test_the_menu_and_the_list_lead_there(as_alice, alice):
    make_contact(alice)

    for address in (reverse("networking:index"), reverse("networking:create")):
        assert as_alice.get(address).text.count(f'href="{URL}"') == 2


def test_refuses_another_method(as_alice):
    assert as_alice.put(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 4])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_contact(alice, to_sort_since=timezone.now(), met_at=f"Place {n}")
        make_organisation(alice, name=f"Place {n}")

    # Who waits to be sorted, organisations to choose from.
    with django_assert_num_queries(SHELL + 2):
        as_alice.get(URL)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (["ESC Congress"], "1 person from ESC Congress to sort"),
        (["ESC Congress"] * 3, "3 people from ESC Congress to sort"),
        (["ESC Congress", "ESC Congress", "AMWA"], "3 people to sort, 2 of them from ESC Congress"),
        (["ESC Congress", ""], "2 people to sort, 1 of them from ESC Congress"),
        ([""], "1 person to sort"),
    ],
)
def test_says_how_many_wait_and_from_where(alice, bob, places, words):
    for place in places:
        make_contact(alice, met_at=place, to_sort_since=timezone.now())
    make_contact(alice, to_sort_since=timezone.now()).trash()
    make_contact(alice, to_sort_since=timezone.now(), stage="do_not_contact")
    make_contact(alice)
    make_contact(bob, to_sort_since=timezone.now())

    found = to_sort_of(alice)

    assert (found.count, found.words) == (len(places), words)
