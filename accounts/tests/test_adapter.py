"""Addresses that no mail can reach, and mail servers that do not answer."""

import pytest
from django.core import mail

from accounts.models import User
from conftest import PASSWORD

pytestmark = pytest.mark.django_db
UNREACHABLE = ['"\x0c"@example.org', '"\x1c"@example.org', f"a@{'ü' * 60}.de", "a@\u200d.de", "a@\xad.de"]


@pytest.mark.parametrize("email", UNREACHABLE)
def test_sign_up_refuses_an_address_no_mail_can_reach(client, email):
    response = client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})

    assert response.status_code in {200, 422}
    assert response.context["form"].errors["email"]
    assert not User.objects.exists()


@pytest.mark.parametrize("email", UNREACHABLE)
def test_a_reset_for_such_an_address_is_refused_too(client, email):
    response = client.post("/accounts/password/reset/", {"email": email})

    assert response.context["form"].errors["email"]
    assert mail.outbox == []


@pytest.fixture
def _no_mail_server(monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fail)


@pytest.mark.usefixtures("_no_mail_server")
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD}),
        ("/accounts/password/reset/", {"email": "alice@example.org"}),
    ],
)
def test_a_silent_mail_server_is_said_and_nothing_breaks(client, alice, address, data):
    response = client.post(address, data, follow=True)

    assert response.status_code == 200
    assert b"We could not send the mail" in response.content
