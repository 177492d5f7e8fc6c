from datetime import date

from django.urls import reverse

from networking.models import StageChange
from networking.tests.factories import make_contact, make_deliverable, make_opportunity
from portfolio.tests.factories import make_sample


def url(pitch):
    return reverse("networking:opportunity-update", args=[pitch.pk])


def whole(pitch, **fields):
    return {"title": pitch.title, "organisation": pitch.organisation.name, "stage": pitch.stage, **fields}


def test_changes_it_and_leaves_the_history_alone(as_alice, alice):
    pitch = make_opportunity(alice)

    response = as_alice.post(url(pitch), whole(pitch, title="Case series", revision=0))

    pitch.refresh_from_db()
    assert response.url == pitch.get_absolute_url()
    assert (pitch.title, pitch.revision) == ("Case series", 1)
    assert StageChange.objects.for_user(alice).count() == 1


def test_direction_marks_go_without_a_word(as_alice, alice):
    pitch = make_opportunity(alice)

    page = as_alice.post(url(pitch), whole(pitch, title="Case\u202e series"), follow=True)

    pitch.refresh_from_db()
    assert pitch.title == "Case series"
    assert [str(message) for message in page.context["messages"]] == ["Saved “Case series”."]


def test_a_contact_and_samples_in_the_trash_stay_linked(as_alice, alice):
    contact, sample = make_contact(alice), make_sample(alice)
    pitch = make_opportunity(alice, contact=contact, samples=[sample])
    contact.trash()
    sample.trash()

    form = as_alice.get(url(pitch)).context["form"]
    assert (contact.pk, contact.name) in form.fields["contact"].choices
    assert form.fields["samples"].choices == [(sample.pk, sample.title)]

    as_alice.post(url(pitch), whole(pitch, contact=contact.pk, samples=[sample.pk]))

    pitch.refresh_from_db()
    assert (pitch.contact, list(pitch.samples.all())) == (contact, [sample])


def test_a_deliverable_retired_since_stays(as_alice, alice):
    old = make_deliverable(is_retired=True)
    pitch = make_opportunity(alice, format=old)

    as_alice.post(url(pitch), whole(pitch, format=old.pk))

    pitch.refresh_from_db()
    assert pitch.format == old


def test_two_tabs_get_a_message_and_keep_every_sample_ticked(as_alice, alice):
    pitch = make_opportunity(alice)
    ticked = [make_sample(alice, title=title).pk for title in ("One", "Two")]
    as_alice.post(url(pitch), whole(pitch, title="First tab", revision=0))

    refused = as_alice.post(url(pitch), whole(pitch, title="Second tab", samples=ticked, revision=0))

    assert refused.status_code == 422
    assert "changed in another tab" in refused.text
    assert refused.context["form"]["samples"].value() == [str(pk) for pk in ticked]
    pitch.refresh_from_db()
    assert pitch.title == "First tab"


def test_bad_input_keeps_the_row(as_alice, alice):
    pitch = make_opportunity(alice)

    response = as_alice.post(url(pitch), whole(pitch, title="New", due_on="soon"))

    assert response.status_code == 422
    assert "soon" in response.text
    pitch.refresh_from_db()
    assert pitch.title == "Heart failure needs assessment"


def test_a_corrected_day_of_the_pitch_moves_what_follows_the_rule(as_alice, alice):
    pitch = make_opportunity(
        alice, stage="pitched", channel="email", pitched_on=date(2026, 11, 16),
        next_step="Send a short nudge with one new item", next_on=date(2026, 11, 23),
    )  # fmt: skip
    same = {"channel": "email", "next_step": pitch.next_step, "next_on": pitch.next_on}

    as_alice.post(url(pitch), whole(pitch, **same, pitched_on="2026-11-09"))

    pitch.refresh_from_db()
    assert (pitch.next_on, pitch.is_next_pinned) == (date(2026, 11, 16), False)


def test_a_chosen_day_is_pinned_and_an_emptied_plan_stays_empty(as_alice, alice):
    pitch = make_opportunity(alice, stage="pitched", channel="email", pitched_on=date(2026, 11, 16))
    sent = {"channel": "email", "pitched_on": "2026-11-16"}

    as_alice.post(url(pitch), whole(pitch, **sent, next_on="2027-01-04"))
    pitch.refresh_from_db()
    assert (pitch.next_on, pitch.is_next_pinned) == (date(2027, 1, 4), True)

    as_alice.post(url(pitch), whole(pitch, **sent))
    pitch.refresh_from_db()
    assert (pitch.next_on, pitch.is_next_pinned) == (None, False)
