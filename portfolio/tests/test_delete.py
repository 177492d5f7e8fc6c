import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Sample
from portfolio.tests.factories import (
    make_review,
    make_sample,
    make_sample_file,
    make_share_link,
    make_shareable,
)


def url(sample):
    return reverse("portfolio:delete", args=[sample.pk])


def test_asks_first_and_names_what_goes(as_alice, alice):
    sample = make_sample(alice, title="Gout")
    make_sample_file(sample, name="gout.pdf")

    page = as_alice.get(url(sample)).content.decode()

    assert "“<bdi>Gout</bdi>”" in page
    assert "version 1: gout.pdf" in page
    sample.refresh_from_db()
    assert sample.trashed_at is None


@pytest.mark.parametrize(
    ("permission", "pages", "asked"),
    [
        ("own_work", True, True),
        ("public_link", True, True),
        ("granted_private", False, True),
        ("refused", True, False),
        ("not_asked", False, False),
    ],
)
def test_says_who_will_not_see_it_while_it_is_in_the_trash(as_alice, alice, permission, pages, asked):
    sample = make_shareable(alice, permission=permission, external_url="https://example.org/")
    make_share_link(alice, sample, title="Oncology")
    make_share_link(alice, sample, title="Closed", revoked_at=timezone.now())
    make_share_link(alice, make_shareable(alice), title="Of another sample")
    make_review(sample, reader="Ida Holm")
    make_review(sample, ["Said."], reader="Answered")

    response = as_alice.get(url(sample))

    readers = ["readers of “Oncology”"] * pages + ["Ida Holm, asked for a review"] * asked
    assert response.context["readers"] == readers
    assert response.text.count("These see it now, and will not while it is in the trash:") == bool(readers)
    for reader in readers:
        assert f"<li><bdi>{reader}</bdi></li>" in response.text


def test_moves_to_the_trash_and_offers_undo(as_alice, alice):
    sample = make_sample(alice, title="Gout")

    response = as_alice.post(url(sample), follow=True)

    assert response.redirect_chain == [(reverse("portfolio:index"), 302)]
    page = response.content.decode()
    assert "Moved “Gout” to the trash." in page
    assert f'action="{reverse("portfolio:restore", args=[sample.pk])}"' in page
    assert list(Sample.objects.trashed(alice)) == [sample]


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob)

    assert as_alice.get(url(theirs)).status_code == 404
    assert as_alice.post(url(theirs)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.trashed_at is None


def test_allows_no_other_method(as_alice, alice):
    assert as_alice.put(url(make_sample(alice))).status_code == 405
