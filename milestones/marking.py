"""Marks a quiz: what was chosen, what is best, and whether it passes."""

from collections.abc import Iterable
from typing import TypedDict

from milestones.models import Choice, Question

# Four of five, of domain.md: with more or fewer questions the same share.
PASS_AT = (4, 5)


class Answer(TypedDict):
    """One marked question as the attempt keeps it: in its own words, which later edits leave alone."""

    key: str
    text: str
    chosen: str
    best: str
    is_right: bool
    rationale: str
    lesson_heading: str


def mark(chosen: Iterable[tuple[Question, Choice]]) -> list[Answer]:
    """Each answer beside the best one, with its rationale."""
    return [
        {
            "key": question.key,
            "text": question.text,
            "chosen": choice.text,
            "best": next((c.text for c in question.choices.all() if c.is_best), ""),
            "is_right": choice.is_best,
            "rationale": question.rationale,
            "lesson_heading": question.lesson_heading,
        }
        for question, choice in chosen
    ]


def passes(correct: int, total: int) -> bool:
    """Whether so many right answers are enough. A quiz without questions cannot be passed."""
    needed, of = PASS_AT
    return total > 0 and correct * of >= total * needed


def needed(total: int) -> int:
    """How many right answers pass a quiz of `total` questions."""
    return next(n for n in range(total + 1) if passes(n, total)) if total else 0
