import pytest
from django.urls import reverse

from networking.templatetags.placeholders import mark_placeholders
from networking.tests.factories import make_own_template, make_template
from networking.tests.queries import SHELL

URL = reverse("networking:templates")


def test_shows_each_with_its_placeholders_marked(as_alice):
    make_template(subject="For {org}", when_to_use="After a pitch.", body="Dear {first_name},\n\nhello.")

    text = as_alice.get(URL).text

    for shown in (
        "Follow-up after a pitch", "After a pitch.", "For <mark>{org}</mark>",
        "<p>Dear <mark>{first_name}</mark>,</p>",
    ):  # fmt: skip
        assert shown in text


def test_says_how_long_a_note_is(as_alice):
    make_template(body="x" * 120, warn_at=200, block_at=300)

    assert "120 characters with its placeholders" in as_alice.get(URL).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>{org}</b>", "&lt;b&gt;<mark>{org}</mark>&lt;/b&gt;"),
        ("{<script>}", "{&lt;script&gt;}"),
        ("{}", "{}"),
        ("", ""),
    ],
)
def test_marks_safely(text, expected):
    assert mark_placeholders(text) == expected


def test_says_when_there_are_none(as_alice):
    assert "No templates yet" in as_alice.get(URL).text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_template(key=f"template-{n}")
        make_own_template(alice, title=f"Mine {n}")

    with django_assert_num_queries(SHELL + 2):
        as_alice.get(URL)
