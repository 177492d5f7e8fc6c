"""What counts as a full disk, by how each of the two databases says it."""

import sqlite3

import psycopg
import pytest
from django.db import OperationalError, connection

from cmetrack.saving import is_out_of_room


def wrapped(problem):
    """A trouble of the database as Django passes it on."""
    passed_on = OperationalError(str(problem))
    passed_on.__cause__ = problem
    return passed_on


def full_sqlite():
    small = sqlite3.connect(":memory:")
    small.execute("CREATE TABLE line (text)")
    small.execute("PRAGMA max_page_count = 2")
    try:
        with pytest.raises(sqlite3.OperationalError, match="full") as full:
            small.execute("INSERT INTO line VALUES (?)", ["x" * 100_000])
    finally:
        small.close()
    return full.value


def test_a_full_database_is_no_room():
    assert is_out_of_room(wrapped(full_sqlite()))
    assert is_out_of_room(wrapped(psycopg.errors.DiskFull("could not extend file")))


@pytest.mark.django_db
def test_other_troubles_of_the_database_are_not_called_full():
    with pytest.raises(OperationalError if connection.vendor == "sqlite" else Exception) as other:
        connection.cursor().execute("SELECT nothing FROM nowhere")

    assert not is_out_of_room(other.value)
    assert not is_out_of_room(wrapped(psycopg.errors.QueryCanceled("too long")))
