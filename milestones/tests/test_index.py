from datetime import date

import pytest
from django.urls import reverse

from milestones.tests.factories import make_milestone, make_progress, make_step

URL = reverse("milestones:index")


def test_shows_the_milestones_in_order_with_their_steps(as_alice, alice):
    second = make_milestone(position=2, title="Second")
    first = make_milestone(position=1, title="First", promise="You can begin.", podcast_at="01:57")
    make_progress(alice, make_step(first), completed_on=date(2026, 11, 1))
    nxt = make_step(first, title="Read the Standards")
    make_step(second)

    response = as_alice.get(URL)

    page = response.content.decode()
    assert page.index("First") < page.index("Second")
    assert "You can begin." in page
    assert "podcast 01:57" in page
    assert "1 of 2 steps closed" in page
    assert '<rect class="bar-fill" width="50"' in page
    assert response.context["path"].next_step.step == nxt


def test_says_complete_calmly(as_alice, alice):
    make_progress(alice, make_step(), completed_on=date(2026, 11, 1))

    page = as_alice.get(URL).content.decode()

    assert '<span class="tag tag-proven">Complete</span>' in page
    assert "Go to your next step" not in page


def test_without_content_says_so(as_alice):
    assert "The milestones have not been written yet." in as_alice.get(URL).content.decode()


def test_hides_other_peoples_progress(as_alice, bob):
    make_progress(bob, make_step(), completed_on=date(2026, 11, 1))

    assert "0 of 1 steps closed" in as_alice.get(URL).content.decode()


def test_strangers_are_sent_to_sign_in(client, db):
    response = client.get(URL)

    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={URL}")


def test_only_reads(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, content, count, django_assert_num_queries):
    for _ in range(count):
        make_step()

    with django_assert_num_queries(15):
        as_alice.get(URL)
