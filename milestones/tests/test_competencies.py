from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.evidence import evaluate
from milestones.levels import picture, standings
from milestones.models import Focus, Rating
from milestones.tests.factories import make_competency, make_rating, make_requirement

OVERVIEW = "/path/competencies/"
LONG_AGO = date(2026, 3, 1)


@pytest.fixture
def competency(db):
    return make_competency(title="Adult learning", ready_level=3, raise_it="Plan **backward**.")


def test_shows_where_a_person_stands_in_words_and_as_a_picture(as_alice, alice, bob, competency):
    make_rating(alice, competency, level=1, rated_on=LONG_AGO)
    make_rating(alice, competency, level=3, rated_on=date(2026, 9, 1))
    make_rating(bob, competency, level=4)
    make_competency(title="Appraisal")

    page = as_alice.get(OVERVIEW).content.decode()

    assert "1 of 2 rated" in page
    assert "1 of 2 at the line for a first project" in page
    for column, words in (
        ("Now", "3, ready for a paid first project"),
        ("First rating", "1, aware (up 2)"),
        ("Line", '<span>3 <span class="tag tag-proven">At the line</span></span>'),
    ):
        assert f'<td data-label="{column}">{words}</td>' in page
    assert "Adult learning: 3, ready for a paid first project; Appraisal: not rated" in page
    assert 'role="img"' in page


def test_invites_when_nothing_is_rated(as_alice, competency):
    page = as_alice.get(OVERVIEW).content.decode()

    assert "0 of 1 rated" in page
    assert f'href="{competency.get_absolute_url()}">Begin' in page
    assert '<svg class="levels"' not in page


def test_the_picture_says_what_the_numbers_say(alice, competency):
    make_rating(alice, competency, level=1, rated_on=LONG_AGO)
    make_rating(alice, competency, level=4, rated_on=date(2026, 9, 1))
    make_competency()

    first, second = picture(standings(alice)).bars

    assert (first.now, first.first, first.line) == (320, 80, 240)
    assert (second.now, second.first, second.top - first.top) == (None, None, 38)


def test_level_nought_is_a_level(alice, competency):
    make_rating(alice, competency, level=0)

    bar = picture(standings(alice)).bars[0]

    assert (bar.now, bar.standing.is_rated, bar.standing.now) == (0, True, "0, not started")


def test_retired_competencies_are_gone_and_their_ratings_kept(as_alice, alice, competency):
    rating = make_rating(alice, competency)
    competency.retired_on = LONG_AGO
    competency.save()

    assert "Adult learning" not in as_alice.get(OVERVIEW).content.decode()
    assert as_alice.get(competency.get_absolute_url()).status_code == 404
    assert Rating.objects.get() == rating


def test_rates_with_the_anchors_in_view_and_goes_to_the_next(as_alice, alice, competency):
    after = make_competency()

    page = as_alice.get(competency.get_absolute_url()).content.decode()
    response = as_alice.post(competency.get_absolute_url(), {"level": 2, "evidence": "My first case"})

    rating = Rating.objects.get()
    assert all(f"What level {level} looks like" in page for level in range(5))
    assert response["Location"] == after.get_absolute_url()
    assert (rating.owner, rating.level, rating.evidence) == (alice, 2, "My first case")
    assert rating.rated_on == timezone.localdate()


def test_the_last_one_leads_back_to_all(as_alice, competency):
    assert as_alice.post(competency.get_absolute_url(), {"level": 0})["Location"] == OVERVIEW


def test_a_second_rating_on_the_same_day_corrects_the_first(as_alice, alice, competency):
    earlier = make_rating(alice, competency, level=1, rated_on=LONG_AGO)
    as_alice.post(competency.get_absolute_url(), {"level": 2})
    as_alice.post(competency.get_absolute_url(), {"level": 3})

    assert [(r.rated_on, r.level) for r in Rating.objects.all()] == [
        (earlier.rated_on, 1),
        (timezone.localdate(), 3),
    ]


