import email
import email.policy

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import HUGE, link_in, signup_data
from conftest import PASSWORD, make_user

URL = "/accounts/email/"
SIGNUP = "/accounts/signup/"


@pytest.fixture
def mail_server(settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def trusted_alice(as_alice):
    """Alice, who has just given her password once more."""
    as_alice.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return as_alice


@pytest.fixture
def confirmed(alice):
    return EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)


def change_to(client, address):
    return client.post(URL, {"email": address, "action_add": ""})


def addresses_of(user):
    return list(user.emailaddress_set.order_by("pk").values_list("email", "primary", "verified"))


def test_confirming_by_button_signs_in_and_leads_to_the_welcome(client, db, mailoutbox, mail_server):
    client.post(SIGNUP, signup_data())
    link = link_in(mailoutbox[0])

    page = client.get(link).content.decode()
    assert "Is <bdi>carol@example.org</bdi> your address?" in page
    assert not EmailAddress.objects.get().verified
    response = client.post(link)

    assert response["Location"] == reverse("accounts:welcome")
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_confirming_on_another_device_leads_to_sign_in(client, db, mailoutbox, mail_server):
    client.post(SIGNUP, signup_data())

    response = Client().post(link_in(mailoutbox[0]))

    assert response["Location"] == reverse("account_login")
    assert EmailAddress.objects.get().verified


def test_a_link_works_once(client, db, mailoutbox, mail_server):
    client.post(SIGNUP, signup_data())
    link = link_in(mailoutbox[0])
    client.post(link)

    assert "This link does not work any more" in Client().get(link).content.decode()
    assert Client().post(link).status_code == 404


@pytest.mark.parametrize("key", ["nonsense", "MQ:1abcde:xyz", "x" * 5000])
def test_an_invented_link_is_answered_kindly(client, db, key):
    response = client.get(f"/accounts/confirm-email/{key}/")

    assert response.status_code == 200
    assert "This link does not work any more" in response.content.decode()


def test_sign_up_mail_says_who_we_are(client, db, mailoutbox):
    client.post(SIGNUP, signup_data())

    message = mailoutbox[0]
    assert message.subject == "CMEtrack: please confirm your e-mail address"
    assert message.alternatives == []
    assert message.from_email == "CMEtrack <noreply@localhost>"
    assert message.body == (
        "Hello,\n\n"
        "Welcome to CMEtrack. Please confirm that this is your e-mail address:\n"
        f"http://testserver{link_in(message)}\n\n"
        "The link works for three days. If you have not opened an account, somebody has\n"
        "mistyped their address; you can ignore this message.\n\n"
        "CMEtrack, the way to your first project as a CME writer\n"
        "http://testserver/"
    )


def test_links_live_as_long_as_the_texts_say(settings):
    from allauth.account import app_settings

    assert app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS == 3
    assert settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 60 * 60


def test_mail_is_written_to_a_folder(client, db, settings, tmp_path):
    folder = tmp_path / "mail"
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": folder},
        }
    }

    client.post(SIGNUP, signup_data(email="o'brien@example.org"))

    (file,) = folder.iterdir()
    text = file.read_bytes().partition(b"\n" + b"-" * 79)[0]
    message = email.message_from_bytes(text, policy=email.policy.default)
    assert message["Subject"] == "CMEtrack: please confirm your e-mail address"
    assert message["To"] == "o'brien@example.org"
    assert message.get_content().startswith("Hello,")


def test_page_names_the_address_in_use(as_alice):
    page = as_alice.get(URL).content.decode()

    assert "You sign in with <bdi>alice@example.org</bdi>." in page
    assert "style=" not in page


