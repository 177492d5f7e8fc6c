"""Two entries about one person: nothing is lost, and Undo restores the exact state before."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.changes import NEVER
from networking.models import Contact, ContactDetail, Interaction, Opportunity, PeopleChange
from networking.planning import follow_rule
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from networking.tests.test_access import snapshot
from networking.tests.test_undo import undo_address

LONG_AGO = date(2026, 1, 5)


def url(kept, other):
    return f"{reverse('networking:merge', args=[kept.pk])}?with={other.pk}"


def choices(form, **chosen):
    """What the page sends when nothing but `chosen` is changed on it."""
    return {field.name: field.value() for field in form} | chosen


def merge(client, kept, other, **chosen):
    form = client.get(url(kept, other)).context["form"]
    return client.post(url(kept, other), choices(form, **chosen), follow=True)


def state(alice):
    """Everything of these people, but for what saving always changes."""
    rows = [
        *Contact.objects.order_by("pk"),
        *Interaction.objects.order_by("pk"),
        *Opportunity.objects.order_by("pk"),
    ]
    kept = [{name: value for name, value in snapshot(row).items() if name not in NEVER} for row in rows]
    return kept, list(ContactDetail.objects.order_by("pk").values_list("contact", "kind", "value"))


@pytest.fixture
def pair(alice):
    place = make_organisation(alice)
    kept = make_contact(
        alice, name="Ida Holm", organisation=place, email="ida@example.org", role_title="Editor",
        tags="ESC, cardiology", notes="Likes short mails.", stage="connected", stage_set_on=LONG_AGO,
    )  # fmt: skip
    other = make_contact(
        alice, name="Ida M. Holm", organisation=make_organisation(alice, name="Meridian"), tags="esc, AMWA",
        email="holm@example.org", linkedin_url="https://linkedin.com/in/ida", notes="Met at lunch.",
        kind="commissioner", stage="warm_lead", stage_set_on=LONG_AGO, next_step="Call her",
        next_on=date(2099, 1, 5), is_next_pinned=True,
    )  # fmt: skip
    ContactDetail.objects.create(owner=alice, contact=other, kind="email", value="third@example.org")
    make_interaction(alice, contact=kept, happened_on=date(2026, 3, 2), kind="message")
    make_interaction(alice, contact=other, happened_on=date(2026, 5, 4), direction="both")
    make_interaction(alice, contact=other, summary="Thrown away").trash()
    make_opportunity(alice, contact=other, organisation=place, stage="pitched", pitched_on=date(2026, 5, 1))
    for one in (kept, other):
        one.refresh_from_db()
    follow_rule(kept)
    return kept, other


def test_asks_about_each_field_that_differs_and_no_other(as_alice, pair):
    form = as_alice.get(url(*pair)).context["form"]

    assert [field.name for field in form.visible_fields()] == [
        "name", "organisation", "kind", "role_title", "email", "linkedin_url", "stage", "next_step", "notes",
    ]  # fmt: skip
    assert {field.name: field.value() for field in form.visible_fields()} == {
        "name": "kept", "organisation": "kept", "kind": "other", "role_title": "kept", "email": "kept",
        "linkedin_url": "other", "stage": "kept", "next_step": "kept", "notes": "both",
    }  # fmt: skip


def test_keeps_what_was_chosen_and_loses_nothing(as_alice, alice, pair):
    kept, other = pair

    response = merge(as_alice, kept, other, name="other", role_title="kept", stage="other")

    kept.refresh_from_db()
    assert (kept.name, kept.role_title, kept.email, kept.kind) == (
        "Ida M. Holm", "Editor", "ida@example.org", "commissioner",
    )  # fmt: skip
    assert (kept.stage, kept.stage_set_on, kept.linkedin_url) == ("warm_lead", LONG_AGO, other.linkedin_url)
    assert kept.tag_list == ["ESC", "cardiology", "AMWA"]
    assert set(kept.details.values_list("value", flat=True)) == {"holm@example.org", "third@example.org"}
    first, second, more = kept.notes.split("\n\n")
    assert (first, second) == ("Likes short mails.", "Met at lunch.")
    assert more.endswith(": name: Ida Holm; organisation: Meridian.")
    assert "Merged “Ida M. Holm” into “Ida M. Holm”." in response.text
    assert response.redirect_chain == [(kept.get_absolute_url(), 302)]


def test_what_was_logged_moves_and_the_other_goes_to_the_trash(as_alice, alice, pair):
    kept, other = pair

    merge(as_alice, kept, other)

    assert Contact.objects.for_user(alice).get() == kept
    assert Interaction.objects.filter(contact=kept).count() == 3
    assert Interaction.objects.trashed(alice).get().contact == kept
    assert Opportunity.objects.get().contact == kept


def test_the_clock_is_set_by_what_both_have_logged(as_alice, pair):
    kept, other = pair

    merge(as_alice, kept, other)

    kept.refresh_from_db()
    assert (kept.last_touch_on, kept.next_step) == (date(2026, 5, 4), "Thank them, with no ask")
    assert kept.next_on == date(2026, 5, 6)


def test_somebody_who_asked_to_be_left_alone_stays_so(as_alice, pair):
    kept, other = pair
    Contact.objects.filter(pk=other.pk).update(stage="do_not_contact")

    merge(as_alice, kept, other)

    kept.refresh_from_db()
    assert kept.stage == "do_not_contact"


def test_tags_without_room_go_to_the_notes(as_alice, alice):
    kept = make_contact(alice, tags=", ".join(f"tag number {n}" for n in range(14)))
    other = make_contact(alice, tags="one more of them, " + "x" * 50)

    merge(as_alice, kept, other)

    kept.refresh_from_db()
    assert len(kept.tags) <= 200
    assert f"tags: one more of them, {'x' * 50}." in kept.notes


@pytest.mark.parametrize("chosen", [{}, {"name": "other", "stage": "other", "next_step": "other"}])
def test_undo_restores_the_exact_state_before(as_alice, alice, pair, chosen):
    before = state(alice)
    response = merge(as_alice, *pair, **chosen)
    assert state(alice) != before

    undone = as_alice.post(undo_address(response), follow=True)

    assert "Undone. All is as it was." in undone.text
    assert state(alice) == before


def test_undo_leaves_alone_what_has_changed_since(as_alice, alice, pair):
    kept, other = pair
    response = merge(as_alice, kept, other)
    Contact.objects.filter(pk=kept.pk).update(role_title="Chief editor")
    Contact.objects.filter(pk=kept.pk).update(tags="Mine now")

    undone = as_alice.post(undo_address(response), follow=True)

    assert "that was left as it is" in undone.text
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.tags, kept.notes, kept.role_title) == ("Mine now", "Likes short mails.", "Chief editor")
    assert (other.trashed_at, other.interactions.count()) == (None, 2)


def test_a_touch_logged_since_stays_with_its_plan(as_alice, alice, pair):
    kept, other = pair
    response = merge(as_alice, kept, other)
    today = timezone.localdate()
    as_alice.post(
        reverse("networking:interaction-create", args=[kept.pk]),
        {"summary": "Called", "kind": "conversation", "channel": "call", "direction": "both",
         "happened_on": today, "next_step": "Mine", "next_on": today + timedelta(3)},
    )  # fmt: skip

    as_alice.post(undo_address(response))

    kept.refresh_from_db()
    assert (kept.next_step, kept.last_touch_on) == ("Mine", today)
    assert set(kept.interactions.values_list("summary", flat=True)) == {
        "Called", "Met at the regional meeting",
    }  # fmt: skip


def test_undo_a_second_time_says_the_same(as_alice, alice, pair):
    response = merge(as_alice, *pair)
    address = undo_address(response)
    as_alice.post(address)
    Contact.objects.filter(pk=pair[0].pk).update(notes="New")

    again = as_alice.post(address, follow=True)

    assert "Undone. All is as it was." in again.text
    assert Contact.objects.get(pk=pair[0].pk).notes == "New"


def test_sent_twice_merges_once(as_alice, alice, pair):
    form = as_alice.get(url(*pair)).context["form"]

    first = as_alice.post(url(*pair), choices(form))
    second = as_alice.post(url(*pair), choices(form), follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert "Merged “Ida M. Holm” into “Ida Holm”." in second.text
    assert PeopleChange.objects.count() == 1


def test_restoring_from_the_trash_takes_the_merge_back(as_alice, alice, pair):
    before = state(alice)
    merge(as_alice, *pair)

    as_alice.post(reverse("networking:restore", args=[pair[1].pk]))

    assert state(alice) == before


def test_one_that_has_changed_since_the_page_was_opened_is_looked_at_again(as_alice, pair):
    kept, other = pair
    form = as_alice.get(url(kept, other)).context["form"]
    Contact.objects.filter(pk=other.pk).update(revision=7)

    response = as_alice.post(url(kept, other), choices(form))

    assert (response.status_code, PeopleChange.objects.count()) == (422, 0)
    assert "has changed since you opened this page" in response.text
    assert as_alice.post(url(kept, other), choices(response.context["form"])).status_code == 302


def test_a_choice_that_is_none_is_refused(as_alice, pair):
    response = as_alice.post(url(*pair), {"name": "nonsense"})

    assert response.status_code == 422
    assert Contact.objects.get(pk=pair[0].pk).name == "Ida Holm"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_entry_is_404_on_either_side(as_alice, bob, pair, method):
    theirs = make_contact(bob)
    before = snapshot(theirs)

    answers = [
        getattr(as_alice, method)(url(pair[0], theirs)),
        getattr(as_alice, method)(url(theirs, pair[0])),
    ]

    theirs.refresh_from_db()
    assert ([answer.status_code for answer in answers], snapshot(theirs)) == ([404, 404], before)


@pytest.mark.parametrize("other", ["", "abc", "0", "99999999999999999999999"])
def test_without_another_one_it_asks_with_whom(as_alice, pair, other):
    response = as_alice.get(reverse("networking:merge", args=[pair[0].pk]), {"with": other})

    assert response.status_code in {200, 404}
    assert response.status_code == 404 or "Merge with whom?" in response.text


def test_nobody_is_merged_with_themselves(as_alice, pair):
    assert as_alice.post(url(pair[0], pair[0])).status_code == 404


def test_the_undo_of_a_stranger_is_404(as_bob, as_alice, alice, pair):
    response = merge(as_alice, *pair)
    before = state(alice)

    assert as_bob.post(undo_address(response)).status_code == 404
    assert state(alice) == before


def test_what_can_no_longer_be_taken_back_is_purged(as_alice, pair):
    merge(as_alice, *pair)
    now = timezone.now()

    assert PeopleChange.objects.purge(now + timedelta(days=29)) == 0
    assert PeopleChange.objects.purge(now + timedelta(days=31)) == 1


@pytest.mark.parametrize("count", [1, 5])
def test_query_count_does_not_grow(as_alice, alice, pair, count, django_assert_num_queries):
    for n in range(count):
        make_interaction(alice, contact=pair[1], summary=f"Touch {n}")
        make_opportunity(alice, contact=pair[1], title=f"Pitch {n}")
    data = choices(as_alice.get(url(*pair)).context["form"])

    with django_assert_num_queries(40):
        as_alice.post(url(*pair), data)