def test_shows_the_history(as_alice, alice, bob, competency):
    make_rating(alice, competency, level=1, rated_on=LONG_AGO, evidence="A course")
    make_rating(bob, competency, evidence="Bob’s secret")

    page = as_alice.get(competency.get_absolute_url()).content.decode()

    assert "1 March 2026" in page
    assert "A course" in page
    assert "Bob’s secret" not in page


@pytest.mark.parametrize("level", ["7", "-1", "", "two", "99999999999999999999"])
def test_a_level_off_the_scale_is_refused(as_alice, competency, level):
    response = as_alice.post(competency.get_absolute_url(), {"level": level, "evidence": "Kept as typed"})

    page = response.content.decode()
    assert response.status_code == 422
    assert ("Choose a level from 0 to 4." in page) or ("Choose a level." in page)
    assert "Kept as typed" in page
    assert not Rating.objects.exists()


def test_chooses_three_to_raise(as_alice, alice, bob, competency):
    others = [make_competency() for _ in range(2)]
    theirs = Focus.objects.create(owner=bob, competency=competency, chosen_on=LONG_AGO)

    as_alice.post(reverse("milestones:focus"), {"competencies": [competency.pk, *(row.pk for row in others)]})

    assert Focus.objects.for_user(alice).count() == 3
    assert Focus.objects.for_user(bob).get() == theirs
    page = as_alice.get(OVERVIEW).content.decode()
    assert "Plan <strong>backward</strong>." in page


def test_a_fourth_is_refused_and_nothing_changes(as_alice, alice):
    rows = [make_competency() for _ in range(4)]

    response = as_alice.post(reverse("milestones:focus"), {"competencies": [row.pk for row in rows]})

    assert response.status_code == 422
    assert "Choose 3 at most" in response.content.decode()
    assert not Focus.objects.exists()


@pytest.mark.parametrize("odd", ["x", "999999", "99999999999999999999"])
def test_odd_choices_are_refused(as_alice, competency, odd):
    assert as_alice.post(reverse("milestones:focus"), {"competencies": [odd]}).status_code == 422


def test_what_stays_chosen_keeps_its_day(as_alice, alice, competency):
    kept = Focus.objects.create(owner=alice, competency=competency, chosen_on=LONG_AGO)
    dropped = Focus.objects.create(owner=alice, competency=make_competency(), chosen_on=LONG_AGO)
    new = make_competency()

    as_alice.post(reverse("milestones:focus"), {"competencies": [competency.pk, new.pk]})

    rows = Focus.objects.for_user(alice)
    assert {row.competency_id: row.chosen_on for row in rows} == {
        kept.competency_id: LONG_AGO,
        new.pk: timezone.localdate(),
    }
    assert not rows.filter(pk=dropped.pk).exists()


@pytest.mark.parametrize(("days", "is_asked"), [(41, False), (42, True), (56, True)])
def test_asks_to_look_again_after_six_weeks(as_alice, alice, competency, days, is_asked):
    chosen_on = timezone.localdate() - timedelta(days=days)
    Focus.objects.create(owner=alice, competency=competency, chosen_on=chosen_on)

    assert ("Time to look again" in as_alice.get(OVERVIEW).content.decode()) is is_asked


def test_asks_no_more_once_it_was_rated_again(as_alice, alice, competency):
    today = timezone.localdate()
    Focus.objects.create(owner=alice, competency=competency, chosen_on=today - timedelta(days=60))
    make_rating(alice, competency, rated_on=today - timedelta(days=10))

    assert "Time to look again" not in as_alice.get(OVERVIEW).content.decode()


def test_rating_closes_the_step_that_asks_for_it(as_alice, alice, competency):
    make_requirement(kind="rate", competency=competency, level=3)

    as_alice.post(competency.get_absolute_url(), {"level": 2})
    assert evaluate(alice).steps[0].closed_on is None
    response = as_alice.post(competency.get_absolute_url(), {"level": 3}, follow=True)

    assert "Step closed" in response.content.decode()
    assert evaluate(alice).steps[0].closed_on == timezone.localdate()


@pytest.mark.parametrize("count", [1, 13])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for _ in range(count):
        make_rating(alice, make_competency())

    with django_assert_num_queries(7):
        as_alice.get(OVERVIEW)
