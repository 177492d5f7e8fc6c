import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.forms import ContactForm
from networking.models import Contact, Organisation
from networking.tests.factories import make_organisation

URL = reverse("networking:create")


def test_a_name_is_enough(as_alice, alice):
    response = as_alice.post(URL, {"name": "Ida Holm", "stage": "identified"})

    contact = Contact.objects.get()
    assert (contact.owner, contact.name, contact.organisation) == (alice, "Ida Holm", None)
    assert response.url == contact.get_absolute_url()


def test_shows_three_fields_and_folds_the_rest(as_alice):
    form = as_alice.get(URL).context["form"]

    assert [field.name for field in form.first_fields()] == ["name", "organisation", "met_at"]
    assert [fold.is_open for fold in form.folded_fields()] == [False]


def test_takes_an_own_organisation_by_its_name_in_any_case(as_alice, alice):
    northfield = make_organisation(alice, name="Northfield")

    as_alice.post(URL, {"name": "Ida Holm", "stage": "identified", "organisation": " NORTHFIELD "})

    assert Contact.objects.get().organisation == northfield


def test_makes_an_organisation_that_is_new(as_alice, alice, bob):
    make_organisation(bob, name="Northfield")

    as_alice.post(URL, {"name": "Ida Holm", "stage": "identified", "organisation": "Northfield"})

    organisation = Contact.objects.get().organisation
    assert (organisation.owner, organisation.name) == (alice, "Northfield")


def test_makes_a_new_one_rather_than_use_the_one_in_the_trash(as_alice, alice):
    old = make_organisation(alice, name="Northfield")
    old.trash()

    as_alice.post(URL, {"name": "Ida Holm", "stage": "identified", "organisation": "Northfield"})

    assert Contact.objects.get().organisation != old
    assert Organisation.objects.trashed(alice).get() == old


def test_a_refused_form_makes_no_organisation(as_alice):
    response = as_alice.post(URL, {"name": "", "stage": "identified", "organisation": "Northfield"})

    assert response.status_code == 422
    assert "Northfield" in response.text
    assert not Organisation.objects.exists()
    assert not Contact.objects.exists()


def test_sent_twice_makes_one(as_alice):
    data = {
        "name": "Ida Holm",
        "stage": "identified",
        "organisation": "Northfield",
        "submission_id": uuid.uuid4(),
    }

    first, second = as_alice.post(URL, data), as_alice.post(URL, data)

    assert first.url == second.url
    assert (Contact.objects.count(), Organisation.objects.count()) == (1, 1)


def test_an_organisation_made_in_vain_by_the_second_click_goes_again(as_alice):
    data = {
        "name": "Ida Holm",
        "stage": "identified",
        "organisation": "Northfield",
        "submission_id": uuid.uuid4(),
    }
    first = as_alice.post(URL, data)
    # As when both clicks look for the name at once: the second one does not find it.
    Organisation.objects.update(name="Renamed since")

    second = as_alice.post(URL, data)

    assert first.url == second.url
    assert [organisation.name for organisation in Organisation.objects.all()] == ["Renamed since"]


def test_back_and_other_words_make_a_second_one(as_alice):
    data = {"name": "Ida Holm", "stage": "identified", "submission_id": uuid.uuid4()}
    as_alice.post(URL, data)

    as_alice.post(URL, {**data, "name": "Samuel Osei"})

    assert [contact.name for contact in Contact.objects.all()] == ["Ida Holm", "Samuel Osei"]


def test_without_commit_nothing_is_written(alice):
    data = {"name": "Ida Holm", "stage": "identified", "organisation": "Northfield"}
    form = ContactForm(data, instance=Contact(owner=alice), today=timezone.localdate())
    assert form.is_valid()

    contact = form.save(commit=False)

    assert contact.organisation.name == "Northfield"
    assert not Contact.objects.exists()
    assert not Organisation.objects.exists()


def test_an_empty_choice_is_said_calmly(as_alice):
    form = as_alice.get(URL).context["form"]

    assert form.fields["kind"].choices[0] == ("", "Not said")


def test_starts_with_what_the_address_says_and_ignores_nonsense(as_alice):
    start = {
        "name": "Ida Holm",
        "organisation": "Northfield",
        "kind": "commissioner",
        "stage": "nonsense",
        "next_on": "not a day",
        "email": "a\x00b",
        "owner": "7",
    }

    form = as_alice.get(URL, start).context["form"]

    assert form["name"].value() == "Ida Holm"
    assert form["organisation"].value() == "Northfield"
    assert form["kind"].value() == "commissioner"
    assert form["stage"].value() == "identified"
    assert form["next_on"].value() is None
    assert form["email"].value() == ""


