import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import HUGE, link_in
from conftest import PASSWORD

RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
NEW = "staple battery horse"


@pytest.fixture
def reset_link(client, alice, mailoutbox):
    """The link from the mail, followed to the page that asks for the new password."""
    client.post(RESET, {"email": "alice@example.org"})
    return client.get(link_in(mailoutbox[0]))["Location"]


def test_reset_mail_says_who_we_are(client, alice, mailoutbox):
    response = client.post(RESET, {"email": "Alice@example.org"})

    assert response["Location"] == reverse("account_reset_password_done")
    (message,) = mailoutbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "CMEtrack: choose a new password"
    assert message.body == (
        "Hello,\n\n"
        "Here is the link to choose a new password for CMEtrack:\n"
        f"http://testserver{link_in(message)}\n\n"
        "It works once and for three days. If you have not asked for it, you can ignore\n"
        "this message: your password stays as it is.\n\n"
        "CMEtrack, the way to your first project as a CME writer\n"
        "http://testserver/"
    )


def test_an_unknown_address_is_not_given_away(client, db, mailoutbox):
    response = client.post(RESET, {"email": "nobody@example.org"})

    assert response["Location"] == reverse("account_reset_password_done")
    assert [mail.subject for mail in mailoutbox] == ["CMEtrack: no account with this address"]


def test_says_honestly_whether_mail_goes_out(client, db, settings):
    done = reverse("account_reset_password_done")
    assert "this site has no mail server" in client.get(done).content.decode()

    settings.EMAIL_URL = "smtp://mail.example.org"
    assert "A message is on its way." in client.get(done).content.decode()


def test_the_link_sets_a_new_password(client, alice, reset_link, mailoutbox):
    response = client.post(reset_link, {"password1": NEW, "password2": NEW}, follow=True)

    assert response.redirect_chain == [(reverse("account_reset_password_from_key_done"), 302)]
    assert "<h1>Your new password is saved</h1>" in response.content.decode()
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert [mail.subject for mail in mailoutbox[1:]] == ["CMEtrack: your password has changed"]


def test_the_link_works_once(client, alice, reset_link, mailoutbox):
    client.post(reset_link, {"password1": NEW, "password2": NEW})

    page = Client().get(link_in(mailoutbox[0])).content.decode()
    assert "<h1>This link does not work any more</h1>" in page


@pytest.mark.parametrize(
    "key", ["1-set-password", "1-nonsense", "zzzzzzzzzzzzz-abc-def", "z" * 300 + "-a-b", "1-%00-a"]
)
def test_an_invented_link_is_answered_kindly(client, db, key):
    response = client.get(f"/accounts/password/reset/key/{key}/")

    assert response.status_code == 200
    assert "<h1>This link does not work any more</h1>" in response.content.decode()


@pytest.mark.parametrize("value", ["", "short", "a\x00b c d e f", "alice@example.org"])
def test_the_new_password_is_checked(client, alice, reset_link, value):
    response = client.post(reset_link, {"password1": value, "password2": value})

    assert "password1" in response.context["form"].errors
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize("value", ["", "nonsense", "a\x00b@example.org", f"{HUGE}@example.org"])
def test_reset_refuses_what_is_no_address(client, db, mailoutbox, value):
    response = client.post(RESET, {"email": value})

    assert list(response.context["form"].errors) == ["email"]
    assert mailoutbox == []


def test_many_resets_for_one_address_are_paused(client, alice, bob, mailoutbox):
    answers = [client.post(RESET, {"email": "alice@example.org"}).status_code for _ in range(7)]

    assert answers == [302] * 5 + [429] * 2
    assert [mail.to for mail in mailoutbox] == [["alice@example.org"]] * 5
    client.post(RESET, {"email": "bob@example.org"})
    assert mailoutbox[-1].to == ["bob@example.org"]


def test_changes_the_password_and_stays_signed_in(as_alice, alice, mailoutbox):
    response = as_alice.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert response["Location"] == reverse("accounts:profile")
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert as_alice.get(CHANGE).status_code == 200
    (notice,) = mailoutbox
    assert notice.subject == "CMEtrack: your password has changed"
    assert notice.to == ["alice@example.org"]
    assert (
        "If it was not, choose a new password at once:\nhttp://testserver/accounts/password/reset/"
        in notice.body
    )


def test_change_signs_out_everywhere_else(as_alice, alice):
    elsewhere = Client()
    elsewhere.force_login(alice)

    as_alice.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert elsewhere.get(CHANGE).status_code == 302


@pytest.mark.parametrize(
    ("data", "field", "text"),
    [
        ({"oldpassword": "wrong horse"}, "oldpassword", "That is not your current password."),
        ({"password2": "another horse"}, "password2", "You must type the same password each time."),
    ],
)
def test_change_refuses_what_does_not_match(as_alice, alice, data, field, text):
    response = as_alice.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **data})

    assert response.context["form"].errors == {field: [text]}
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_fields_help_a_password_manager(as_alice):
    fields = as_alice.get(CHANGE).context["form"].fields

    assert [field.widget.attrs["autocomplete"] for field in fields.values()] == [
        "current-password",
        "new-password",
        "new-password",
    ]
    assert (
        fields["password1"].help_text
        == "At least 8 characters, not a common password and not your e-mail address."
    )


def test_an_account_without_a_password_sets_one(as_alice, alice):
    alice.set_unusable_password()
    alice.save()
    as_alice.force_login(alice)

    assert as_alice.get(CHANGE)["Location"] == "/accounts/password/set/"
    assert "<h1>Choose a password</h1>" in as_alice.get("/accounts/password/set/").content.decode()
    as_alice.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})

    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_a_closed_account_gets_no_link(client, alice, mailoutbox):
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    alice.is_active = False
    alice.save()

    client.post(RESET, {"email": "alice@example.org"})

    assert "/password/reset/key/" not in mailoutbox[0].body


PUBLIC = ["login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/"]
PUBLIC += ["password/reset/key/1-nonsense/", "confirm-email/", "confirm-email/nonsense/", "inactive/"]
OWN = ["logout/", "email/", "password/change/", "reauthenticate/", "welcome/", "profile/", "password/reset/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_obey_the_strict_policy(client, db, path):
    assert_plain_page(client.get(f"/accounts/{path}"))


@pytest.mark.parametrize("path", OWN)
def test_own_pages_obey_the_strict_policy(as_alice, path):
    assert_plain_page(as_alice.get(f"/accounts/{path}"))


def assert_plain_page(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")
    assert " on" + "click" not in page
