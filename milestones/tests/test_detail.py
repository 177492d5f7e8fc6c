from datetime import date

import pytest

from milestones.models import ResourceRead
from milestones.standing import Path
from milestones.tests.factories import (
    make_milestone,
    make_objective,
    make_progress,
    make_requirement,
    make_resource,
    make_step,
)
from milestones.views import path
from networking.tests.factories import make_organisation


@pytest.fixture
def milestone(db):
    return make_milestone(
        title="Formats",
        podcast_at="05:27",
        promise="You can name them.",
        why="Clients buy **deliverables**.",
        lesson="## Parts\n\n<script>alert(1)</script>",
        mistakes="- Starting too long",
    )


def test_shows_everything_about_the_milestone(as_alice, milestone):
    make_milestone(position=0, title="The one before")
    make_milestone(position=9999, title="The one after")
    make_objective(milestone, text="Name eight formats")
    make_resource(milestone, title="Worst practices", publisher="Almanac", kind="article")
    step = make_requirement(make_step(milestone, title="Map it", minutes_most=45), kind="org", count=2).step

    page = as_alice.get(milestone.get_absolute_url()).content.decode()

    for words in (
        "milestone 2 of 3 · podcast 05:27",
        "You can name them.",
        "Clients buy <strong>deliverables</strong>.",
        '<h3 id="part-parts">Parts</h3>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "Name eight formats",
        "Almanac · article",
        "Starting too long",
        "2 organisations logged",
        "30–45 min",
        step.get_absolute_url(),
        "The one before",
        "The one after",
    ):
        assert words in page
    assert "Add an organisation" in page


def test_lesson_is_open_for_newcomers_and_folded_once_under_way(as_alice, alice, milestone):
    make_requirement(make_step(milestone), kind="org", count=2)
    url = milestone.get_absolute_url()

    fresh = as_alice.get(url).content.decode()
    make_organisation(alice)
    begun = as_alice.get(url).content.decode()

    assert '<details class="card lesson" open>' in fresh
    assert '<details class="card lesson">' in begun


def test_names_the_records_that_count(as_alice, alice, milestone):
    make_requirement(make_step(milestone), kind="org")
    make_organisation(alice, name="<i>Northfield</i>")

    page = as_alice.get(milestone.get_absolute_url()).content.decode()

    assert "<bdi>&lt;i&gt;Northfield&lt;/i&gt;</bdi>" in page
    assert "Add an organisation" not in page


def test_says_complete_and_what_comes_next(as_alice, alice, milestone):
    make_milestone(position=9999, title="The one after")
    make_progress(alice, make_step(milestone), completed_on=date(2026, 11, 1))

    page = as_alice.get(milestone.get_absolute_url()).content.decode()

    assert "This milestone is complete." in page
    assert "Start the first step" not in page


def test_tells_how_steps_came_to_be_closed(as_alice, alice, milestone):
    declared, gone, unread = (
        make_requirement(make_step(milestone), kind=kind).step for kind in ("org", "org", "quality")
    )
    make_progress(alice, declared).close(date(2026, 11, 1), 1, is_self_declared=True)
    make_progress(alice, gone, completed_on=date(2026, 11, 2))

    page = as_alice.get(milestone.get_absolute_url()).content.decode()

    assert "Closed on your word on 1 November 2026." in page
    assert "Closed on 2 November 2026, and not everything it asks for is there now." in page
    assert unread.title in page


def test_marks_what_has_been_read(as_alice, alice, bob, milestone):
    mine, theirs = make_resource(milestone), make_resource(milestone)
    ResourceRead.objects.create(owner=alice, resource=mine)
    ResourceRead.objects.create(owner=bob, resource=theirs)

    response = as_alice.get(milestone.get_absolute_url())

    page = response.content.decode()
    assert f'action="{mine.unread_url}"' in page
    assert f'action="{theirs.read_url}"' in page
    assert response.context["read"] == {mine.pk}


def test_unknown_milestone_is_404(as_alice, milestone):
    assert as_alice.get("/path/nowhere/").status_code == 404


def test_milestone_deleted_meanwhile_is_404(as_alice, milestone, monkeypatch):
    monkeypatch.setattr(path, "evaluate", lambda user, outline: Path(()))

    assert as_alice.get(milestone.get_absolute_url()).status_code == 404


def test_only_reads(as_alice, milestone):
    assert as_alice.post(milestone.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, milestone, content, count, django_assert_num_queries):
    for _ in range(count):
        make_requirement(make_step(milestone), kind="org")
        make_resource(milestone)
        make_objective(milestone)

    with django_assert_num_queries(19):
        as_alice.get(milestone.get_absolute_url())
