"""Storage compared with the database, in both directions."""

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command

from portfolio.previews import draw_page
from portfolio.tests.factories import in_storage, make_sample, make_sample_file, stored_files

TWO_DAYS = 2 * 86_400


@pytest.fixture
def file(alice):
    """A version that has everything, with the picture of its page."""
    file = make_sample_file(make_sample(alice))
    draw_page(file, 1)
    return file


def leave(name, age=0):
    default_storage.save(name, ContentFile(b"x"))
    then = time.time() - age
    os.utime(default_storage.path(name), (then, then))


def report(capsys, *options):
    call_command("check_files", *options)
    return capsys.readouterr().out


def test_says_that_all_is_well(file, capsys):
    assert report(capsys) == "0 files belong to nothing.\n0 files are missing.\n"


@pytest.mark.django_db
def test_says_so_where_nothing_was_ever_stored(capsys):
    assert report(capsys) == "0 files belong to nothing.\n0 files are missing.\n"


def test_finds_what_belongs_to_nothing_and_leaves_it(file, capsys):
    leave("samples/left", TWO_DAYS)
    leave("previews/left-1.webp", TWO_DAYS)

    out = report(capsys)

    assert out.startswith("2 files belong to nothing.\n  previews/left-1.webp\n  samples/left\n")
    assert len(stored_files()) == 2


def test_deletes_only_what_is_surely_left(file, capsys):
    leave("samples/left", TWO_DAYS)
    leave("samples/on-its-way")

    out = report(capsys, "--delete")

    assert "2 files belong to nothing." in out
    assert "Deleted 1 of them" in out
    assert sorted(stored_files()) == sorted(["on-its-way", file.file.name.removeprefix("samples/")])
    assert len(in_storage("previews")) == 1


def test_what_goes_meanwhile_is_no_error(file, capsys, monkeypatch):
    leave("samples/left", TWO_DAYS)

    def gone(storage, name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(FileSystemStorage, "get_modified_time", gone)

    assert "Deleted 0 of them" in report(capsys, "--delete")


def test_finds_what_is_missing_and_ends_with_an_error(file, capsys):
    default_storage.delete(file.file.name)

    with pytest.raises(CommandError, match="from a backup"):
        call_command("check_files")

    assert f"1 file is missing.\n  {file.file.name}\n" in capsys.readouterr().out
