"""Two requests at once on one review: what the second one reads must still be true when it writes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cmetrack.tests.at_once import closing, until_it_waits, while_open
from portfolio.models import Sample
from portfolio.reviewing import keep_comments
from portfolio.tests.factories import make_review, make_sample, make_sample_file

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite’s own lock: one writer at a time"),
    pytest.mark.django_db(transaction=True),
]
TODAY = timezone.localdate()


@pytest.fixture
def review(alice):
    return make_review(make_sample(alice, external_url="https://example.org/"))


def test_of_two_sendings_at_once_one_counts(review):
    def send():
        return Client().post(review.public_url, {"comment_1": "Second."})

    answer = while_open(lambda: keep_comments(review, {1: "First."}, TODAY), send)

    assert answer.status_code == 409
    assert [comment.text for comment in review.comments.all()] == ["First."]


def test_nothing_is_sent_through_a_link_that_goes(review):
    def send():
        return Client().post(review.public_url, {"comment_1": "Too late."})

    answer = while_open(lambda: review.withdraw(TODAY), send)

    assert answer.status_code == 404
    assert not review.comments.exists()


def test_nobody_is_asked_about_a_sample_that_goes(as_alice, review):
    address = reverse("portfolio:review-create", args=[review.sample_id])
    data = {"reader": "Samuel", "expires_on": TODAY}

    answer = while_open(review.sample.trash, lambda: as_alice.post(address, data))

    assert answer.status_code == 404
    assert review.sample.review_requests.count() == 1


def test_a_first_visit_and_a_version_that_goes_do_not_wait_for_each_other_for_ever(alice):
    sample = make_sample(alice, permission="granted_private")
    file = make_sample_file(sample)
    review = make_review(sample, file=file)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Sample.objects.select_for_update().get()
            visit = pool.submit(closing(lambda: Client().get(review.public_url)))
            until_it_waits(visit)
            file.remove()
        assert visit.result().status_code == 200

    assert sample.private_showings.get().shown_to == review.reader