def test_a_change_needs_the_password(as_alice, alice):
    response = change_to(as_alice, "new@example.org")

    assert response["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_the_change_goes_on_after_the_password(as_alice, alice):
    change_to(as_alice, "new@example.org")

    as_alice.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": URL})

    alice.refresh_from_db()
    assert alice.email == "new@example.org"


def test_a_wrong_password_stops_the_change(as_alice, alice):
    change_to(as_alice, "new@example.org")

    response = as_alice.post("/accounts/reauthenticate/", {"password": "wrong horse", "next": URL})

    assert response.context["form"].errors == {"password": ["That is not your password. Try again."]}
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_an_address_never_confirmed_is_replaced_at_once(trusted_alice, alice, mailoutbox):
    response = change_to(trusted_alice, "new@example.org")

    assert response["Location"] == URL
    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert addresses_of(alice) == [("new@example.org", True, False)]
    assert [m.to for m in mailoutbox] == [["new@example.org"]]
    page = trusted_alice.get(URL).content.decode()
    assert "From now on you sign in with new@example.org." in page
    assert "Waiting to be confirmed" not in page


def test_with_a_mail_server_the_page_shows_what_waits(trusted_alice, alice, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    change_to(trusted_alice, "new@example.org")

    page = trusted_alice.get(URL).content.decode()

    assert "We have sent a link to <bdi>new@example.org</bdi>." in page
    assert "Keep the old address" not in page


def test_a_confirmed_address_stays_until_the_new_one_is_confirmed(
    trusted_alice, alice, confirmed, mailoutbox
):
    change_to(trusted_alice, "new@example.org")

    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert addresses_of(alice) == [("alice@example.org", True, True), ("new@example.org", False, False)]
    assert "Keep the old address" in trusted_alice.get(URL).content.decode()

    trusted_alice.post(link_in(mailoutbox[0]))

    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert addresses_of(alice) == [("new@example.org", True, True)]


def test_the_old_address_is_told(trusted_alice, alice, confirmed, mailoutbox):
    change_to(trusted_alice, "new@example.org")
    trusted_alice.post(link_in(mailoutbox[0]))

    notice = mailoutbox[1]
    assert notice.to == ["alice@example.org"]
    assert notice.subject == "CMEtrack: your e-mail address has changed"
    assert "From: alice@example.org\nTo: new@example.org\n" in notice.body
    assert "http://testserver/accounts/password/reset/" in notice.body


def test_the_old_address_can_be_kept(trusted_alice, alice, confirmed):
    change_to(trusted_alice, "new@example.org")

    trusted_alice.post(URL, {"email": "new@example.org", "action_remove": ""})

    assert addresses_of(alice) == [("alice@example.org", True, True)]


def test_another_link_can_be_sent(trusted_alice, alice, confirmed, mailoutbox):
    from django.core.cache import cache

    change_to(trusted_alice, "new@example.org")
    cache.clear()  # three minutes later

    trusted_alice.post(URL, {"email": "new@example.org", "action_send": ""})

    assert [m.to for m in mailoutbox] == [["new@example.org"]] * 2


def test_the_only_address_cannot_be_removed(trusted_alice, alice):
    change_to(trusted_alice, "new@example.org")

    trusted_alice.post(URL, {"email": "new@example.org", "action_remove": ""})

    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert addresses_of(alice) == [("new@example.org", True, False)]


def test_two_clicks_change_once(trusted_alice, alice):
    change_to(trusted_alice, "new@example.org")
    response = change_to(trusted_alice, "new@example.org")

    assert response.context["form"].errors == {"email": ["This is the address you use already."]}
    assert addresses_of(alice) == [("new@example.org", True, False)]


@pytest.mark.parametrize("address", ["bob@example.org", "BOB@example.org"])
def test_somebody_elses_address_is_refused(trusted_alice, alice, bob, address):
    response = change_to(trusted_alice, address)

    assert response.context["form"].errors == {"email": ["There is already an account with this address."]}
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_confirming_an_address_that_another_account_has_changes_nothing(
    trusted_alice, alice, bob, confirmed, mailoutbox
):
    change_to(trusted_alice, "bob@example.org")

    response = trusted_alice.post(link_in(mailoutbox[0]), follow=True)

    assert "We could not confirm bob@example.org: it belongs to another account." in response.content.decode()
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert addresses_of(alice)[0] == ("alice@example.org", True, True)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "new@example.org\x00",
        f"{HUGE}@example.org",
        "a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".example.org",
    ],
)
def test_refuses_what_is_no_address(trusted_alice, alice, address):
    response = change_to(trusted_alice, address)

    assert list(response.context["form"].errors) == ["email"]
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


@pytest.mark.parametrize("action", ["action_send", "action_remove", "action_primary"])
@pytest.mark.parametrize("address", ["bob@example.org", "nonsense", "a\x00b@example.org", HUGE])
def test_strange_requests_change_nothing(trusted_alice, alice, bob, mailoutbox, action, address):
    response = trusted_alice.post(URL, {"email": address, action: ""})

    assert response["Location"] == URL
    assert mailoutbox == []
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"


def test_is_for_people_signed_in(client, db):
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"


EVERY_MAIL = [
    *("account_already_exists", "unknown_account", "password_reset_key"),
    *("email_changed", "email_confirm", "email_confirmation", "email_confirmation_signup", "email_deleted"),
    *("password_changed", "password_reset", "password_set"),
]


@pytest.mark.parametrize("name", EVERY_MAIL)
def test_every_mail_is_plain_short_and_ours(rf, alice, name):
    from allauth.account.adapter import get_adapter
    from allauth.core import context

    request = rf.get("/")
    request.user = alice
    with context.request_context(request):
        links = dict.fromkeys(("activate_url", "password_reset_url", "signup_url"), "http://testserver/link")
        get_adapter(request).send_notification_mail(f"account/email/{name}", alice, links)

    (message,) = mail.outbox
    assert message.subject.startswith("CMEtrack: ")
    assert message.alternatives == []
    assert message.body.startswith("Hello,\n\n")
    assert message.body.endswith(
        "CMEtrack, the way to your first project as a CME writer\nhttp://testserver/"
    )
    assert "example.com" not in message.body
    assert "{" not in message.body
    assert "\n\n\n" not in message.body


def test_an_address_with_an_apostrophe_is_not_garbled(client, db, mailoutbox, mail_server):
    make_user("o'brien@example.org")

    client.post(SIGNUP, signup_data(email="o'brien@example.org"))

    assert "open a CMEtrack account with o'brien@example.org." in mailoutbox[0].body
