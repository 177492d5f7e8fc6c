from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from portfolio.models import Sample

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


def too_much_of(html):
    found = html.content.decode().partition('<p class="lead">')
    return found[2].partition("</p>")[0]


@pytest.mark.parametrize("is_debug", [False, True])
@pytest.mark.parametrize("content_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_more_text_than_a_form_carries_is_told(as_alice, alice, settings, content_type, is_debug):
    settings.DEBUG = is_debug
    body = b"title=Sample&notes=" + b"x" * 3_000_000

    if content_type.startswith("multipart"):
        response = as_alice.post("/portfolio/add/", {"title": "Sample", "notes": "x" * 3_000_000})
    else:
        response = as_alice.generic("POST", "/portfolio/add/", body, content_type=content_type)

    assert response.status_code == 413
    assert too_much_of(response) == (
        "All its text together may take up 2.5\xa0MB. Save it in smaller parts, or upload it as a file."
    )
    assert "Go to Today" in response.content.decode()
    assert not Sample.objects.for_user(alice).exists()


def test_a_form_that_was_too_much_is_read_to_its_end(as_alice):
    """Otherwise the server hangs up while the browser still sends, and nobody sees the answer."""
    response = as_alice.generic(
        "POST", "/portfolio/add/", b"x" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 413
    assert response.wsgi_request.read() == b""


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            [SimpleUploadedFile("\N{STETHOSCOPE}" * 300 + ".txt", b"text")],
            "The name of a file is too long. Give the file a shorter name, of up to 200 letters.",
        ),
        (
            [SimpleUploadedFile("note.txt", b"text") for _ in range(101)],
            "Choose at most 100 files at a time.",
        ),
    ],
)
def test_files_that_cannot_be_read_are_told(as_alice, files, problem):
    response = as_alice.post("/portfolio/add/", {"title": "Sample", "attachment": files})

    assert response.status_code == 413
    assert too_much_of(response) == problem


def test_too_many_fields_are_told(client, db):
    response = client.post("/accounts/login/", {f"field{n}": n for n in range(1001)})

    assert response.status_code == 413
    assert too_much_of(response) == "It may have at most 1000 fields."


def test_a_damaged_upload_is_a_bad_request(as_alice):
    response = as_alice.generic(
        "POST", "/portfolio/add/", b"--x", content_type="multipart/form-data; boundary=\xe4"
    )

    assert response.status_code == 400


def test_somebody_who_hangs_up_while_sending_saves_nothing(as_alice, alice):
    class Broken(BytesIO):
        def read(self, *_):
            raise OSError("gone")

    form = {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": "50",
        "wsgi.input": Broken(),
    }

    response = as_alice.generic("POST", "/portfolio/add/", **form)

    assert response.status_code == 422
    assert not Sample.objects.for_user(alice).exists()


@pytest.mark.parametrize("address", ["/network/calendar/%00.ics", "/path/%00/", "/share/a%00b/"])
def test_an_address_with_a_nul_leads_nowhere(client, as_alice, address):
    assert [visitor.get(address).status_code for visitor in (client, as_alice)] == [404, 404]
