import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import HUGE
from conftest import PASSWORD, make_user

URL = "/accounts/login/"
MISMATCH = "That e-mail address and password do not go together. Check both, or ask for a new password below."


@pytest.fixture
def dora(db):
    return make_user("dora@example.org", welcomed_at=timezone.now())


def test_signs_in(client, dora):
    response = client.post(URL, {"login": "dora@example.org", "password": PASSWORD})

    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(dora.pk)


def test_address_may_be_typed_in_any_case(client, dora):
    client.post(URL, {"login": " DORA@Example.org ", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(dora.pk)


def test_who_has_not_seen_the_welcome_sees_it_first(client, db):
    make_user("dora@example.org")

    response = client.post(URL, {"login": "dora@example.org", "password": PASSWORD})

    assert response["Location"] == reverse("accounts:welcome")


@pytest.mark.parametrize("login", ["dora@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_say_the_same(client, dora, login):
    response = client.post(URL, {"login": login, "password": "wrong horse battery"})

    assert response.context["form"].errors == {"__all__": [MISMATCH]}
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("login", "password", "field"),
    [
        ("", PASSWORD, "login"),
        ("dora", PASSWORD, "login"),
        ("dora@example.org\x00", PASSWORD, "login"),
        (f"{HUGE}@example.org", PASSWORD, "login"),
        ("dora@example.org", "", "password"),
        ("dora@example.org", "a\x00b", "password"),
        ("dora@example.org", HUGE, "__all__"),
    ],
)
def test_refuses_bad_input_beside_the_field(client, dora, login, password, field):
    response = client.post(URL, {"login": login, "password": password})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


def test_page_is_ours(client, db):
    response = client.get(URL)

    page = response.content.decode()
    assert "<title>Sign in · CMEtrack</title>" in page
    assert f'<a href="{reverse("account_reset_password")}">Forgot your password?</a>' in page
    fields = response.context["form"].fields
    assert [str(field.label) for field in fields.values()] == ["E-mail address", "Password"]
    assert fields["login"].widget.attrs["autocomplete"] == "email"
    assert fields["password"].widget.attrs["autocomplete"] == "current-password"
    assert "placeholder" not in page


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "///evil.example", "http:evil.example"]
)
def test_never_leads_to_another_site(client, dora, target):
    response = client.post(URL, {"login": "dora@example.org", "password": PASSWORD, "next": target})

    assert response["Location"] == "/"


@pytest.mark.parametrize("nowhere", ["http://[", "//[", "https://[x]/"])
@pytest.mark.parametrize(
    ("address", "data"),
    [
        (URL, {"login": "dora@example.org", "password": PASSWORD}),
        ("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD}),
    ],
)
def test_an_address_that_is_none_leads_nowhere(client, dora, address, data, nowhere):
    assert client.get(address, {"next": nowhere}).status_code == 200

    response = client.post(address, {**data, "next": nowhere})

    assert response["Location"] in {"/", reverse("accounts:welcome")}


def test_signs_out_whatever_comes_next(client, dora):
    client.force_login(dora, "allauth.account.auth_backends.AuthenticationBackend")

    response = client.post("/accounts/logout/", {"next": "http://["})

    assert response["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_leads_to_the_page_that_was_asked_for(client, dora):
    response = client.post(
        URL, {"login": "dora@example.org", "password": PASSWORD, "next": "/portfolio/?q=a"}
    )

    assert response["Location"] == "/portfolio/?q=a"


def test_sign_up_link_keeps_the_page_that_was_asked_for(client, db):
    page = client.get(f"{URL}?next=/portfolio/").content.decode()

    assert '<a href="/accounts/signup/?next=%2Fportfolio%2F">Create your account</a>' in page


@pytest.mark.parametrize("target", ['"><script>alert(1)</script>', "a\x00b", HUGE])
def test_survives_a_strange_next(client, db, target):
    response = client.get(URL, {"next": target})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_sixth_wrong_try_has_to_wait(client, dora):
    for _ in range(5):
        client.post(URL, {"login": "dora@example.org", "password": "wrong horse battery"})

    response = client.post(URL, {"login": "dora@example.org", "password": PASSWORD})

    assert response.context["form"].errors == {
        "__all__": [
            "That was a lot of tries in a short time. Wait five minutes, or ask for a new password below."
        ]
    }
    assert "_auth_user_id" not in client.session


def test_too_many_requests_get_a_page_of_ours(client, db):
    for _ in range(30):
        client.post(URL, {})

    response = client.post(URL, {})

    assert response.status_code == 429
    assert "That was a lot of tries in a short time" in response.content.decode()
    assert "429.html" in [template.name for template in response.templates]


def test_closed_account_is_told_so(client, dora):
    dora.is_active = False
    dora.save()

    response = client.post(URL, {"login": "dora@example.org", "password": PASSWORD}, follow=True)

    assert response.redirect_chain == [(reverse("account_inactive"), 302)]
    assert "<h1>This account is closed</h1>" in response.content.decode()


def test_with_a_mail_server_an_unconfirmed_address_gets_a_new_link(client, dora, settings, mailoutbox):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    response = client.post(URL, {"login": "dora@example.org", "password": PASSWORD})

    assert response["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert [mail.to for mail in mailoutbox] == [["dora@example.org"]]


def test_signing_out_needs_a_button(as_alice):
    page = as_alice.get("/accounts/logout/").content.decode()

    assert "<h1>Sign out</h1>" in page
    assert "_auth_user_id" in as_alice.session


def test_signs_out(as_alice):
    response = as_alice.post("/accounts/logout/")

    assert response["Location"] == "/"
    assert "_auth_user_id" not in as_alice.session


@pytest.mark.parametrize(
    "path", ["login/code/", "phone/verify/", "phone/change/", "signup/passkey/", "3rdparty/", "2fa/"]
)
def test_what_is_switched_off_is_not_there(client, db, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_code_page_leads_back_to_sign_in(client, db):
    response = client.get("/accounts/login/code/confirm/")

    assert response["Location"] == URL
