import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import ReviewRequest, Sample, ShareItem, ShareLink
from portfolio.tests.factories import make_sample, make_sample_file


def url(sample):
    return reverse("portfolio:detail", args=[sample.pk])


def test_shows_what_is_known(as_alice, alice):
    sample = make_sample(
        alice,
        title="Gout & co",
        status="ready",
        origin="client",
        permission="granted_private",
        client_name="Northfield",
        therapeutic_area="Rheumatology",
        audience="Pharmacists",
        role="Sole writer",
        tags="gout & co, bids",
        summary="**Strong** start.",
        objectives="- Explain\n* Choose\n\nName",
        notes="Took long.",
        word_count=900,
        external_url="https://example.org/gout",
    )

    response = as_alice.get(url(sample))

    page = response.content.decode()
    for shown in (
        "<h1><bdi>Gout &amp; co</bdi></h1>",
        "You would send it to an editor today.",
        "Granted to show one to one",
        "You may show it to one person at a time, never on a page.",
        "Northfield",
        "Rheumatology",
        "Pharmacists",
        "Sole writer",
        'href="/portfolio/?tag=gout%20%26%20co"><bdi>gout &amp; co</bdi>',
        "<strong>Strong</strong> start.",
        "<li><bdi>Choose</bdi></li>",
        "Took long.",
        "900",
        'href="https://example.org/gout" rel="noopener noreferrer nofollow"',
        f'href="{reverse("portfolio:delete", args=[sample.pk])}">Move to the trash</a>',
    ):
        assert shown in page


def test_no_id_stands_twice(as_alice, alice):
    ids = re.findall(r' id="([^"]+)"', as_alice.get(url(make_sample(alice))).text)

    assert sorted(ids) == sorted(set(ids))


def test_shows_files_latest_first(as_alice, alice):
    sample = make_sample(alice)
    make_sample_file(sample, name="first.pdf")
    newest = make_sample_file(sample, name="second.pdf", kind="redacted", size=2_500_000)

    response = as_alice.get(url(sample))

    names = [version.file.name for version in response.context["versions"]]
    assert names == ["second.pdf", "first.pdf"]
    page = response.content.decode()
    assert f"Version 2 · {newest.added_on} · 2.4\xa0MB · 1 page" in page
    assert newest.sha256 in page
    assert reverse("portfolio:file-download", args=[sample.pk, newest.pk]) in page
    assert reverse("portfolio:file-delete", args=[sample.pk, newest.pk]) in page


def test_markup_is_shown_as_text(as_alice, alice):
    nasty = "<img src=x onerror=alert(1)>"
    sample = make_sample(alice, title=nasty, summary=nasty, objectives=nasty, notes=nasty, audience=nasty)
    make_sample_file(sample, name=nasty, traces=[nasty])

    page = as_alice.get(url(sample)).content.decode()
    assert "<img src=x" not in page
    assert "onerror=alert(1)&gt;" in page


def test_the_consent_is_shown_and_asked_for_where_there_is_none(as_alice, alice):
    noted = make_sample(alice, origin="client", permission="granted_full", consent="By e-mail, **in May**.")
    asks = {
        permission: "Note it</a> while you remember." in as_alice.get(url(sample)).content.decode()
        for permission in Sample.Permission.values
        for sample in [make_sample(alice, origin="client", permission=permission)]
    }

    page = as_alice.get(url(noted)).content.decode()
    assert "By e-mail, <strong>in May</strong>." in page
    assert "Note it</a> while you remember." not in page
    assert {permission for permission, is_asked in asks.items() if is_asked} == {
        "granted_full",
        "granted_redacted",
        "granted_private",
    }


def test_a_sample_without_a_permission_shows_the_usual_one(as_alice, alice):
    sample = make_sample(alice, origin="client", permission="")

    assert "Not asked yet" in as_alice.get(url(sample)).content.decode()


def test_hides_other_peoples_samples(as_alice, bob):
    assert as_alice.get(url(make_sample(bob))).status_code == 404


def test_a_sample_in_the_trash_has_no_page(as_alice, alice):
    sample = make_sample(alice)
    sample.trash()

    assert as_alice.get(url(sample)).status_code == 404


@pytest.mark.parametrize("pk", ["99999999999999999999999999", "9" * 5000])
def test_an_endless_number_is_not_found(as_alice, pk):
    assert as_alice.get(f"/portfolio/{pk}/").status_code == 404


def test_is_read_only(as_alice, alice):
    assert as_alice.post(url(make_sample(alice))).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    sample = make_sample(alice, status="ready")
    for _ in range(count):
        file = make_sample_file(sample)
        ask(file)
    for _ in range(count):
        link = ShareLink.objects.create(owner=alice, title="Oncology")
        ShareItem.objects.create(owner=alice, link=link, sample=sample, file=file)
    with django_assert_num_queries(19):
        as_alice.get(url(sample))


