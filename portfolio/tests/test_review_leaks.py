"""What may get out through a review, by permission: written by hand after domain.md G, not from the code.

Every piece of a sample carries a marker of its own; whatever a reader can get is searched for all of them.
"""

import pytest
from django.utils import timezone

from portfolio.models import Sample
from portfolio.reviewing import keep_comments
from portfolio.tests.factories import make_review, make_sample, make_sample_file

FULL, REDACTED = b"FULL-BYTES", b"REDACTED-BYTES"
MARKERS = {
    "title": "TITLE-MARK",
    "summary": "SUMMARY-MARK",
    "audience": "AUDIENCE-MARK",
    "client_name": "CLIENT-MARK",
    "consent": "CONSENT-MARK",
    "notes": "NOTES-MARK",
    "tags": "TAGS-MARK",
    "objectives": "OBJECTIVES-MARK",
    "role": "ROLE-MARK",
    "external_url": "https://example.org/URL-MARK",
}
DETAILS = {"title", "summary", "audience"}
FILES = {"full": FULL, "redacted": REDACTED}

# Permission state: what of a sample a named reader may get, and the bytes of which file.
THROUGH_A_REVIEW = {
    "own_work": DETAILS | {"external_url", "full", "redacted"},
    "public_link": DETAILS | {"external_url"},
    "not_asked": set(),
    "requested": set(),
    "granted_full": DETAILS | {"external_url", "full", "redacted"},
    "granted_redacted": DETAILS | {"redacted"},
    # One to one: everything but what is never shown, and it is written down.
    "granted_private": DETAILS | {"external_url", "full", "redacted"},
    "refused": set(),
}


def make_marked(owner, **fields):
    """A sample with a marker in everything, and a file of each kind whose name is one too."""
    sample = make_sample(owner, **{**MARKERS, "status": "draft", **fields})
    files = {
        kind: make_sample_file(sample, content, kind=kind, name=f"FILENAME-MARK-{kind}.pdf")
        for kind, content in FILES.items()
    }
    return sample, files


def got_through_a_review(client, sample, files):
    """What of the markers reaches somebody who has a link to each file of the sample."""
    got = set()
    for file in files.values():
        review = make_review(sample, file=file)
        page, download = client.get(review.public_url), client.get(f"{review.public_url}file/")
        seen = everything(page) + everything(download)
        assert "FILENAME-MARK" not in seen
        got |= {name for name, mark in MARKERS.items() if mark in seen}
        got |= {kind for kind, content in FILES.items() if content.decode() in seen}
    return got


def everything(response):
    """Headers and content of an answer as one text."""
    content = response.getvalue() if response.streaming else response.content
    return f"{response.headers}{content.decode()}"


def test_every_permission_state_has_a_row():
    assert set(THROUGH_A_REVIEW) == set(Sample.Permission.values)


@pytest.mark.parametrize(("permission", "allowed"), THROUGH_A_REVIEW.items())
@pytest.mark.parametrize("status", ["draft", "ready"])
def test_only_what_the_table_allows_gets_out(client, alice, permission, allowed, status):
    sample, files = make_marked(alice, permission=permission, status=status)

    assert got_through_a_review(client, sample, files) == allowed


@pytest.mark.parametrize("permission", THROUGH_A_REVIEW)
@pytest.mark.parametrize(
    "state", [{"look_due_since": timezone.now()}, {"status": "retired"}, {"trashed_at": timezone.now()}]
)
def test_nothing_gets_out_while_a_look_is_due_or_when_it_is_put_away(client, alice, permission, state):
    sample, files = make_marked(alice, permission=permission, **state)

    assert got_through_a_review(client, sample, files) == set()


@pytest.mark.parametrize(("origin", "allowed"), [("spec", "own_work"), ("client", "not_asked")])
def test_without_a_permission_what_is_usual_for_its_origin_counts(client, alice, origin, allowed):
    sample, files = make_marked(alice, permission="", origin=origin)

    assert got_through_a_review(client, sample, files) == THROUGH_A_REVIEW[allowed]


@pytest.mark.parametrize("permission", THROUGH_A_REVIEW)
def test_the_title_of_the_page_and_what_others_preview_of_it_name_nothing(client, alice, permission):
    sample, files = make_marked(alice, permission=permission)

    page = client.get(make_review(sample, file=files["redacted"]).public_url).content.decode()

    head, body = page.split("</head>")
    # There is something to leak: below, the page names what it may.
    assert ("TITLE-MARK" in body) == ("title" in THROUGH_A_REVIEW[permission])
    assert "MARK" not in head
    assert "og:" not in head
    assert "description" not in head


@pytest.mark.parametrize("permission", THROUGH_A_REVIEW)
def test_nothing_gets_out_through_a_link_that_was_answered(client, alice, permission):
    sample, files = make_marked(alice, permission=permission)
    review = make_review(sample, file=files["full"])
    before = everything(client.get(review.public_url))
    assert ("MARK" in before) == bool(THROUGH_A_REVIEW[permission])
    keep_comments(review, {1: "Said."}, timezone.localdate())

    seen = everything(client.get(review.public_url)) + everything(client.get(f"{review.public_url}file/"))

    assert "MARK" not in seen
    assert FULL.decode() not in seen
