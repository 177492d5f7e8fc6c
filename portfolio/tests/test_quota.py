"""Nobody's files take more room than there is for one person, however they are sent."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cmetrack.saving import NotSavedError
from portfolio.models import Sample, SampleFile
from portfolio.quota import Room, check_room, room_of, size_in_words
from portfolio.storage import storing
from portfolio.tests.factories import (
    PDF,
    make_format,
    make_sample,
    make_sample_file,
    pdf_upload,
    stored_files,
)
from portfolio.uploading import add_versions, check_upload

MB = 1024 * 1024


@pytest.fixture
def nearly_full(settings, alice):
    """Room for one more PDF, not for two."""
    settings.STORAGE_MAX_MB = 1
    sample = make_sample(alice)
    make_sample_file(sample, size=MB - len(PDF) * 3 // 2)
    return sample


def add(sample):
    upload = pdf_upload("notes.txt", PDF.replace(b"%PDF", b"text"))
    check_upload(upload)
    try:
        with storing() as store:
            return add_versions(sample, [upload], store)
    except NotSavedError as problem:
        return str(problem)
    finally:
        connection.close()


def test_what_does_not_fit_is_refused_beside_the_field(as_alice, nearly_full):
    address = reverse("portfolio:file-create", args=[nearly_full.pk])
    before = stored_files()

    response = as_alice.post(
        address, {"file": [pdf_upload("a.pdf"), pdf_upload("b.pdf")], "kind": "redacted"}
    )

    assert response.status_code == 422
    (message,) = response.context["form"].errors["file"]
    assert message.startswith("There is no room for 0.0 MB more: 1.0 MB of 1.0 MB used. Delete versions")
    assert response.context["form"]["kind"].value() == "redacted"
    assert (nearly_full.files.count(), stored_files()) == (1, before)


def test_the_last_of_the_room_may_be_used(as_alice, nearly_full):
    as_alice.post(reverse("portfolio:file-create", args=[nearly_full.pk]), {"file": pdf_upload()})

    assert nearly_full.files.count() == 2


def test_a_new_sample_is_not_saved_without_its_file(as_alice, nearly_full):
    make_sample_file(nearly_full, size=len(PDF))
    new = {"title": "Gout", "format": make_format().pk, "attachment": pdf_upload(), "notes": "Took long."}

    response = as_alice.post(reverse("portfolio:create"), new)

    assert response.status_code == 422
    assert "There is no room" in response.context["form"].errors["attachment"][0]
    assert 'value="Gout"' in response.text
    assert "Took long." in response.text
    assert Sample.objects.count() == 1


def test_all_versions_count_those_in_the_trash_too(alice, bob, settings):
    settings.STORAGE_MAX_MB = 3
    make_sample_file(make_sample(alice), size=MB)
    make_sample_file(make_sample(alice, trashed_at=timezone.now()), size=MB)
    make_sample_file(make_sample(bob), size=MB)

    assert room_of(alice.pk) == Room(2 * MB, 3 * MB)


def test_the_same_sending_again_needs_no_more_room(as_alice, nearly_full):
    address = reverse("portfolio:file-create", args=[nearly_full.pk])
    number = "00000000-0000-4000-8000-000000000001"

    for _ in range(2):
        response = as_alice.post(address, {"file": pdf_upload(), "submission_id": number})

    assert response.status_code == 302
    assert nearly_full.files.count() == 2


def in_no_hurry(*args):
    """Time enough for another upload to look at the same room."""
    check_room(*args)
    time.sleep(0.3)


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_do_not_share_the_last_of_the_room(nearly_full, alice, monkeypatch):
    monkeypatch.setattr("portfolio.uploading.check_room", in_no_hurry)
    others = [make_sample(alice) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(add, others))

    refused = [answer for answer in answers if isinstance(answer, str)]
    assert len(refused) == 3
    assert (SampleFile.objects.count(), len(stored_files())) == (2, 2)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0.0 MB"),
        (MB // 2, "0.5 MB"),
        (120 * MB, "120 MB"),
        (1024 * MB, "1 GB"),
        (1536 * MB, "1.5 GB"),
    ],
)
def test_sizes_in_words(size, words):
    assert size_in_words(size) == words


def test_a_full_room_fills_its_bar_and_no_more():
    assert Room(5, 4).percent == Room(0, 0).percent == 100
    assert Room(1, 4).percent == 25
    assert not Room(8, 10).is_short
    assert Room(9, 10).is_short
