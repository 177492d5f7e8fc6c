"""What gets out of a sample, by every permission and every way out: domain.md G, written out by hand.

Each thing that must not leak carries a mark of its own; what a file was called is one of them, because
clients are named there. A way out gives the text that it hands over.
"""

from datetime import date
from itertools import product

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from cmetrack.tests.test_access import BY_SECRET, PATTERNS, PUBLIC
from conftest import make_user
from networking.tests.factories import make_own_template
from portfolio.models import Sample, SampleFile
from portfolio.tests.factories import (
    make_format,
    make_review,
    make_sample_file,
    make_share_link,
    make_shareable,
    make_showing,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARKS = {
    "title": "TITLEMARK",
    "summary": "SUMMARYMARK",
    "objectives": "OBJECTIVEMARK",
    "audience": "AUDIENCEMARK",
    "role": "ROLEMARK",
    "client": "CLIENTMARK",
    "consent": "CONSENTMARK",
    "notes": "NOTESMARK",
    "link": "LINKMARK",
    "full file": "FULLFILEMARK",
    "redacted file": "REDACTEDFILEMARK",
    "full name": "FULLNAMEMARK",
    "redacted name": "REDACTEDNAMEMARK",
    "format": "FORMATMARK",
    "area": "oncology",
    "general line": "FORMATMARK, oncology, 2025",
}
# What names nobody.
IN_GENERAL = {"format", "area"}
GENERAL_LINE = IN_GENERAL | {"general line"}
WORDS = IN_GENERAL | {"title", "summary", "objectives", "audience", "role"}
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
    """What somebody else with an account gets at the owner's addresses, and in what they take along."""
    somebody = make_user("somebody@example.org")
    client = Client()
    client.force_login(somebody, BACKEND)
    own = [*_own_addresses(link), *_naming(link, make_own_template(somebody))]
    return "".join(_text(client.get(address)) for address in [*own, *map(reverse, EXPORTS)])


def cv_list(link):
    """The owner's own lines, which are there to be sent to others."""
    client = Client()
    client.force_login(link.owner, BACKEND)
    return "".join(
        _text(client.get(reverse("progress:cv"), {"wording": wording})) for wording in ("", "sentence")
    )


def message(link):
    """A message to somebody about the sample, from a template that asks for all there is."""
    template = make_own_template(link.owner, body="{format} {formats} {topic} {link} {project} {audience}")
    client = Client()
    client.force_login(link.owner, BACKEND)
    response = client.get(template.get_absolute_url(), {"sample": link.items.get().sample_id})
    return response.context["form"].text("body")


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
    "message": (message, set()),
    "review page": (review_page, {"sharing:review"}),
    "review file": (review_files, {"sharing:review-file"}),
}
# Other addresses that open without an account, and why nothing of a sample leaves by them.
NOTHING_OF_A_SAMPLE = {
    "networking:calendar-feed": "names people and pitches, by their own words, and when to be in touch",
    "progress:digest-stop": "ends a summary by mail and says so",
    "progress:today": "shows strangers what CMEtrack is",
    "healthz": "says that the server is well",
    "favicon": "leads to our own picture",
}
EXPORTS = sorted(
    name
    for name, arguments in PATTERNS.items()
    if not arguments and ("export" in name or name == "progress:cv")
)
# Where an owner reads something of a marked sample.
OWN_PAGES = {
    "networking:own-template",
    "portfolio:delete",
    "portfolio:detail",
    "portfolio:file-create",
    "portfolio:file-delete",
    "portfolio:file-download",
    "portfolio:file-pages",
    "portfolio:file-redact",
    "portfolio:link-create",
    "portfolio:link-detail",
    "portfolio:link-update",
    "portfolio:quality",
    "portfolio:review-create",
    "portfolio:review-withdraw",
    "portfolio:showing-create",
    "portfolio:update",
}
ON_A_PAGE = {
    "own_work": WORDS | {"link"},
    "public_link": WORDS | {"link"},
    "not_asked": NOTHING,
    "requested": NOTHING,
    "granted_full": WORDS | {"link"},
    "granted_redacted": WORDS,
    "granted_private": NOTHING,
    "refused": GENERAL_LINE,
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
    "own_work": IN_GENERAL | {"title", "audience", "role", "link"},
    "public_link": IN_GENERAL | {"title", "audience", "role", "link"},
    "not_asked": GENERAL_LINE,
    "requested": GENERAL_LINE,
    "granted_full": IN_GENERAL | {"title", "audience", "role", "link"},
    "granted_redacted": IN_GENERAL | {"title", "audience", "role"},
    "granted_private": GENERAL_LINE,
    "refused": GENERAL_LINE,
}
# Words that name nobody whatever the permission; the address only where it may be given away.
IN_A_MESSAGE = {
    "own_work": IN_GENERAL | {"link"},
    "public_link": IN_GENERAL | {"link"},
    "not_asked": IN_GENERAL,
    "requested": IN_GENERAL,
    "granted_full": IN_GENERAL | {"link"},
    "granted_redacted": IN_GENERAL,
    "granted_private": IN_GENERAL,
    "refused": IN_GENERAL,
}
# One named reader, who is written down where the permission asks for that.
TO_A_READER = {
    "own_work": {"format", "title", "summary", "audience", "link"},
    "public_link": {"format", "title", "summary", "audience", "link"},
    "not_asked": NOTHING,
    "requested": NOTHING,
    "granted_full": {"format", "title", "summary", "audience", "link"},
    "granted_redacted": {"format", "title", "summary", "audience"},
    "granted_private": {"format", "title", "summary", "audience", "link"},
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
    "message": IN_A_MESSAGE,
    "review page": TO_A_READER,
    "review file": AS_A_READERS_FILE,
}