def share(file, **fields):
    """A page that shows this version."""
    link = ShareLink.objects.create(owner=file.owner, **{"title": "Oncology", **fields})
    ShareItem.objects.create(owner=file.owner, link=link, sample=file.sample, file=file)
    return link


def ask(version, **fields):
    """A reader asked about this version."""
    defaults = {"reader": "Ida Holm", "expires_on": timezone.localdate(), "file": version}
    return ReviewRequest.objects.create(owner=version.owner, sample=version.sample, **defaults | fields)


def readers(as_alice, sample):
    return [version.readers for version in as_alice.get(url(sample)).context["versions"]]


def test_says_who_else_may_see_a_version(as_alice, alice):
    sample = make_sample(alice, status="ready")
    old, _ = make_sample_file(sample), make_sample_file(sample)
    share(old)
    ask(old)

    page = as_alice.get(url(sample)).content.decode()

    assert readers(as_alice, sample) == [[], ["readers of “Oncology”", "Ida Holm, asked for a review"]]
    assert "Seen by you; <bdi>readers of “Oncology”</bdi>; <bdi>Ida Holm, asked for a review</bdi>" in page
    assert page.count("Only you</span>") == 1


@pytest.mark.parametrize(
    ("sample", "link", "review"),
    [
        ({}, {"revoked_at": timezone.now()}, {"withdrawn_on": date(2026, 1, 1)}),
        ({}, {"expires_on": date(2026, 1, 1)}, {"expires_on": date(2026, 1, 1)}),
        ({"permission": "granted_redacted"}, {}, {"file": None}),
        ({"status": "draft"}, {}, {"file": None}),
    ],
)
def test_names_nobody_who_can_see_it_no_longer(as_alice, alice, sample, link, review):
    file = make_sample_file(make_sample(alice, **{"status": "ready", **sample}))
    share(file, **link)
    ask(file, **review)

    assert readers(as_alice, file.sample) == [[]]


def test_another_persons_pages_are_not_named(as_alice, alice, bob):
    file = make_sample_file(make_sample(alice, status="ready"))
    link = ShareLink.objects.create(owner=bob, title="Bob’s")
    ShareItem.objects.create(owner=bob, link=link, sample=file.sample, file=file)

    assert readers(as_alice, file.sample) == [[]]


def test_says_how_much_room_there_is(as_alice, alice, settings):
    settings.STORAGE_MAX_MB = 2048
    sample = make_sample(alice)
    make_sample_file(sample, size=120 * 1024 * 1024)
    make_sample(alice, trashed_at=timezone.now())

    page = as_alice.get(url(sample)).content.decode()

    assert "120 MB of 2 GB used" in page
    assert "up to 25 MB each and 2 GB in all" in page
    assert "to make room" not in page


def test_says_when_room_is_short(as_alice, alice, settings):
    settings.STORAGE_MAX_MB = 10
    sample = make_sample(alice)
    make_sample_file(sample, size=9_800_000)

    assert "9.3 MB of 10 MB used. Delete versions you no longer need" in as_alice.get(url(sample)).text


def test_shows_the_first_page_of_the_latest_version(as_alice, alice):
    sample = make_sample(alice)
    make_sample_file(sample)
    newest = make_sample_file(sample, name="gout.pdf", pages=4, preview_pages=4)

    page = as_alice.get(url(sample)).text

    assert f'<img src="{newest.page_urls[0]}" alt="Page 1 of 4 of gout.pdf" loading="lazy"' in page
    assert page.count("<img") == 1


def test_shows_the_beginning_of_a_text(as_alice, alice):
    sample = make_sample(alice)
    text = b"# Gout\n\n<script>alert(1)</script>" + b" and more" * 500
    make_sample_file(sample, text, content_type="text/markdown", preview_pages=0)

    page = as_alice.get(url(sample)).text

    assert "<h3>Gout</h3>" in page
    assert "<script>alert" not in page
    assert page.count("and more") < 150


def test_a_version_that_names_somebody_leads_to_the_second_step(as_alice, alice):
    sample = make_sample(alice)
    telling = make_sample_file(sample, traces=["Author: Ana"])
    plain = make_sample_file(sample)
    redacted = make_sample_file(sample, kind="redacted")

    page = as_alice.get(url(sample)).text

    assert f'href="{telling.redact_url}"' in page
    assert f'action="{plain.redact_url}"' in page
    assert f'action="{redacted.unredact_url}"' in page
    assert "<li><bdi>Author: Ana</bdi></li>" in page


@pytest.mark.parametrize(
    ("permission", "said"),
    [
        ("refused", "Not on a page"),
        ("granted_private", "Not on a page"),
        ("not_asked", "Not yet"),
        ("requested", "Not yet"),
        ("granted_full", "Not yet"),
    ],
)
def test_says_whether_it_can_ever_stand_on_a_page_in_full(as_alice, alice, permission, said):
    page = as_alice.get(url(make_sample(alice, origin="client", permission=permission, status="draft"))).text

    assert f'<span class="tag">{said}</span>' in page
