"""What would be wrong for people if a working copy were published as it stands."""

from collections import Counter
from collections.abc import Iterator

from cmetrack.markdown import headings
from milestones.models import Milestone, Question, Requirement, Step

Kind = Requirement.Kind
FEWEST_CHOICES = 2


def problems(milestone: Milestone) -> list[str]:
    """What has to be mended first, each in a sentence; `milestone` has everything below it."""
    found = [problem for step in milestone.steps.all() for problem in _of_step(milestone, step)]
    parts = set(headings(milestone.lesson))
    found += [problem for question in milestone.questions.all() for problem in _of_question(question, parts)]
    return found


def _of_step(milestone: Milestone, step: Step) -> Iterator[str]:
    offered = {
        Kind.CHECK: (len(step.check_items.all()), "items on its checklist"),
        Kind.RESOURCE: (len(milestone.resources.all()), "resources in the milestone"),
        Kind.QUIZ: (min(len(milestone.questions.all()), 1), "questions in the quiz"),
    }
    requirements = list(step.requirements.all())
    for requirement in requirements:
        there, what = offered.get(Kind(requirement.kind), (requirement.count, ""))
        if requirement.count > there:
            asked = f"asks for {requirement.count}, and there are {there or 'no'} {what}"
            yield f"Step “{step}” {asked}."
        if requirement.competency and requirement.competency.retired_on:
            yield f"Step “{step}” asks for a rating of “{requirement.competency}”, which is retired."
    shared = Counter(r.alternative for r in requirements if r.alternative)
    for number, times in shared.items():
        if times == 1:
            yield f"Step “{step}” has only one requirement with the alternative number {number}."


def _of_question(question: Question, parts: set[str]) -> Iterator[str]:
    choices = list(question.choices.all())
    if len(choices) < FEWEST_CHOICES:
        yield f"Question “{question}” needs at least {FEWEST_CHOICES} choices."
    if sum(choice.is_best for choice in choices) != 1:
        yield f"Question “{question}” needs exactly one best answer."
    if question.lesson_heading and question.lesson_heading not in parts:
        named = f"names the heading “{question.lesson_heading}”"
        yield f"Question “{question}” {named}, which the lesson does not have."