def marked_sample(owner, permission):
    """A ready sample full of marks, with both kinds of file, the full one newer."""
    sample = make_shareable(
        owner,
        permission=permission,
        format=make_format("marked", name="FORMATMARK"),
        title="TITLEMARK",
        summary="SUMMARYMARK",
        objectives="OBJECTIVEMARK",
        audience="AUDIENCEMARK",
        role="ROLEMARK",
        client_name="CLIENTMARK",
        consent="CONSENTMARK",
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


def test_every_address_that_opens_without_an_account_is_a_way_out_or_says_why_not():
    claimed = set().union(*(through for _, through in WAYS_OUT.values()))

    assert claimed | set(NOTHING_OF_A_SAMPLE) == PUBLIC | BY_SECRET
    assert claimed & set(NOTHING_OF_A_SAMPLE) == set()


def test_an_owner_reaches_what_another_person_is_tried_at(alice):
    """Else nothing would get out because nothing is there."""
    link = make_share_link(alice, marked_sample(alice, "own_work"))
    client = Client()
    client.force_login(alice, BACKEND)

    tried = [*_own_addresses(link), *_naming(link, make_own_template(alice))]
    found = {address for address in tried if "MARK" in _text(client.get(address))}

    assert {_name_of(address) for address in found} == OWN_PAGES


def _text(response):
    # A download comes in parts; a refusal's own words carry no mark of ours.
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace") + str(response.headers)


def _reviews(link):
    sample = link.items.get().sample
    return [make_review(sample, file=file) for file in sample.files.all()]


def _own_addresses(link):
    """Every address of the portfolio that names this page, its sample, or a row of it."""
    item = link.items.get()
    showing, review = make_showing(item.sample), make_review(item.sample, ["Said."])
    for file, (name, arguments) in product(item.sample.files.all(), PATTERNS.items()):
        if name.startswith("portfolio:") and arguments:
            rows = {
                "pk": link.pk if name.startswith("portfolio:link-") else item.sample_id,
                "item_pk": item.pk,
                "file_pk": file.pk,
                "page": 1,
                "showing_pk": showing.pk,
                "review_pk": review.pk,
            }
            yield reverse(name, kwargs={argument: rows[argument] for argument in arguments})


def _naming(link, template):
    """Addresses of their own at which somebody names the sample or the page of another."""
    starts = [reverse("portfolio:link-create"), reverse("networking:templates"), template.get_absolute_url()]
    for start, query in product(starts, [f"sample={link.items.get().sample_id}", f"link={link.pk}"]):
        yield f"{start}?{query}"


def _name_of(address):
    return resolve(address.partition("?")[0]).view_name
