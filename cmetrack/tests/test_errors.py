"""What people see when something is wrong: our own pages, calm and with a way on."""

import errno

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.test import Client
from django.urls import path

from cmetrack.urls import urlpatterns as ours


def raising(error: Exception):
    def view(request: HttpRequest):
        raise error

    return login_not_required(view)


handler500 = "cmetrack.views.server_error"
urlpatterns = [
    *ours,
    path("raise/400/", raising(BadRequest("odd"))),
    path("raise/403/", raising(PermissionDenied("no"))),
    path("raise/404/", raising(Http404("gone"))),
    path("raise/500/", raising(RuntimeError("secret detail"))),
    path("raise/507/", raising(OSError(errno.ENOSPC, "No space left on device"))),
    path("raise/413/", login_not_required(lambda request: render(request, "413.html", status=413))),
    path("raise/429/", login_not_required(lambda request: render(request, "429.html", status=429))),
]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 507])
@pytest.mark.parametrize("who", ["client", "as_alice"])
def test_error_pages_wear_our_dress_and_lead_home(request, who, status):
    client = request.getfixturevalue(who)
    client.raise_request_exception = False

    response = client.get(f"/raise/{status}/")

    html = response.content.decode()
    assert response.status_code == status
    assert "CME" in html
    assert 'href="/"' in html
    assert "secret detail" not in html
    assert "Traceback" not in html


@pytest.mark.django_db
def test_a_stranger_is_not_sent_to_a_trash_they_do_not_have(client, as_alice):
    told = "ask them for a new one"

    to_a_stranger, to_alice = client.get("/s/gone/").text, as_alice.get("/s/gone/").text

    assert (told in to_a_stranger, "trash" in to_a_stranger) == (True, False)
    assert (told in to_alice, "look in the trash" in to_alice) == (False, True)


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_happened_and_saves_nothing(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")

    response = client.post("/network/contacts/add/", {"name": "Ida"})

    assert response.status_code == 403
    assert b"Nothing was saved" in response.content
    assert alice.contact_set.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/no-such-page/", "/healthz"])
def test_every_answer_carries_the_security_headers(client, address):
    response = client.get(address)

    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_foreign_host_name_is_refused_with_our_page(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"CME" in response.content
