"""Titles stay in histories, tabs and screen shares: they never name confidential work."""

import re

import pytest
from django.urls import reverse

from portfolio.tests.factories import make_sample, make_sample_file


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("detail", "Sample"),
        ("file-create", "Sample"),
        ("update", "Edit a sample"),
        ("delete", "Move to the trash?"),
        ("file-delete", "Delete version 1?"),
    ],
)
def test_titles_say_nothing_of_the_work(as_alice, alice, page, title):
    file = make_sample_file(make_sample(alice, title="Secret launch"), name="secret.pdf")
    args = [file.sample_id, file.pk] if page == "file-delete" else [file.sample_id]

    content = as_alice.get(reverse(f"portfolio:{page}", args=args)).content.decode()

    assert re.findall("<title>(.*)</title>", content) == [f"{title} · CMEtrack"]
    assert "ecret" in content
