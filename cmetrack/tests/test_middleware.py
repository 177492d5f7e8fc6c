from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError, connection

PAGE = "http://testserver/network/?q=ana"


def next_of(address):
    parts = urlsplit(address)
    assert parts.path == "/accounts/login/"
    return parse_qs(parts.query)["next"]


def test_a_page_asks_to_sign_in_and_comes_back(client, db):
    response = client.get("/accounts/profile/?tab=a&b=c")

    assert response.status_code == 302
    assert next_of(response["Location"]) == ["/accounts/profile/?tab=a&b=c"]


def test_a_fragment_leaves_for_the_sign_in_page_and_comes_back_to_the_page(client, db, htmx):
    response = client.get("/accounts/profile/", headers={**htmx, "HX-Current-URL": PAGE})

    assert response.status_code == 200
    assert response.content == b""
    assert next_of(response["HX-Redirect"]) == ["/network/?q=ana"]


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/",
        "//evil.example/",
        "http://[::1",
        "nonsense",
        "",
        "javascript:alert(1)",
        "http://testserver.evil.example/",
    ],
)
def test_a_strange_page_means_the_start(client, db, htmx, page):
    response = client.get("/accounts/profile/", headers={**htmx, "HX-Current-URL": page})

    assert next_of(response["HX-Redirect"]) == ["/"]


def test_a_page_that_looks_like_another_site_is_not_left_for(client, alice, htmx):
    page = "http://testserver//evil.example/"
    response = client.get("/accounts/profile/", headers={**htmx, "HX-Current-URL": page})

    data = {"login": "alice@example.org", "password": "correct horse battery"}
    signed_in = client.post(response["HX-Redirect"], data)

    assert signed_in["Location"] == "/accounts/welcome/"


def test_htmx_without_a_page_goes_to_the_start(client, db, htmx):
    assert next_of(client.get("/accounts/profile/", headers=htmx)["HX-Redirect"]) == ["/"]


def test_a_button_pressed_after_the_session_ended_comes_back_to_its_page(client, db):
    response = client.post(
        "/accounts/welcome/skip/", headers={"Referer": "http://testserver/accounts/welcome/"}
    )

    assert next_of(response["Location"]) == ["/accounts/welcome/"]


@pytest.mark.parametrize("page", ["https://evil.example/", "http://[::1", ""])
def test_a_button_from_nowhere_comes_back_to_the_start(client, db, page):
    response = client.post("/accounts/welcome/skip/", headers={"Referer": page})

    assert next_of(response["Location"]) == ["/"]


def test_nothing_is_in_the_way_of_people_signed_in(as_alice, htmx):
    assert as_alice.get("/accounts/profile/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["rot13", "utf8", "latin-1", "utf-16", "undefined", "no-such"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/html"])
def test_a_request_is_read_as_utf_8_whatever_it_claims(client, charset, kind):
    content_type = f"{kind}; charset={charset}"

    answers = [
        client.get("/accounts/login/?next=/a", content_type=content_type),
        client.generic("POST", "/accounts/login/", b"login=%C3%A9", content_type=content_type),
    ]

    assert {answer.status_code for answer in answers} <= {200, 422}


@pytest.mark.django_db
def test_private_pages_stay_out_of_shared_caches(as_alice, client):
    assert as_alice.get("/portfolio/")["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in client.get("/")


def test_nobody_signed_in_keeps_the_server_from_saying_that_its_database_is_gone(as_alice):
    def refuse(*_):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        response = as_alice.get("/healthz")

    assert (response.status_code, response.content) == (503, b"The database does not answer.")
