"""A request that breaks off on its way, as the server hands it over: refused, and nothing of it kept."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import reverse

from cmetrack.whole_requests import WholeRequests
from networking.models import Contact
from portfolio.models import SampleFile
from portfolio.tests.factories import make_sample, stored_files

pytestmark = pytest.mark.django_db


class Server:
    """Sends a request to the application the way a WSGI server does, cut to `sent` bytes."""

    def __init__(self, client: Client) -> None:
        self.cookies = client.cookies.output(header="", sep=";")
        self.statuses = []

    def post(self, address, body, content_type, sent):
        environment = RequestFactory().post(address, body, content_type).environ
        environment |= {
            "wsgi.input": io.BytesIO(body[:sent]),
            "HTTP_COOKIE": f"csrftoken={'x' * 32}; {self.cookies}",
            "HTTP_X_CSRFTOKEN": "x" * 32,
        }
        application = WholeRequests(get_wsgi_application())
        answer = application(environment, lambda status, *rest: self.statuses.append(int(status[:3])))
        answer.close()
        return self.statuses[-1]


@pytest.fixture
def server(as_alice, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    signals = (request_started, request_finished)
    # They would close the connection that holds this test's transaction.
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Server(as_alice)
    for signal in signals:
        signal.connect(close_old_connections)


def multipart(*files):
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}\r\n'
        for name, content in files
    ]
    return "".join([*parts, "--b--\r\n"]).encode()


FILES = multipart(("a.txt", "First words."), ("b.txt", "Second words. " * 300_000))


@pytest.mark.parametrize("sent", [0, 10, 100, 200, len(FILES) // 2, len(FILES) - 30, len(FILES) - 5])
def test_half_an_upload_is_refused_whole(server, alice, tmp_path, sent):
    address = reverse("portfolio:file-create", args=[make_sample(alice).pk])

    status = server.post(address, FILES, "multipart/form-data; boundary=b", sent)

    assert status == 400
    assert (SampleFile.objects.count(), stored_files()) == (0, [])
    assert list(tmp_path.glob("*upload*")) == []


def test_a_whole_upload_is_taken(server, alice):
    address = reverse("portfolio:file-create", args=[make_sample(alice).pk])

    assert server.post(address, FILES, "multipart/form-data; boundary=b", len(FILES)) == 302
    assert SampleFile.objects.count() == 2


FORM = b"name=Ida+Holm&stage=identified"


@pytest.mark.parametrize(("sent", "status", "kept"), [(13, 400, 0), (len(FORM), 302, 1)])
def test_half_a_form_is_refused(server, sent, status, kept):
    answered = server.post("/network/contacts/add/", FORM, "application/x-www-form-urlencoded", sent)

    assert (answered, Contact.objects.count()) == (status, kept)


def test_a_length_that_is_no_number_is_left_to_django():
    seen = []
    application = WholeRequests(
        lambda environment, start: seen.append(environment["wsgi.input"].read(4)) or []
    )

    application({"wsgi.input": io.BytesIO(b"ab"), "CONTENT_LENGTH": "x"}, None)
    application({"wsgi.input": io.BytesIO(b"ab\ncd")}, None)

    assert seen == [b"ab", b"ab\nc"]
