import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from portfolio.storage import preview_name
from portfolio.tests.factories import in_storage, make_sample, make_sample_file
from portfolio.tests.files import pdf


def url(file, page=1, sample=None):
    return reverse("portfolio:file-preview", args=[(sample or file.sample).pk, file.pk, page])


def test_draws_a_page_as_a_picture(as_alice, alice):
    file = make_sample_file(make_sample(alice), pdf(2), preview_pages=2)

    response = as_alice.get(url(file, 2))

    with Image.open(io.BytesIO(response.content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1000, 1334))
        assert picture.convert("RGB").getpixel((500, 1150)) == (13, 92, 87)  # the green of the drawn field


def test_headers_keep_it_from_running_and_from_strangers(as_alice, alice):
    response = as_alice.get(url(make_sample_file(make_sample(alice))))

    assert response["Content-Type"] == "image/webp"
    assert response["Content-Disposition"] == "inline"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=3600, immutable"


def test_is_drawn_once(as_alice, alice, monkeypatch):
    file = make_sample_file(make_sample(alice))
    first = as_alice.get(url(file)).content
    monkeypatch.setattr("portfolio.previews.draw", None)

    assert as_alice.get(url(file)).content == first
    assert len(in_storage("previews")) == 1


@pytest.mark.parametrize("page", [0, 2, 99999])
def test_there_are_no_more_pages_than_there_are(as_alice, alice, page):
    assert as_alice.get(url(make_sample_file(make_sample(alice)), page)).status_code == 404


def test_a_page_that_cannot_be_drawn_is_not_found_and_not_tried_again(as_alice, alice, monkeypatch):
    file = make_sample_file(make_sample(alice), b"%PDF-1.7 broken")

    assert as_alice.get(url(file)).status_code == 404
    monkeypatch.setattr("portfolio.previews.draw", None)
    assert as_alice.get(url(file)).status_code == 404


def test_a_file_lost_from_storage_has_no_pages(as_alice, alice):
    file = make_sample_file(make_sample(alice))
    default_storage.delete(file.file.name)

    assert as_alice.get(url(file)).status_code == 404
    assert in_storage("previews") == []


def test_hides_other_peoples_files(as_bob, alice, bob):
    file = make_sample_file(make_sample(alice))

    assert as_bob.get(url(file)).status_code == 404
    assert as_bob.get(url(file, 1, make_sample(bob))).status_code == 404
    assert not default_storage.exists(preview_name(file.file.name, 1))


def test_needs_a_sign_in(client, alice):
    response = client.get(url(make_sample_file(make_sample(alice))))

    assert response.url.startswith(reverse("account_login"))


def test_a_sample_in_the_trash_shows_nothing(as_alice, alice):
    file = make_sample_file(make_sample(alice))
    file.sample.trash()

    assert as_alice.get(url(file)).status_code == 404


def test_is_read_only(as_alice, alice):
    assert as_alice.post(url(make_sample_file(make_sample(alice)))).status_code == 405
