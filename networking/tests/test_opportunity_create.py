import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.forms import OpportunityForm
from networking.models import Opportunity, Organisation, StageChange
from networking.tests.factories import make_contact, make_deliverable, make_opportunity, make_organisation
from portfolio.tests.factories import make_sample

URL = reverse("networking:opportunity-create")
LEAD = {"title": "Case series", "organisation": "Northfield", "stage": "lead"}


def test_title_and_organisation_are_enough(as_alice, alice):
    response = as_alice.post(URL, LEAD)

    pitch = Opportunity.objects.get()
    assert response.url == pitch.get_absolute_url()
    assert (pitch.owner, pitch.title, pitch.stage) == (alice, "Case series", "lead")
    assert (pitch.organisation.owner, pitch.organisation.name) == (alice, "Northfield")
    assert [str(change) for change in StageChange.objects.for_user(alice)] == ["New → Lead"]


def test_takes_an_own_organisation_by_its_name(as_alice, alice):
    northfield = make_organisation(alice, name="northfield")

    as_alice.post(URL, LEAD)

    assert Opportunity.objects.get().organisation == northfield


def test_keeps_whom_what_and_which_samples(as_alice, alice):
    contact, deliverable, sample = make_contact(alice), make_deliverable(), make_sample(alice)
    sent = {
        **LEAD,
        "stage": "pitched",
        "pitched_on": "2026-01-05",
        "channel": "email",
        "contact": contact.pk,
        "format": deliverable.pk,
        "samples": [sample.pk],
    }

    as_alice.post(URL, sent)

    pitch = Opportunity.objects.get()
    assert (pitch.contact, pitch.format, list(pitch.samples.all())) == (contact, deliverable, [sample])
    assert pitch.furthest_stage == "pitched"


def test_sent_twice_makes_one_with_one_history(as_alice):
    data = {**LEAD, "submission_id": uuid.uuid4()}

    first, second = as_alice.post(URL, data), as_alice.post(URL, data)

    assert first.url == second.url
    counts = (Opportunity.objects.count(), Organisation.objects.count(), StageChange.objects.count())
    assert counts == (1, 1, 1)


def test_starts_with_what_the_address_says(as_alice, alice):
    contact = make_contact(alice, organisation=make_organisation(alice))
    deliverable = make_deliverable()
    start = {"contact": contact.pk, "format": deliverable.key, "stage": "landed", "title": "Case series"}

    form = as_alice.get(URL, start).context["form"]

    assert form["contact"].value() == contact.pk
    assert form["organisation"].value() == "Northfield Medical Education"
    assert form["format"].value() == deliverable.pk
    assert form["stage"].value() == "landed"
    opened = {fold.title for fold in form.folded_fields() if fold.is_open}
    assert opened == {"Who and what", "Agreement, dates and money"}


def test_does_not_start_with_strangers_rows_or_nonsense(as_alice, bob):
    theirs = make_contact(bob, name="Bob’s source", organisation=make_organisation(bob, name="Bob’s client"))

    for value in (theirs.pk, "nonsense", "\x00", 10**30, ""):
        response = as_alice.get(URL, {"contact": value, "format": value, "stage": value})

        assert response.status_code == 200
        assert not response.context["form"]["contact"].value()
        assert not response.context["form"]["format"].value()
        assert "Bob’s" not in response.text


def test_a_sample_sent_and_deleted_since_stays_sent(as_alice, alice):
    sent, deleted = make_sample(alice, title="Sent"), make_sample(alice, title="Never sent")
    pitch = make_opportunity(alice, samples=[sent])
    sent.trash()
    deleted.trash()
    url = reverse("networking:opportunity-update", args=[pitch.pk])

    form = as_alice.get(url).context["form"]
    response = as_alice.post(url, {**LEAD, "samples": [sent.pk]})

    assert response.status_code == 302
    assert form.fields["samples"].choices == [(sent.pk, "Sent")]
    assert list(pitch.samples.all()) == [sent]


def test_without_commit_nothing_is_written(alice):
    form = OpportunityForm(LEAD, instance=Opportunity(owner=alice), today=timezone.localdate())
    assert form.is_valid()

    form.save(commit=False)

    assert not Opportunity.objects.exists()
    assert not StageChange.objects.exists()


def test_offers_only_own_contacts_and_samples(as_alice, alice, bob):
    mine, my_sample = make_contact(alice), make_sample(alice)
    make_contact(alice, name="Gone").trash()
    make_contact(bob)
    make_sample(bob)

    form = as_alice.get(URL).context["form"]

    assert form.fields["contact"].choices[1:] == [(mine.pk, "Ida Holm")]
    assert form.fields["samples"].choices == [(my_sample.pk, my_sample.title)]


def test_offers_the_asked_contact_beyond_the_first_two_hundred(as_alice, alice):
    asked = make_contact(alice, name="Asked")
    for n in range(200):
        make_contact(alice, name=f"Person {n}", last_touch_on=timezone.localdate())

    form = as_alice.get(URL, {"contact": asked.pk}).context["form"]

    assert len(form.fields["contact"].choices) == 202
    assert form.fields["contact"].choices[-1] == (asked.pk, "Asked")


@pytest.mark.parametrize("field", ["contact", "samples"])
def test_a_strangers_row_is_refused(as_alice, alice, bob, field):
    make_sample(alice)
    theirs = {"contact": make_contact, "samples": make_sample}[field](bob)

    response = as_alice.post(URL, {**LEAD, field: theirs.pk})

    assert response.status_code == 422
    assert not Opportunity.objects.exists()
    assert not Organisation.objects.for_user(alice).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 100_000),
        ("title", "a\x00b"),
        ("organisation", ""),
        ("organisation", "  "),
        ("organisation", "a\x00b"),
        ("stage", "nonsense"),
        ("stage", ""),
        ("contact", "nonsense"),
        ("contact", str(10**30)),
        ("format", str(10**30)),
        ("next_on", "0001-01-01"),
        ("due_on", "9999-12-31"),
        ("agreed_on", "2099-01-01"),
        ("pitched_on", "2099-01-01"),
        ("fee", "-1"),
        ("fee", "NaN"),
        ("fee", "1e400"),
        ("currency", "E€"),
        ("lesson", "x" * 100_000),
    ],
)
def test_bad_input_is_named_and_saves_nothing(as_alice, field, value):
    response = as_alice.post(URL, {**LEAD, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Opportunity.objects.exists()
    assert not Organisation.objects.exists()


def test_an_impossible_sample_is_refused(as_alice, alice):
    make_sample(alice)

    response = as_alice.post(URL, {**LEAD, "samples": [str(10**30)]})

    assert list(response.context["form"].errors) == ["samples"]


def test_a_currency_is_written_in_capitals(as_alice):
    as_alice.post(URL, {**LEAD, "fee": "1200.50", "currency": "eur"})

    assert Opportunity.objects.get().currency == "EUR"
