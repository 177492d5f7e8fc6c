import re
from datetime import date

import pytest
from django.urls import reverse

from portfolio.models import Sample
from portfolio.models.choices import STATUS_MEANING
from portfolio.tests.factories import make_sample


def url(sample):
    return reverse("portfolio:move", args=[sample.pk])


def test_changes_the_status(as_alice, alice):
    sample = make_sample(alice, title="Gout", status="draft")

    response = as_alice.post(url(sample), {"status": "in_review"}, follow=True)

    sample.refresh_from_db()
    assert (sample.status, sample.revision) == ("in_review", 1)
    assert "“Gout” is now: in review." in response.content.decode()


@pytest.mark.parametrize(
    ("status", "checked_on", "is_offered"),
    [("ready", None, True), ("ready", date(2026, 1, 1), False), ("in_review", None, False)],
)
def test_what_is_ready_and_unchecked_leads_on_to_its_checklist(
    as_alice, alice, status, checked_on, is_offered
):
    sample = make_sample(alice, status="draft", quality_checked_on=checked_on)

    response = as_alice.post(url(sample), {"status": status}, follow=True)

    quality = reverse("portfolio:quality", args=[sample.pk])
    assert [f"open {quality}" == message.extra_tags for message in response.context["messages"]] == [
        False,
        *[True] * is_offered,
    ]


@pytest.mark.parametrize("status", ["", "finished", "\0", "x" * 100_000])
def test_nonsense_changes_nothing(as_alice, alice, status):
    sample = make_sample(alice, status="draft")

    response = as_alice.post(url(sample), {"status": status}, follow=True)

    assert "Choose one of the five states." in response.content.decode()
    sample.refresh_from_db()
    assert (sample.status, sample.revision) == ("draft", 0)


def explained(page):
    """The states that a button on this page stands for, and those whose meaning it says."""
    offered = set(re.findall(r'aria-describedby="means-(\w+)"', page))
    return offered, {key for key, words in STATUS_MEANING.items() if f'id="means-{key}">{words}<' in page}


def test_each_status_says_what_it_means_where_it_is_chosen(as_alice, alice):
    sample = make_sample(alice, status="draft")
    others = set(STATUS_MEANING) - {"draft"}

    one, many = (as_alice.get(url).text for url in (sample.get_absolute_url(), reverse("portfolio:index")))

    assert explained(one) == (others, others)
    assert explained(many) == ({"in_review"}, set(STATUS_MEANING))


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob, status="draft")

    assert as_alice.post(url(theirs), {"status": "ready"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == "draft"


def test_needs_a_post(as_alice, alice):
    assert as_alice.get(url(make_sample(alice))).status_code == 405


def undo_of(response):
    return next(str(m.extra_tags).removeprefix("undo ") for m in response.context["messages"] if m.extra_tags)


@pytest.mark.parametrize("status", Sample.Status.values)
def test_every_move_can_be_undone(as_alice, alice, status):
    sample = make_sample(alice, status="draft")

    undo = undo_of(as_alice.post(url(sample), {"status": status}, follow=True))
    as_alice.post(undo)

    sample.refresh_from_db()
    assert sample.status == "draft"


def test_undo_can_be_undone(as_alice, alice):
    sample = make_sample(alice, status="draft")

    undo = undo_of(as_alice.post(url(sample), {"status": "ready"}, follow=True))
    redo = undo_of(as_alice.post(undo, follow=True))
    as_alice.post(redo)

    sample.refresh_from_db()
    assert sample.status == "ready"


def test_the_list_gets_its_row_and_undo(as_alice, alice, htmx):
    sample = make_sample(alice, title="Gout", status="draft")

    row = as_alice.post(url(sample), {"status": "in_review"}, headers=htmx).content.decode()

    assert row.strip().startswith(f'<tr id="sample-{sample.pk}">')
    assert '<span class="tag tag-brand">In review</span>' in row
    assert 'name="status" value="ready"' in row
    assert f'action="{url(sample)}?status=draft"' in row
    # In a template: a form that follows a bare row would be torn apart by the browser.
    assert '<template>\n<div id="messages" class="toasts" role="status" hx-swap-oob="innerHTML">' in row
    assert "<html" not in row
    # Said once: the next page does not repeat it.
    assert list(as_alice.get(sample.get_absolute_url()).context["messages"]) == []


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/portfolio/?status=draft", "/portfolio/?status=draft#sample-{pk}"),
        ("http://testserver/portfolio/{pk}/", "/portfolio/{pk}/"),
        ("https://evil.example/portfolio/", "/portfolio/{pk}/"),
        ("http://[nonsense", "/portfolio/{pk}/"),
        ("", "/portfolio/{pk}/"),
    ],
)
def test_leads_back_to_where_the_button_stood(as_alice, alice, came_from, leads_to):
    sample = make_sample(alice, status="draft")

    response = as_alice.post(
        url(sample), {"status": "ready"}, headers={"Referer": came_from.format(pk=sample.pk)}
    )

    assert response.url == leads_to.format(pk=sample.pk)


@pytest.mark.parametrize(
    ("status", "following"),
    [("idea", "draft"), ("draft", "in_review"), ("in_review", "ready"), ("ready", None), ("retired", None)],
)
def test_the_row_offers_what_comes_next(as_alice, alice, status, following):
    make_sample(alice, status=status)

    page = as_alice.get(reverse("portfolio:index")).content.decode()

    assert page.count('class="btn btn-outline-secondary btn-sm move-on"') == (following is not None)
    if following:
        assert f'name="status" value="{following}"' in page
