from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from portfolio.models import SampleFile
from portfolio.storage import storing
from portfolio.tests.factories import PDF, make_sample, pdf_upload
from portfolio.uploading import add_versions, check_upload


def add(sample, name):
    upload = pdf_upload(name)
    check_upload(upload)
    try:
        with storing() as store:
            return add_versions(sample, [upload], store)[0].version
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
    assert default_storage.listdir("samples")[1] == []


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
