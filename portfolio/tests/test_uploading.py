import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cmetrack.saving import NotSavedError
from portfolio.models import Sample, SampleFile
from portfolio.storage import storing
from portfolio.tests.factories import PDF, make_format, make_sample, pdf_upload, stored_files
from portfolio.uploading import add_versions, check_upload, tidy_name


def add(sample, name, number=None):
    upload = pdf_upload(name)
    check_upload(upload)
    try:
        with storing() as store:
            return add_versions(sample, [upload], store, submission_id=number)[0].version
    finally:
        connection.close()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time: SQLite’s own lock does it")
@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_get_different_numbers(alice):
    sample = make_sample(alice)

    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(lambda n: add(sample, f"{n}.pdf"), range(8)))

    assert sorted(versions) == list(range(1, 9))
    assert SampleFile.objects.count() == 8


def test_a_sample_that_went_to_the_trash_meanwhile_takes_no_file(alice):
    sample = make_sample(alice)
    Sample.objects.get(pk=sample.pk).trash()
    upload = pdf_upload("late.pdf")
    check_upload(upload)

    with pytest.raises(NotSavedError, match="has gone to the trash meanwhile"), storing() as store:
        add_versions(sample, [upload], store)

    assert not SampleFile.objects.exists()
    assert stored_files() == []


@pytest.mark.django_db(transaction=True)
def test_what_was_stored_goes_when_the_commit_fails(alice, monkeypatch):
    sample = make_sample(alice)
    upload = pdf_upload()
    check_upload(upload)
    monkeypatch.setattr(transaction.get_connection(), "commit", _fail)

    with pytest.raises(DatabaseError), storing() as store:
        add_versions(sample, [upload], store)

    monkeypatch.undo()
    assert SampleFile.objects.count() == 0
    assert stored_files() == []


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_files_are_read_and_stored(as_alice, alice, monkeypatch):
    chunks, inside = InMemoryUploadedFile.chunks, []

    def watched(upload, chunk_size=None):
        inside.append(connection.in_atomic_block)
        return chunks(upload, chunk_size)

    monkeypatch.setattr(InMemoryUploadedFile, "chunks", watched)
    new = {"title": "New", "format": make_format().pk, "attachment": pdf_upload()}

    as_alice.post(reverse("portfolio:create"), new)
    as_alice.post(reverse("portfolio:file-create", args=[make_sample(alice).pk]), {"file": pdf_upload()})

    assert SampleFile.objects.count() == 2
    # Once for the fingerprint and once to write, for each of the two.
    assert inside == [False] * 4


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time: SQLite’s own lock does it")
@pytest.mark.django_db(transaction=True)
def test_the_same_sending_twice_at_once_is_stored_once(alice):
    sample, number = make_sample(alice), uuid.uuid4()

    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(lambda _: add(sample, "same.pdf", number), range(4)))

    assert versions == [1] * 4
    assert (SampleFile.objects.count(), len(stored_files())) == (1, 1)


def test_content_type_is_what_we_found_not_what_was_claimed():
    upload = pdf_upload("notes.txt", b"text")

    check_upload(upload)

    assert upload.content_type == "text/plain"


def test_stored_content_is_whole(alice):
    upload = pdf_upload()
    check_upload(upload)

    with storing() as store:
        file = add_versions(make_sample(alice), [upload], store)[0]

    with default_storage.open(file.file.name) as stored:
        assert stored.read() == PDF


def _fail():
    raise DatabaseError("connection lost")


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("/etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\0b\nc.pdf", "abc.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        (' a "b" 🐕.pdf ', 'a "b" 🐕.pdf'),
        ("a %22b%22.pdf", 'a "b".pdf'),
        ("é" * 300 + ".docx", "é" * 250 + ".docx"),
        ("x" * 300, "x" * 255),
        ("x." + "y" * 300, "x." + "y" * 253),
        ("", ""),
    ],
)
def test_tidies_names(name, tidy):
    assert tidy_name(name) == tidy
