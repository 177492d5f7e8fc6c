"""The file a reader gets: the pinned version, to be saved and not to be run."""

import pytest
from django.core.files.storage import default_storage

from portfolio.tests.factories import make_review, make_sample, make_sample_file


def url(review):
    return f"{review.public_url}file/"


@pytest.fixture
def review(alice):
    sample = make_sample(alice, title="Gout at night: a case")
    return make_review(sample, file=make_sample_file(sample, b"pinned", name="northfield-v3-final.docx"))


def test_hands_out_the_pinned_version_also_when_there_are_newer_ones(client, review):
    make_sample_file(review.sample, b"newer")

    assert client.get(url(review)).getvalue() == b"pinned"


def test_is_saved_under_a_name_that_names_nobody(client, review):
    response = client.get(url(review))

    response.close()
    assert response["Content-Disposition"] == 'attachment; filename="gout-at-night-a-case.docx"'


@pytest.mark.parametrize("title", ["…", "病例", "W" * 200])
def test_any_title_gives_a_name(client, review, title):
    review.sample.title = title
    review.sample.save()

    response = client.get(url(review))

    response.close()
    name = response["Content-Disposition"].split('"')[1]
    assert name in {"sample.docx", f"{'w' * 60}.docx"}


def test_headers_keep_it_from_running_or_staying(client, review):
    response = client.get(url(review))

    response.close()
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Content-Length"] == "6"


def test_a_file_lost_from_storage_is_not_found(client, review):
    default_storage.delete(review.file.file.name)

    assert client.get(url(review)).status_code == 404


def test_without_a_file_there_is_none(client, alice):
    review = make_review(make_sample(alice, external_url="https://example.org/"))

    assert client.get(url(review)).status_code == 404


def test_is_read_only(client, review):
    assert client.post(url(review)).status_code == 405
