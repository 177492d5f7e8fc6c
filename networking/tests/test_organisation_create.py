import uuid

import pytest
from django.urls import reverse

from networking.models import Organisation
from networking.tests.factories import make_deliverable, make_organisation

URL = reverse("networking:organisation-create")


def test_a_name_is_enough(as_alice, alice):
    response = as_alice.post(URL, {"name": "  Northfield   Medical "})

    organisation = Organisation.objects.get()
    assert (organisation.owner, organisation.name) == (alice, "Northfield Medical")
    assert response.url == organisation.get_absolute_url()


def test_keeps_the_formats_they_buy(as_alice):
    wanted = make_deliverable()
    make_deliverable("slide_deck", name="Slide deck")

    as_alice.post(URL, {"name": "Northfield", "formats": [wanted.pk]})

    assert list(Organisation.objects.get().formats.all()) == [wanted]


def test_offers_no_format_that_is_retired_or_never_commissioned(as_alice):
    offered = make_deliverable()
    make_deliverable("old", is_retired=True)
    make_deliverable("edited_page", is_portfolio_only=True)

    assert list(as_alice.get(URL).context["form"].fields["formats"].queryset) == [offered]


def test_starts_with_what_the_address_says(as_alice):
    form = as_alice.get(URL, {"name": "Northfield", "kind": "mec"}).context["form"]

    assert (form["name"].value(), form["kind"].value()) == ("Northfield", "mec")


def test_sent_twice_makes_one(as_alice):
    data = {"name": "Northfield", "submission_id": uuid.uuid4()}

    first, second = as_alice.post(URL, data), as_alice.post(URL, data)

    assert (second.status_code, second.url) == (302, first.url)
    assert Organisation.objects.count() == 1


def test_back_and_other_words_make_a_second_one(as_alice):
    sent = {"submission_id": uuid.uuid4()}
    as_alice.post(URL, {"name": "Northfield", **sent})

    for _ in range(2):
        as_alice.post(URL, {"name": "Meridian", "formats": [make_deliverable().pk], **sent})

    assert [organisation.name for organisation in Organisation.objects.all()] == ["Meridian", "Northfield"]


def test_back_and_the_same_name_with_other_facts_is_refused(as_alice):
    sent = {"submission_id": uuid.uuid4(), "name": "Northfield"}
    as_alice.post(URL, sent)

    response = as_alice.post(URL, {**sent, "areas": "cardiology"})

    assert list(response.context["form"].errors) == ["name"]
    assert Organisation.objects.count() == 1


def test_a_second_of_the_same_name_is_refused(as_alice, alice, bob):
    make_organisation(alice, name="Northfield")

    response = as_alice.post(URL, {"name": "northfield"})

    assert response.status_code == 422
    assert "You already have an organisation with this name" in response.text
    assert Organisation.objects.count() == 1


def test_the_same_name_in_the_trash_or_with_somebody_else_is_no_clash(as_alice, alice, bob):
    make_organisation(alice, name="Northfield").trash()
    make_organisation(bob, name="Northfield")

    as_alice.post(URL, {"name": "Northfield"})

    assert Organisation.objects.for_user(alice).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 100_000),
        ("name", "a\x00b"),
        ("website", "javascript:alert(1)"),
        ("website", "/relative"),
        ("website", "ftp://example.org/files"),
        ("fit_score", "6"),
        ("fit_score", "0"),
        ("fit_score", "many"),
        ("checked_on", "0001-01-01"),
        ("formats", "999999999999999999999999"),
        ("formats", "nonsense"),
        ("notes", "x" * 100_000),
    ],
)
def test_bad_input_is_named_and_saves_nothing(as_alice, field, value):
    response = as_alice.post(URL, {"name": "Northfield", field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Organisation.objects.exists()


def test_direction_marks_go_without_a_word(as_alice):
    as_alice.post(URL, {"name": "North\u202efield"})

    assert Organisation.objects.get().name == "Northfield"
