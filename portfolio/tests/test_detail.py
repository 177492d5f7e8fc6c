import pytest
from django.urls import reverse

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


def test_shows_files_latest_first(as_alice, alice):
    sample = make_sample(alice)
    make_sample_file(sample, name="first.pdf")
    newest = make_sample_file(sample, name="second.pdf", kind="redacted", size=2_500_000)

    response = as_alice.get(url(sample))

    assert [file.name for file in response.context["files"]] == ["second.pdf", "first.pdf"]
    page = response.content.decode()
    assert f"Version 2 · Redacted · 2.4\xa0MB · {newest.added_on}" in page
    assert newest.sha256[:8] in page
    assert reverse("portfolio:file-download", args=[sample.pk, newest.pk]) in page
    assert reverse("portfolio:file-delete", args=[sample.pk, newest.pk]) in page


def test_markup_is_shown_as_text(as_alice, alice):
    nasty = "<img src=x onerror=alert(1)>"
    sample = make_sample(alice, title=nasty, summary=nasty, objectives=nasty, notes=nasty, audience=nasty)
    make_sample_file(sample, name=nasty)

    assert "<img" not in as_alice.get(url(sample)).content.decode()


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
    sample = make_sample(alice)
    for _ in range(count):
        make_sample_file(sample)
    with django_assert_num_queries(10):
        as_alice.get(url(sample))
