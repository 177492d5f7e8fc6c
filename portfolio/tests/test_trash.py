from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Sample
from portfolio.tests.factories import make_sample, make_showing

URL = reverse("portfolio:trash")


def put_away(sample, days):
    Sample.objects.filter(pk=sample.pk).update(trashed_at=timezone.now() - timedelta(days=days, hours=1))


def test_shows_what_is_there_and_for_how_long(as_alice, alice):
    kept = make_sample(alice, title="Kept")
    old, older = make_sample(alice, title="Old"), make_sample(alice, title="Older")
    put_away(old, days=9)
    put_away(older, days=29)

    response = as_alice.get(URL)

    assert response.context["rows"] == [(old, 20), (older, 0)]
    page = response.content.decode()
    assert "20 days left" in page
    assert "goes today" in page
    assert kept.title not in page
    assert f'action="{reverse("portfolio:restore", args=[old.pk])}"' in page


def test_shows_notes_of_who_saw_a_sample_that_is_still_there(as_alice, alice):
    gone, sample = make_sample(alice), make_sample(alice, title="Gout")
    make_showing(gone).trash()
    gone.trash()
    make_showing(sample, shown_to="Kept")
    showing = make_showing(sample, shown_to="Lena Vogt")
    showing.trash()

    response = as_alice.get(URL)

    assert response.context["showings"] == [(showing, 29)]
    assert "Saw <bdi>Gout</bdi> on 2 November 2026 · 29 days left" in response.text
    assert f'action="{reverse("portfolio:showing-restore", args=[sample.pk, showing.pk])}"' in response.text
    assert "Nothing here." not in response.text


def test_says_when_it_is_empty(as_alice):
    assert "Nothing here." in as_alice.get(URL).content.decode()


def test_hides_other_peoples_trash(as_alice, bob):
    make_sample(bob).trash()
    make_showing(make_sample(bob)).trash()

    context = as_alice.get(URL).context
    assert (context["rows"], context["showings"]) == ([], [])


def test_is_read_only(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_sample(alice, format=f"format_{n}").trash()
        make_showing(make_sample(alice)).trash()
    with django_assert_num_queries(6):
        as_alice.get(URL)
