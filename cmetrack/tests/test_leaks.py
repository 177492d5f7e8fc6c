"""What gets out of a sample, by every permission and every way out: domain.md G, written out by hand.

Each thing that must not leak carries a mark of its own; what a file was called is one of them, because
clients are named there. A way out gives the text that it hands over.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from conftest import make_user
from portfolio.models import Sample, SampleFile
from portfolio.tests.factories import make_review, make_sample_file, make_share_link, make_shareable

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARKS = {
    "title": "TITLEMARK",
    "summary": "SUMMARYMARK",
    "objectives": "OBJECTIVEMARK",
    "audience": "AUDIENCEMARK",
    "role": "ROLEMARK",
    "client": "CLIENTMARK",
    "notes": "NOTESMARK",
    "link": "LINKMARK",
    "full file": "FULLFILEMARK",
    "redacted file": "REDACTEDFILEMARK",
    "full name": "FULLNAMEMARK",
    "redacted name": "REDACTEDNAMEMARK",
    "general line": "Needs assessment, oncology, 2025",
}
WORDS = {"title", "summary", "objectives", "audience", "role"}
NOTHING: set[str] = set()


def page(link):
    return _text(Client().get(link.public_url))


def public_page(link):
    type(link).objects.filter(pk=link.pk).update(address_name="the-writer", is_indexed=True)
    return _text(Client().get("/s/the-writer/"))


def downloads(link):
    """Everything that any file address of this page hands over."""
    addresses = [reverse("sharing:file", args=[link.token, item.pk]) for item in link.items.all()]
    return "".join(_text(Client().get(address)) for address in addresses)


def page_title(link):
    return page(link).partition("<title>")[2].partition("</title>")[0]


def open_graph(link):
    return "".join(line for line in page(link).splitlines() if "<meta" in line)


def another_person(link):
    """What somebody else with an account gets at the addresses of the owner's own pages."""
    sample = link.items.get().sample
    own = [sample.get_absolute_url(), link.get_absolute_url(), reverse("portfolio:update", args=[sample.pk])]
    own += [file.download_url for file in sample.files.all()]
    client = Client()
    client.force_login(_somebody(), BACKEND)
    return "".join(_text(client.get(address)) for address in own)


def cv_list(link):
    """The owner's own lines, which are there to be sent to others."""
    client = Client()
    client.force_login(link.owner, BACKEND)
    return "".join(
        _text(client.get(reverse("progress:cv"), {"wording": wording})) for wording in ("", "sentence")
    )


def review_page(link):
    return _text(Client().get(_reviews(link)[0].public_url))


def review_files(link):
    """What a reader gets who has a link to each of the files."""
    addresses = [reverse("sharing:review-file", args=[review.token]) for review in _reviews(link)]
    return "".join(_text(Client().get(address)) for address in addresses)


# Each way out with the addresses for strangers that it goes by.
WAYS_OUT = {
    "share page": (page, {"sharing:page"}),
    "public page": (public_page, {"sharing:page"}),
    "file download by token": (downloads, {"sharing:file"}),
    "page title": (page_title, {"sharing:page"}),
    "Open Graph": (open_graph, {"sharing:page"}),
    "another person": (another_person, set()),
    "CV list": (cv_list, set()),
    "review page": (review_page, {"sharing:review"}),
    "review file": (review_files, {"sharing:review-file"}),
}
ON_A_PAGE = {
    "own_work": WORDS | {"link"},
    "public_link": WORDS | {"link"},
    "not_asked": NOTHING,
    "requested": NOTHING,
    "granted_full": WORDS | {"link"},
    "granted_redacted": WORDS,
    "granted_private": NOTHING,
    "refused": {"general line"},
}
AS_A_FILE = {
    "own_work": {"full file"},
    "public_link": NOTHING,
    "not_asked": NOTHING,
    "requested": NOTHING,
    "granted_full": {"full file"},
    "granted_redacted": {"redacted file"},
    "granted_private": NOTHING,
    "refused": NOTHING,
}
# A line of a CV names formats and areas whatever the permission.
IN_A_CV = {
    "own_work": {"title", "audience", "role", "link"},
    "public_link": {"title", "audience", "role", "link"},
    "not_asked": {"general line"},
    "requested": {"general line"},
    "granted_full": {"title", "audience", "role", "link"},
    "granted_redacted": {"title", "audience", "role"},
    "granted_private": {"general line"},
    "refused": {"general line"},
}
# One named reader, who is written down where the permission asks for that.
TO_A_READER = {
    "own_work": {"title", "summary", "audience", "link"},
    "public_link": {"title", "summary", "audience", "link"},
    "not_asked": NOTHING,
    "requested": NOTHING,
    "granted_full": {"title", "summary", "audience", "link"},
    "granted_redacted": {"title", "summary", "audience"},
    "granted_private": {"title", "summary", "audience", "link"},
    "refused": NOTHING,
}
AS_A_READERS_FILE = {
    "own_work": {"full file", "redacted file"},
    "public_link": NOTHING,
    "not_asked": NOTHING,
    "requested": NOTHING,
    "granted_full": {"full file", "redacted file"},
    "granted_redacted": {"redacted file"},
    "granted_private": {"full file", "redacted file"},
    "refused": NOTHING,
}
NEVER = dict.fromkeys(ON_A_PAGE, NOTHING)
MAY_GET_OUT = {
    "share page": ON_A_PAGE,
    "public page": ON_A_PAGE,
    "file download by token": AS_A_FILE,
    "page title": NEVER,
    "Open Graph": NEVER,
    "another person": NEVER,
    "CV list": IN_A_CV,
    "review page": TO_A_READER,
    "review file": AS_A_READERS_FILE,
}