def test_opens_the_fold_that_has_something_in_it(as_alice):
    form = as_alice.get(URL, {"kind": "commissioner"}).context["form"]

    assert [fold.is_open for fold in form.folded_fields()] == [True]


def test_offers_only_own_organisations_by_name(as_alice, alice, bob):
    make_organisation(alice, name="Northfield")
    make_organisation(alice, name="Old").trash()
    make_organisation(bob, name="Bob’s client")

    response = as_alice.get(URL)

    assert '<option value="Northfield"></option>' in response.text
    assert response.context["form"].organisation_names() == ["Northfield"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\x00b"),
        ("name", "x" * 100_000),
        ("organisation", "a\x00b"),
        ("organisation", "x" * 100_000),
        ("met_at", "a\x00b"),
        ("notes", "x" * 100_000),
        ("notes", "a\x00b"),
        ("linkedin_url", "javascript:alert(1)"),
        ("linkedin_url", "/relative"),
        ("linkedin_url", "ftp://example.org/files"),
        ("email", "nobody"),
        ("next_on", "0001-01-01"),
        ("next_on", "9999-12-31"),
        ("next_on", "2026-13-45"),
        ("stage", "nonsense"),
        ("kind", "nonsense"),
    ],
)
def test_bad_input_is_named_and_kept(as_alice, field, value):
    response = as_alice.post(URL, {"name": "Ida Holm", "stage": "identified", field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == value
    assert not Contact.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "O’Brien & “Sons”", "🩺", "ا" * 150])
def test_odd_names_are_kept_and_shown_safely(as_alice, name):
    response = as_alice.post(URL, {"name": name, "stage": "identified", "organisation": name}, follow=True)

    assert Contact.objects.get().name == name
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_direction_marks_go_without_a_word(as_alice):
    as_alice.post(
        URL, {"name": "Ida\u202e \u200fHolm", "stage": "identified", "organisation": "North\u2066field"}
    )

    contact = Contact.objects.get()
    assert (contact.name, contact.organisation.name) == ("Ida Holm", "Northfield")


def test_a_name_of_nothing_but_marks_is_none(as_alice):
    response = as_alice.post(URL, {"name": "\u202e", "stage": "identified"})

    assert response.context["form"].errors == {"name": ["Enter the name."]}


def planned(alice, **fields):
    """What is planned with somebody who was added on a Thursday."""
    data = {"name": "Ida Holm", "stage": "identified", **fields}
    form = ContactForm(data, instance=Contact(owner=alice), today=date(2026, 11, 26))
    assert form.is_valid()
    contact = form.save()
    contact.refresh_from_db()
    return contact.next_step, contact.next_on


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("Research them", date(2026, 12, 3))),
        # In two days, which is a Saturday: on Monday.
        ({"stage": "connected"}, ("Thank them, with no ask", date(2026, 11, 30))),
        # In two days, which is a Saturday: on Monday.
        ({"met_at": "At the congress"}, ("Write to them", date(2026, 11, 30))),
        ({"met_at": "At the congress", "next_step": "Call"}, ("Call", date(2026, 11, 30))),
        ({"met_at": "At the congress", "next_on": "2026-12-24"}, ("", date(2026, 12, 24))),
        ({"met_at": "At the congress", "stage": "dormant"}, ("Make one fresh approach", date(2027, 5, 27))),
        ({"met_at": "At the congress", "stage": "do_not_contact"}, ("", None)),
    ],
)
def test_somebody_new_comes_up_again(alice, fields, expected):
    assert planned(alice, **fields) == expected


@pytest.mark.parametrize(
    ("fields", "is_pinned"), [({}, False), ({"next_on": "2027-01-04"}, True), ({"next_step": "Call"}, True)]
)
def test_only_what_was_typed_is_pinned(as_alice, fields, is_pinned):
    as_alice.post(URL, {"name": "Ida Holm", "stage": "identified", **fields})

    assert Contact.objects.get().is_next_pinned is is_pinned


def test_shows_what_it_planned(as_alice):
    page = as_alice.post(
        URL, {"name": "Ida Holm", "stage": "identified", "met_at": "At the congress"}, follow=True
    )

    assert "Write to them" in page.text


def test_says_that_a_day_is_chosen(as_alice):
    assert "a day is chosen for you" in as_alice.get(URL).text


def test_refuses_another_method(as_alice):
    assert as_alice.put(URL).status_code == 405


def test_marks_that_nobody_sees_are_left_out(as_alice):
    as_alice.post(
        URL,
        {"name": "Ida", "stage": "identified", "tags": "a\u202e, b", "met_at": "Li\x1bsbon", "notes": "a\nb"},
    )

    ida = Contact.objects.get()
    assert (ida.tags, ida.met_at, ida.notes) == ("a, b", "Lisbon", "a\nb")
