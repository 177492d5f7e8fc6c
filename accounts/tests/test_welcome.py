import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import HUGE

URL = "/accounts/welcome/"
ANSWERS = {
    "name": "Alice Moreau-Diaz",
    "persona": "veterinarian",
    "niche": "Small animal cardiology",
    "weekly_hours": "5",
    "goal": "A case series for a vet CPD provider",
    "time_zone": "Europe/Paris",
}


def test_asks_little_and_says_what_each_background_brings(as_alice):
    response = as_alice.get(URL)

    page = response.content.decode()
    assert list(response.context["form"].fields) == list(ANSWERS)
    assert page.count('type="radio"') == 4
    assert "You bring searching, appraisal, statistics and careful references." in page
    assert 'autocomplete="name"' in page


def test_saves_the_answers_and_goes_to_today(as_alice, alice):
    response = as_alice.post(URL, ANSWERS)

    assert response["Location"] == reverse("progress:today")
    alice.refresh_from_db()
    assert (alice.name, alice.persona, alice.niche) == (ANSWERS["name"], "veterinarian", ANSWERS["niche"])
    assert (alice.weekly_hours, alice.goal, alice.time_zone) == (5, ANSWERS["goal"], "Europe/Paris")
    assert alice.welcomed_at is not None


def test_every_answer_is_optional(as_alice, alice):
    response = as_alice.post(URL, {})

    assert response["Location"] == reverse("progress:today")
    alice.refresh_from_db()
    assert alice.welcomed_at is not None


def test_unknown_time_zone_keeps_the_one_there_is(as_alice, alice):
    alice.time_zone = "Asia/Tokyo"
    alice.save()

    as_alice.post(URL, {**ANSWERS, "time_zone": "Mars/Olympus"})

    alice.refresh_from_db()
    assert alice.time_zone == "Asia/Tokyo"


def test_skipping_is_remembered(as_alice, alice):
    response = as_alice.post(reverse("accounts:skip"))

    assert response["Location"] == reverse("progress:today")
    alice.refresh_from_db()
    assert alice.welcomed_at is not None
    assert as_alice.get(URL)["Location"] == reverse("accounts:profile")


def test_skipping_twice_keeps_the_first_date(as_alice, alice):
    first = alice.welcomed_at = timezone.now()
    alice.save()

    as_alice.post(reverse("accounts:skip"))

    alice.refresh_from_db()
    assert alice.welcomed_at == first


def test_second_of_two_clicks_is_welcome_too(as_alice, alice):
    as_alice.post(URL, ANSWERS)
    response = as_alice.post(URL, ANSWERS)

    assert response["Location"] == reverse("progress:today")


def test_skip_is_a_button(as_alice):
    assert as_alice.get(reverse("accounts:skip")).status_code == 405


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(as_alice, method):
    assert getattr(as_alice, method)(URL).status_code == 405


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", HUGE),
        ("name", "Ali\x00ce"),
        ("persona", "astronaut"),
        ("niche", HUGE),
        ("weekly_hours", "0"),
        ("weekly_hours", "81"),
        ("weekly_hours", "99999999999999999999"),
        ("weekly_hours", "9" * 100_000),
        ("weekly_hours", "a few"),
        ("goal", HUGE),
        ("goal", "a\x00b"),
    ],
)
def test_bad_input_is_refused_and_kept(as_alice, alice, field, value):
    response = as_alice.post(URL, {**ANSWERS, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'value="{ANSWERS["goal"]}"' in response.content.decode() or field == "goal"
    alice.refresh_from_db()
    assert (alice.name, alice.welcomed_at) == ("Alice Moreau", None)


@pytest.mark.parametrize("hours", ["0", "81", "a few"])
def test_hours_out_of_range_are_explained(as_alice, hours):
    response = as_alice.post(URL, {**ANSWERS, "weekly_hours": hours})

    assert response.context["form"].errors == {"weekly_hours": ["Enter a number from 1 to 80."]}


def test_is_for_people_signed_in(client, db):
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"
