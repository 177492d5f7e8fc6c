"""Content made in a line, for this app's tests and others'. What is made is published at once."""

from datetime import date
from itertools import count

from milestones.models import (
    CheckItem,
    Choice,
    Competency,
    CompetencyGroup,
    Milestone,
    Objective,
    Publication,
    Question,
    QuizAttempt,
    Rating,
    Requirement,
    Resource,
    Step,
    StepProgress,
)
from milestones.publishing import working_copy

_numbers = count(1)


def show(milestone: Milestone) -> None:
    """Let people see the milestone as it stands, without another version of it."""
    content = working_copy(milestone)
    if not Publication.objects.current().filter(milestone=milestone).update(content=content):
        Publication.objects.create(milestone=milestone, number=1, content=content)


def make_milestone(**fields) -> Milestone:
    n = next(_numbers)
    defaults = {
        "slug": f"milestone-{n}",
        "position": n,
        "title": f"Milestone {n}",
        "promise": "You can do it.",
        "why": "Because it matters.",
        "lesson": "## How\n\nLike this.",
    }
    milestone = Milestone.objects.create(**{**defaults, **fields})
    show(milestone)
    return milestone


def make_objective(milestone: Milestone, **fields) -> Objective:
    objective = Objective.objects.create(milestone=milestone, **{"text": "Describe the field", **fields})
    show(milestone)
    return objective


def make_step(milestone: Milestone | None = None, **fields) -> Step:
    n = next(_numbers)
    defaults = {"key": f"step-{n}", "title": f"Step {n}", "guidance": "Do it well. Then rest.", "position": n}
    step = Step.objects.create(milestone=milestone or make_milestone(), **{**defaults, **fields})
    show(step.milestone)
    return step


def make_requirement(step: Step | None = None, **fields) -> Requirement:
    n = next(_numbers)
    defaults = {"kind": Requirement.Kind.NOTE, "count": 1, "position": n}
    requirement = Requirement(step=step or make_step(), **{**defaults, **fields})
    requirement.full_clean()
    requirement.save()
    show(requirement.step.milestone)
    return requirement


def make_check_item(step: Step, **fields) -> CheckItem:
    item = CheckItem.objects.create(step=step, **{"text": "The disclosures", **fields})
    show(step.milestone)
    return item


def make_resource(milestone: Milestone, **fields) -> Resource:
    defaults = {
        "title": "The Standards",
        "publisher": "ACCME",
        "kind": "standard",
        "url": "https://example.org/",
    }
    resource = Resource.objects.create(milestone=milestone, **{**defaults, **fields})
    show(milestone)
    return resource


def make_question(milestone: Milestone, choices=("One", "Three", "Two"), best="Two", **fields) -> Question:
    n = next(_numbers)
    defaults = {"key": f"question-{n}", "text": "How many?", "rationale": "Two, by counting.", "position": n}
    question = Question.objects.create(milestone=milestone, **{**defaults, **fields})
    Choice.objects.bulk_create(
        Choice(question=question, position=place, text=text, is_best=text == best)
        for place, text in enumerate(choices, start=1)
    )
    show(milestone)
    return question


def make_attempt(owner, milestone: Milestone, **fields) -> QuizAttempt:
    defaults = {"correct": 4, "total": 5, "is_passed": True, "answers": []}
    return QuizAttempt.objects.create(owner=owner, milestone=milestone, **{**defaults, **fields})


def make_competency(**fields) -> Competency:
    n = next(_numbers)
    group, _ = CompetencyGroup.objects.get_or_create(key="foundations", defaults={"title": "Foundations"})
    anchors = {f"anchor_{level}": f"What level {level} looks like" for level in range(5)}
    defaults = {
        "key": f"competency-{n}",
        "title": f"Competency {n}",
        "description": "A skill.",
        "position": n,
    }
    return Competency.objects.create(**{"group": group, **anchors, **defaults, **fields})


def make_rating(owner, competency: Competency, **fields) -> Rating:
    defaults = {"level": 2, "evidence": "A course", "rated_on": date(2026, 9, 1)}
    return Rating.objects.create(owner=owner, competency=competency, **{**defaults, **fields})


def make_progress(owner, step: Step, **fields) -> StepProgress:
    return StepProgress.objects.create(owner=owner, step=step, **fields)
