import pytest
from django.urls import reverse

from portfolio.tests.factories import make_sample


def url(sample):
    return reverse("portfolio:move", args=[sample.pk])


def test_changes_the_status(as_alice, alice):
    sample = make_sample(alice, title="Gout", status="draft")

    response = as_alice.post(url(sample), {"status": "in_review"}, follow=True)

    sample.refresh_from_db()
    assert (sample.status, sample.revision) == ("in_review", 1)
    assert "“Gout” is now: in review." in response.content.decode()


@pytest.mark.parametrize("status", ["", "finished", "\0", "x" * 100_000])
def test_nonsense_changes_nothing(as_alice, alice, status):
    sample = make_sample(alice, status="draft")

    response = as_alice.post(url(sample), {"status": status}, follow=True)

    assert "Choose one of the five states." in response.content.decode()
    sample.refresh_from_db()
    assert (sample.status, sample.revision) == ("draft", 0)


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob, status="draft")

    assert as_alice.post(url(theirs), {"status": "ready"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == "draft"


def test_needs_a_post(as_alice, alice):
    assert as_alice.get(url(make_sample(alice))).status_code == 405
