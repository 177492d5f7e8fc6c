import pytest
from django.db import DatabaseError, connection


@pytest.mark.django_db
def test_answers_without_signing_in(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_says_when_the_database_is_gone(client, monkeypatch):
    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)

    assert client.get("/healthz").status_code == 503
