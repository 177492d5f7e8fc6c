from datetime import date, timedelta

import pytest

from networking.due_words import due_words, is_due, quiet_words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "words", "due"),
    [
        (-2, "2 days overdue", True),
        (-1, "1 day overdue", True),
        (0, "today", True),
        (1, "tomorrow", False),
        (5, "in 5 days", False),
    ],
)
def test_says_when(days, words, due):
    on = TODAY + timedelta(days)

    assert (due_words(on, TODAY), is_due(on, TODAY)) == (words, due)


def test_nothing_planned_is_nothing_said():
    assert (due_words(None, TODAY), is_due(None, TODAY)) == ("", False)


@pytest.mark.parametrize(
    ("days", "words"),
    [(12, "quiet 12 days"), (1, "quiet 1 day"), (0, "in touch today"), (-1, "in touch today")],
)
def test_says_how_long_it_has_been_quiet(days, words):
    assert quiet_words(TODAY - timedelta(days), TODAY) == words


def test_says_when_there_was_no_touch():
    assert quiet_words(None, TODAY) == "no touch yet"