def marked_sample(owner, permission):
    """A ready sample full of marks, with both kinds of file, the full one newer."""
    sample = make_shareable(
        owner,
        permission=permission,
        title="TITLEMARK",
        summary="SUMMARYMARK",
        objectives="OBJECTIVEMARK",
        audience="AUDIENCEMARK",
        role="ROLEMARK",
        client_name="CLIENTMARK",
        notes="NOTESMARK",
        external_url="https://example.org/LINKMARK",
        therapeutic_area="oncology",
        completed_on=date(2025, 3, 1),
    )
    make_sample_file(sample, b"REDACTEDFILEMARK", kind=SampleFile.Kind.REDACTED, name="REDACTEDNAMEMARK.pdf")
    make_sample_file(sample, b"FULLFILEMARK", name="FULLNAMEMARK.pdf")
    return sample


def got_out(text):
    return {what for what, mark in MARKS.items() if mark in text}


@pytest.mark.parametrize("permission", Sample.Permission.values)
@pytest.mark.parametrize("way", WAYS_OUT)
def test_only_what_the_table_allows_gets_out(alice, way, permission):
    link = make_share_link(alice, marked_sample(alice, permission))
    hand_over, _ = WAYS_OUT[way]

    assert got_out(hand_over(link)) == MAY_GET_OUT[way][permission]


@pytest.mark.parametrize("permission", Sample.Permission.values)
@pytest.mark.parametrize("before", ["own_work", "granted_full", "granted_redacted"])
def test_a_page_made_under_another_permission_follows_the_new_one(alice, before, permission):
    sample = marked_sample(alice, before)
    link = make_share_link(alice, sample)

    Sample.objects.filter(pk=sample.pk).update(permission=permission)

    # What was put on show then stays there only if its kind may still be shown.
    pinned = {"redacted file"} if before == "granted_redacted" else {"full file"}
    may = AS_A_FILE[permission] | ({"redacted file"} if "full file" in AS_A_FILE[permission] else set())
    # With the full version on show, there is nothing of the extract that alone may be shown now.
    is_other = permission == "granted_redacted" != before
    assert got_out(page(link)) == (NOTHING if is_other else ON_A_PAGE[permission])
    assert got_out(downloads(link)) == pinned & may


@pytest.mark.parametrize(
    ("permission", "lose"),
    [
        ("public_link", lambda sample: Sample.objects.filter(pk=sample.pk).update(external_url="")),
        ("granted_redacted", lambda sample: sample.files.get(kind="redacted").delete()),
    ],
)
def test_without_the_very_piece_that_was_granted_nothing_gets_out(alice, permission, lose):
    sample = marked_sample(alice, permission)
    link = make_share_link(alice, sample)
    assert got_out(page(link)) == ON_A_PAGE[permission]

    lose(sample)

    assert got_out(page(link) + downloads(link)) == NOTHING


@pytest.mark.parametrize(
    "change", [{"status": "draft"}, {"status": "retired"}, {"look_due_since": "now"}, {"trashed_at": "now"}]
)
@pytest.mark.parametrize("permission", Sample.Permission.values)
def test_nothing_of_a_sample_that_is_taken_back_gets_out(alice, permission, change):
    sample = marked_sample(alice, permission)
    link = make_share_link(alice, sample)
    values = {name: timezone.now() if value == "now" else value for name, value in change.items()}

    Sample.objects.filter(pk=sample.pk).update(**values)

    assert got_out(page(link) + downloads(link)) == NOTHING


def test_every_permission_and_every_way_out_has_its_row():
    assert set(MAY_GET_OUT) == set(WAYS_OUT)
    for way, rows in MAY_GET_OUT.items():
        assert set(rows) == set(Sample.Permission.values), way


def test_every_address_for_strangers_is_a_way_out():
    resolver = next(
        entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "sharing"
    )
    addresses = {f"sharing:{pattern.name}" for pattern in resolver.url_patterns}

    assert addresses == set().union(*(through for _, through in WAYS_OUT.values()))


def _text(response):
    # A download comes in parts; a refusal's own words carry no mark of ours.
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace") + str(response.headers)


def _reviews(link):
    sample = link.items.get().sample
    return [make_review(sample, file=file) for file in sample.files.all()]


def _somebody():
    return make_user("somebody@example.org")
