from datetime import date

import pytest
from django.core.exceptions import ValidationError

from milestones.models import (
    CheckItem,
    CheckMark,
    Milestone,
    Objective,
    Requirement,
    Resource,
    ResourceRead,
    SeedRecord,
    Step,
    StepProgress,
)

FIRST, LATER = date(2026, 11, 1), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("guidance", "gist"),
    [
        ("Choose a topic. Open one activity. Then stop.", "Choose a topic. Open one activity."),
        (
            "Find a request for proposals that a company has published for education. Read it.",
            "Find a request for proposals that a company has published for education.",
        ),
        (
            "Open [the **show** page](https://example.org/a.b). Then *listen*.",
            "Open the show page. Then listen.",
        ),
        ("One line\nbroken in two.\n\nA second paragraph.", "One line broken in two."),
        ("", ""),
    ],
)
def test_gist_of_a_step(guidance, gist):
    assert Step(guidance=guidance).gist == gist


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (45, 45, "45 min"),
        (30, 45, "30–45 min"),
        (120, 120, "2 h"),
        (480, 720, "8–12 h"),
        (90, 150, "1.5–2.5 h"),
    ],
)
def test_time_needed(least, most, words):
    assert Step(minutes_least=least, minutes_most=most).time_needed == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (90, 1), (800, 4)])
def test_lesson_minutes(words, minutes):
    assert Milestone(lesson="word " * words).lesson_minutes == minutes


def test_words_of_a_note():
    assert StepProgress(note="one  two\n\nthree ").words == 3


def test_declaring_twice_keeps_the_first_day(alice):
    from milestones.tests.factories import make_progress, make_step

    progress = make_progress(alice, make_step())
    progress.close(FIRST, 2, is_self_declared=True)
    progress.close(LATER, 3)

    progress.refresh_from_db()
    assert (progress.completed_on, progress.is_self_declared) == (FIRST, True)
    assert progress.revision_seen == 2


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "note", "status": "ready"}, ["status"]),
        ({"kind": "sample"}, ["status"]),
        ({"kind": "interaction"}, ["interaction_kind"]),
        ({"kind": "opportunity"}, ["stage"]),
        ({"kind": "org", "count": 2, "distinct_kinds": 3}, ["distinct_kinds"]),
        ({"kind": "check", "stage": "landed", "level": 3}, ["level", "stage"]),
        ({"kind": "note", "count": 2001}, ["count"]),
        ({"kind": "contact", "count": 201}, ["count"]),
        ({"kind": "quiz", "count": 2}, ["count"]),
        ({"kind": "rate", "count": 13}, ["count"]),
    ],
)
def test_senseless_requirements_are_refused(fields, wrong):
    with pytest.raises(ValidationError) as caught:
        Requirement(**fields).clean()

    assert sorted(caught.value.message_dict) == wrong


def test_rows_say_what_they_are():
    step, item, resource = Step(title="Map"), CheckItem(text="Gap"), Resource(title="Toolkit")

    assert str(Milestone(title="Formats")) == "Formats"
    assert str(Objective(text="Name eight")) == "Name eight"
    assert str(SeedRecord(key="step/map")) == "step/map"
    assert str(CheckMark(item=item)) == "Gap"
    assert str(ResourceRead(resource=resource)) == "Toolkit"
    assert str(StepProgress(step=step)) == "Map: open"
    assert str(StepProgress(step=step, completed_on=FIRST)) == "Map: closed"
    assert str(Requirement(kind="org", count=3)) == "Organisations logged: 3"
