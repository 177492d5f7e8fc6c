import pytest
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.models import User
from accounts.tests.factories import HUGE, signup_data
from conftest import PASSWORD, make_user

URL = "/accounts/signup/"


@pytest.fixture
def mail_server(settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def test_opens_an_account_and_leads_to_the_welcome(client, db):
    response = client.post(URL, signup_data())

    assert response.status_code == 302
    assert response["Location"] == reverse("accounts:welcome")
    user = User.objects.get()
    assert user.email == "carol@example.org"
    assert user.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_says_who_sees_what_is_logged(client, db):
    page = client.get(URL).content.decode()

    assert "Everything you log is visible to you alone." in page
    assert "<title>Create your account · CMEtrack</title>" in page


def test_fields_help_a_password_manager(client, db):
    form = client.get(URL).context["form"]

    assert [field.name for field in form.visible_fields()] == ["email", "password1"]
    assert form.fields["email"].widget.attrs["autocomplete"] == "email"
    assert form.fields["password1"].widget.attrs["autocomplete"] == "new-password"


def test_guesses_the_time_zone(client, db):
    client.post(URL, signup_data(time_zone="Europe/Lisbon"))

    assert User.objects.get().time_zone == "Europe/Lisbon"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "UTC\x00", HUGE])
def test_time_zone_nonsense_means_utc(client, db, zone):
    client.post(URL, signup_data(time_zone=zone))

    assert User.objects.get().time_zone == "UTC"


def test_stores_the_address_in_lower_case(client, db):
    client.post(URL, signup_data(email="Carol@Example.ORG"))

    assert User.objects.get().email == "carol@example.org"


def test_refuses_an_address_that_differs_only_in_case(client, db):
    make_user("carol@example.org")

    response = client.post(URL, signup_data(email="CAROL@example.org"))

    assert response.context["form"].errors == {"email": ["There is already an account with this address."]}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "carol"),
        ("email", "carol@example.org\x00"),
        ("email", f"{HUGE}@example.org"),
        ("email", "a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".example.org"),
        ("email", "<script>alert(1)</script>@example.org"),
        ("password1", ""),
        ("password1", "short"),
        ("password1", "password"),
        ("password1", "carol@example.org"),
        ("password1", "correct horse\x00battery"),
    ],
)
def test_refuses_bad_input_beside_the_field(client, db, field, value):
    response = client.post(URL, signup_data(**{field: value}))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.exists()
    assert "<script>alert" not in response.content.decode()


def test_takes_a_very_long_password(client, db):
    client.post(URL, signup_data(password1=HUGE))

    assert User.objects.get().check_password(HUGE)


def test_keeps_the_address_that_was_typed(client, db):
    page = client.post(URL, signup_data(password1="short")).content.decode()

    assert 'value="carol@example.org"' in page


def test_second_of_two_clicks_is_told_about_the_account(db):
    from django.test import Client

    Client().post(URL, signup_data())
    response = Client().post(URL, signup_data())

    assert response.context["form"].errors == {"email": ["There is already an account with this address."]}
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_open_one_account(client, monkeypatch):
    def other_click_wins(self, password, user=None):
        make_user("carol@example.org")
        return password

    monkeypatch.setattr(AccountAdapter, "clean_password", other_click_wins)
    response = client.post(URL, signup_data())

    assert response["Location"] == reverse("account_login")
    assert User.objects.count() == 1
    page = client.get(response["Location"]).content.decode()
    assert "Your account is open. Sign in with the password you have just chosen." in page


def test_someone_signed_in_is_led_on(client, db):
    client.post(URL, signup_data())

    response = client.post(URL, signup_data())

    assert response["Location"] == reverse("accounts:welcome")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_never_leads_to_another_site(client, db, target):
    response = client.post(f"{URL}?next={target}", signup_data(next=target))

    assert response["Location"] == reverse("accounts:welcome")


def test_leads_to_the_page_that_was_asked_for(client, db):
    response = client.post(URL, signup_data(next="/portfolio/"))

    assert response["Location"] == "/portfolio/"


def test_without_a_mail_server_nobody_has_to_confirm(client, db, mailoutbox):
    client.post(URL, signup_data())

    assert [mail.to for mail in mailoutbox] == [["carol@example.org"]]
    page = client.get(reverse("accounts:welcome")).content.decode()
    assert "We have sent a link" not in page


def test_with_a_mail_server_the_address_is_confirmed_first(client, db, mailoutbox, mail_server):
    response = client.post(URL, signup_data())

    assert response["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert [mail.subject for mail in mailoutbox] == ["CMEtrack: please confirm your e-mail address"]


def test_with_a_mail_server_a_taken_address_is_not_given_away(client, db, mailoutbox, mail_server):
    make_user("carol@example.org")

    response = client.post(URL, signup_data())

    assert response["Location"] == reverse("account_email_verification_sent")
    assert [mail.subject for mail in mailoutbox] == ["CMEtrack: you have an account already"]
    assert User.objects.count() == 1
