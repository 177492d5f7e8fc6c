"""Who saw a sample one to one: noted, moved to the trash and brought back."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from portfolio.models import PrivateShowing
from portfolio.tests.factories import make_sample, make_showing

DEEDS = ["showing-delete", "showing-restore"]


def url(showing, deed="showing-delete"):
    return reverse(f"portfolio:{deed}", args=[showing.sample_id, showing.pk])


def card_of(sample):
    return f"{sample.get_absolute_url()}#showings"


def noted(owner):
    rows = PrivateShowing.objects.for_user(owner)
    return list(rows.values_list("sample", "shown_to", "shown_on", "note"))


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def sample(alice):
    return make_sample(alice, title="Gout", permission="granted_private")


@pytest.fixture
def showing(sample):
    return make_showing(sample)


class TestCreate:
    @pytest.fixture
    def add(self, sample):
        return reverse("portfolio:showing-create", args=[sample.pk])

    def test_notes_who_saw_it_and_when(self, as_alice, alice, sample, add):
        today = timezone.localdate()

        assert as_alice.get(add).context["form"]["shown_on"].value() == today
        data = {"shown_to": "Lena Vogt", "shown_on": today, "note": "On a call"}
        done = as_alice.post(add, data, follow=True)

        assert done.redirect_chain == [(card_of(sample), 302)]
        assert noted(alice) == [(sample.pk, "Lena Vogt", today, "On a call")]
        assert told(done) == ["Noted: Lena Vogt saw it."]

    @pytest.mark.parametrize(
        ("data", "errors"),
        [
            (
                {"shown_to": "Lena", "shown_on": timezone.localdate() + timedelta(2)},
                {"shown_on": ["This day is still to come. Note what has happened, up to today."]},
            ),
            (
                {"shown_on": "", "note": "Lena"},
                {"shown_to": ["Enter who saw it."], "shown_on": ["Enter the day they saw it."]},
            ),
        ],
    )
    def test_bad_input_is_said_beside_its_field_and_kept(self, as_alice, alice, add, data, errors):
        response = as_alice.post(add, data)

        assert response.status_code == 422
        assert response.context["form"].errors == errors
        assert 'value="Lena"' in response.text
        assert noted(alice) == []

    def test_a_double_click_notes_it_once(self, as_alice, alice, sample, add):
        number = as_alice.get(add).context["form"].initial["submission_id"]
        data = {"shown_to": "Lena Vogt", "shown_on": timezone.localdate(), "submission_id": number}

        answers = [as_alice.post(add, data)["Location"] for _ in range(2)]

        assert answers == [card_of(sample)] * 2
        assert len(noted(alice)) == 1

    def test_hides_other_peoples_samples(self, as_bob, alice, add):
        data = {"shown_to": "Lena Vogt", "shown_on": timezone.localdate()}

        assert (as_bob.get(add).status_code, as_bob.post(add, data).status_code) == (404, 404)
        assert noted(alice) == []

    def test_allows_no_other_method(self, as_alice, add):
        assert as_alice.put(add).status_code == 405


@pytest.mark.parametrize(
    ("permission", "is_there"), [("granted_private", True), ("own_work", False), ("granted_full", False)]
)
def test_the_card_is_there_where_showing_it_is_to_be_noted(as_alice, alice, permission, is_there):
    sample = make_sample(alice, permission=permission)

    page = as_alice.get(sample.get_absolute_url()).text

    assert ('id="showings"' in page) is is_there


def test_what_was_noted_stays_in_sight_under_another_permission(as_alice, showing):
    showing.sample.permission = "own_work"
    showing.sample.save()

    response = as_alice.get(showing.sample.get_absolute_url())

    assert list(response.context["showings"]) == [showing]
    assert 'id="showings"' in response.text


def test_removing_a_note_can_be_undone(as_alice, alice, showing):
    before = noted(alice)

    gone = as_alice.post(url(showing), follow=True)

    assert gone.redirect_chain == [(card_of(showing.sample), 302)]
    assert noted(alice) == []
    assert list(gone.context["showings"]) == []
    assert "Moved the note that Lena Vogt saw it to the trash." in gone.text
    assert f'action="{url(showing, "showing-restore")}"' in gone.text

    back = as_alice.post(url(showing, "showing-restore"), follow=True)

    assert noted(alice) == before
    assert told(back) == ["The note that Lena Vogt saw it is back."]


@pytest.mark.parametrize(("deed", "left"), [("showing-delete", 0), ("showing-restore", 1)])
def test_twice_is_once(as_alice, alice, showing, deed, left):
    answers = [as_alice.post(url(showing, deed))["Location"] for _ in range(2)]

    assert answers == [card_of(showing.sample)] * 2
    assert len(noted(alice)) == left


@pytest.mark.parametrize("deed", DEEDS)
def test_hides_other_peoples_notes(as_alice, as_bob, alice, bob, showing, deed):
    if deed == "showing-restore":
        showing.trash()
    before = noted(alice)
    own = make_sample(bob)

    assert as_bob.post(url(showing, deed)).status_code == 404
    assert as_bob.post(reverse(f"portfolio:{deed}", args=[own.pk, showing.pk])).status_code == 404
    assert noted(alice) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_needs_a_post(as_alice, showing, deed):
    assert as_alice.get(url(showing, deed)).status_code == 405


def test_is_gone_for_good_after_thirty_days(alice, sample):
    for days in (29, 31):
        trashed_at = timezone.now() - timedelta(days=days)
        make_showing(sample, shown_to=f"{days} days ago", trashed_at=trashed_at)

    call_command("purge_trash", verbosity=0)

    assert [str(showing) for showing in PrivateShowing.objects.trashed(alice)] == ["29 days ago"]
