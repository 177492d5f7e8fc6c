"""What the owner does with comments: accept, set aside, decide again, and withdrawing a link."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import ReviewRequest
from portfolio.tests.factories import make_review, make_sample

DECISIONS = ["accept", "set-aside", "reconsider"]


def url(review, deed):
    return reverse(f"portfolio:review-{deed}", args=[review.sample_id, review.pk])


def decided(review):
    review.refresh_from_db()
    return review.accepted_on, review.set_aside_on


@pytest.fixture
def review(alice):
    return make_review(make_sample(alice), ["Clear.", "Shorten it.", "The search."])


def test_accepted_comments_count_as_feedback(as_alice, alice, review):
    response = as_alice.post(url(review, "accept"))

    assert response.url == review.get_absolute_url()
    assert decided(review) == (timezone.localdate(), None)
    assert list(ReviewRequest.objects.for_user(alice).accepted()) == [review]


def test_accepting_can_be_undone_from_the_message(as_alice, review):
    page = as_alice.post(url(review, "accept"), follow=True).content.decode()
    assert f'action="{url(review, "reconsider")}"' in page

    as_alice.post(url(review, "reconsider"))

    assert decided(review) == (None, None)


def test_what_is_set_aside_stays_and_does_not_count(as_alice, alice, review):
    as_alice.post(url(review, "set-aside"))

    assert decided(review) == (None, timezone.localdate())
    assert not ReviewRequest.objects.for_user(alice).accepted().exists()
    assert b"Shorten it." in as_alice.get(review.get_absolute_url()).content


def test_a_later_decision_replaces_the_earlier_one(as_alice, review):
    as_alice.post(url(review, "set-aside"))
    as_alice.post(url(review, "accept"))
    assert decided(review) == (timezone.localdate(), None)

    as_alice.post(url(review, "set-aside"))
    assert decided(review) == (None, timezone.localdate())


@pytest.mark.parametrize(("deed", "field"), [("accept", "accepted_on"), ("set-aside", "set_aside_on")])
def test_deciding_twice_keeps_the_first_day(as_alice, review, deed, field):
    ReviewRequest.objects.update(**{field: "2026-01-02"})

    as_alice.post(url(review, deed))

    review.refresh_from_db()
    assert str(getattr(review, field)) == "2026-01-02"


@pytest.mark.parametrize("deed", DECISIONS)
def test_without_comments_there_is_nothing_to_decide(as_alice, alice, deed):
    waiting = make_review(make_sample(alice))

    assert as_alice.post(url(waiting, deed)).status_code == 404
    assert decided(waiting) == (None, None)


@pytest.mark.parametrize("deed", [*DECISIONS, "withdraw"])
def test_other_peoples_reviews_do_not_exist(as_bob, bob, review, deed):
    ReviewRequest.objects.update(accepted_on="2026-01-02")
    own = make_sample(bob)

    for sample_pk in (review.sample_id, own.pk):
        address = reverse(f"portfolio:review-{deed}", args=[sample_pk, review.pk])
        assert as_bob.post(address).status_code == 404

    review.refresh_from_db()
    assert (str(review.accepted_on), review.set_aside_on, review.withdrawn_on) == ("2026-01-02", None, None)


@pytest.mark.parametrize("deed", [*DECISIONS, "withdraw"])
def test_a_review_is_found_below_its_own_sample_only(as_alice, alice, review, deed):
    address = reverse(f"portfolio:review-{deed}", args=[make_sample(alice).pk, review.pk])

    assert as_alice.post(address).status_code == 404


@pytest.mark.parametrize("deed", [*DECISIONS, "withdraw"])
def test_a_sample_in_the_trash_takes_its_reviews_along(as_alice, review, deed):
    review.sample.trash()

    assert as_alice.post(url(review, deed)).status_code == 404


@pytest.mark.parametrize("deed", DECISIONS)
def test_decisions_are_only_posted(as_alice, review, deed):
    assert as_alice.get(url(review, deed)).status_code == 405


def test_a_withdrawn_link_is_dead_at_once(as_alice, client, alice):
    waiting = make_review(make_sample(alice, external_url="https://example.org/gout"))
    assert client.get(waiting.public_url).status_code == 200
    assert (
        "Withdraw the link for <bdi>Lena Brandt</bdi>?"
        in as_alice.get(url(waiting, "withdraw")).content.decode()
    )

    as_alice.post(url(waiting, "withdraw"))

    assert client.get(waiting.public_url).status_code == 404
    assert client.post(waiting.public_url, {"comment_1": "Too late."}).status_code == 404


def test_withdrawing_twice_keeps_the_first_day_and_the_comments(as_alice, review):
    ReviewRequest.objects.update(withdrawn_on="2026-01-02")

    as_alice.post(url(review, "withdraw"))

    review.refresh_from_db()
    assert str(review.withdrawn_on) == "2026-01-02"
    assert review.comments.count() == 3
    assert b"Shorten it." in as_alice.get(review.get_absolute_url()).content
