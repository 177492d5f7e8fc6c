import re
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import HUGE, profile_data
from cmetrack.forms import CHANGED_ELSEWHERE

URL = "/accounts/profile/"
EVERYTHING = {
    "name": "Alice Moreau",
    "credentials": "RN, PhD",
    "headline": "Cardiac nurse who writes",
    "bio": "Twenty years on the ward.\r\nNow learning to teach by writing.",
    "persona": "academic",
    "niche": "Cardiology",
    "audience": "Hospital nurses",
    "weekly_hours": "6",
    "goal": "A paid needs assessment",
    "linkedin_url": "https://www.linkedin.com/in/alice",
    "website": "https://alice.example.org/",
    "time_zone": "America/Argentina/Buenos_Aires",
    "digest": "weekly",
    "digest_hour": "18",
}


def test_shows_what_is_known(as_alice):
    response = as_alice.get(URL)

    page = response.content.decode()
    assert 'value="Alice Moreau"' in page
    assert "alice@example.org" in page
    assert f'href="{reverse("account_email")}"' in page
    assert f'href="{reverse("account_change_password")}"' in page
    assert [field.name for field in response.context["form"].visible_fields()] == list(EVERYTHING)


def test_saves_every_field(as_alice, alice):
    response = as_alice.post(URL, EVERYTHING)

    assert response["Location"] == URL
    alice.refresh_from_db()
    assert {name: str(getattr(alice, name)) for name in EVERYTHING} == EVERYTHING


def test_every_field_but_the_time_zone_is_optional(as_alice, alice):
    as_alice.post(URL, profile_data())

    alice.refresh_from_db()
    assert (alice.name, alice.persona, alice.weekly_hours) == ("", "", None)


def test_leaves_a_password_alone_that_changed_meanwhile(as_alice, alice, monkeypatch):
    from accounts.forms import ProfileForm

    def in_between(self):
        other_tab = User.objects.get(pk=alice.pk)
        other_tab.set_password("staple battery horse")
        other_tab.save()
        return self.cleaned_data["goal"]

    monkeypatch.setattr(ProfileForm, "clean_goal", in_between, raising=False)
    as_alice.post(URL, EVERYTHING)

    alice.refresh_from_db()
    assert alice.niche == "Cardiology"
    assert alice.check_password("staple battery horse")


def shown_in(response) -> str:
    """The hidden field of the page, as the browser sends it back."""
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def test_second_of_two_tabs_is_told_and_may_save_again(as_alice, alice):
    first, second = (shown_in(as_alice.get(URL)) for _ in range(2))
    as_alice.post(URL, {**EVERYTHING, "bio": "From the first tab", "seen": first})

    refused = as_alice.post(URL, {**EVERYTHING, "bio": "From the second tab", "seen": second})

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"__all__": [CHANGED_ELSEWHERE]}
    assert "From the second tab</textarea>" in refused.content.decode()
    alice.refresh_from_db()
    assert alice.bio == "From the first tab"

    as_alice.post(URL, {**EVERYTHING, "bio": "From the second tab", "seen": shown_in(refused)})
    alice.refresh_from_db()
    assert alice.bio == "From the second tab"


def test_second_of_two_clicks_is_told_nothing(as_alice):
    data = {**EVERYTHING, "seen": shown_in(as_alice.get(URL))}
    as_alice.post(URL, data)

    assert as_alice.post(URL, data)["Location"] == URL


def test_signing_in_elsewhere_is_no_change_of_the_profile(as_alice, alice):
    data = {**EVERYTHING, "seen": shown_in(as_alice.get(URL))}
    User.objects.filter(pk=alice.pk).update(last_login=timezone.now())

    assert as_alice.post(URL, data)["Location"] == URL


@pytest.mark.parametrize("name", ["email", "is_staff", "is_superuser", "password"])
def test_does_not_take_what_it_does_not_show(as_alice, alice, name):
    before = getattr(alice, name)

    as_alice.post(URL, profile_data(**{name: "1"}))

    alice.refresh_from_db()
    assert getattr(alice, name) == before


@pytest.mark.parametrize("field", ["name", "credentials", "headline", "bio", "niche", "audience", "goal"])
@pytest.mark.parametrize("value", [HUGE, "a\x00b"], ids=["huge", "nul"])
def test_text_that_cannot_be_stored_is_refused_and_kept(as_alice, alice, field, value):
    response = as_alice.post(URL, {**EVERYTHING, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="https://alice.example.org/"' in response.content.decode()
    alice.refresh_from_db()
    assert alice.website == ""


@pytest.mark.parametrize("field", ["linkedin_url", "website"])
@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "/in/alice",
        "https://",
        "https://a\x00b.org",
        f"https://example.org/{HUGE}",
    ],
)
def test_links_lead_to_the_web(as_alice, alice, field, link):
    response = as_alice.post(URL, {**EVERYTHING, field: link})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_link_may_lack_its_https(as_alice, alice):
    as_alice.post(URL, {**EVERYTHING, "website": "alice.example.org"})

    alice.refresh_from_db()
    assert alice.website == "https://alice.example.org"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ""),
        ("time_zone", HUGE),
        ("time_zone", "UTC\x00"),
        ("weekly_hours", "-1"),
        ("weekly_hours", "9" * 100_000),
        ("persona", "astronaut"),
    ],
)
def test_refuses_what_is_not_a_choice(as_alice, field, value):
    response = as_alice.post(URL, {**EVERYTHING, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_script_in_a_name_stays_text(as_alice, alice):
    as_alice.post(
        URL, profile_data(name="<script>alert(1)</script>", bio="</textarea><script>alert(2)</script>")
    )

    page = as_alice.get(URL).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_marks_that_turn_text_around_are_taken_out_of_names(as_alice, alice):
    as_alice.post(
        URL, profile_data(name="Ali\u202ece\u2066\r\n", headline="Nurse\u202e", credentials="RN\u200f")
    )

    alice.refresh_from_db()
    assert (alice.name, alice.headline, alice.credentials) == ("Alice", "Nurse", "RN")


def test_page_around_a_refused_form_shows_the_saved_name(as_alice):
    response = as_alice.post(URL, {**EVERYTHING, "name": "Somebody else", "website": "nonsense nonsense"})

    assert response.context["user"].name == "Alice Moreau"


def test_offers_cities_by_region(as_alice):
    page = as_alice.get(URL).content.decode()

    assert '<optgroup label="America">' in page
    assert '<option value="America/Argentina/Buenos_Aires">Argentina, Buenos Aires</option>' in page


def test_keeps_a_zone_with_an_old_spelling(as_alice, alice):
    alice.time_zone = "US/Pacific"
    alice.save()

    assert '<option value="US/Pacific" selected>' in as_alice.get(URL).content.decode()
    as_alice.post(URL, {**EVERYTHING, "time_zone": "US/Pacific"})

    alice.refresh_from_db()
    assert alice.time_zone == "US/Pacific"


def test_every_zone_on_offer_exists(as_alice):
    groups = as_alice.get(URL).context["form"].fields["time_zone"].choices

    names = {name for _, cities in list(groups)[1:] for name, _ in cities}
    assert len(names) > 400
    assert names <= zoneinfo.available_timezones()


def test_is_for_people_signed_in(client, db):
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_other_methods_are_refused(as_alice):
    assert as_alice.delete(URL).status_code == 405
