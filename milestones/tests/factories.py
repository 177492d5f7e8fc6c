"""Content made in a line, for this app's tests and others'."""

from itertools import count

from milestones.models import CheckItem, Milestone, Objective, Requirement, Resource, Step, StepProgress

_numbers = count(1)


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
    return Milestone.objects.create(**{**defaults, **fields})


def make_objective(milestone: Milestone, **fields) -> Objective:
    return Objective.objects.create(milestone=milestone, **{"text": "Describe the field", **fields})


def make_step(milestone: Milestone | None = None, **fields) -> Step:
    n = next(_numbers)
    defaults = {"key": f"step-{n}", "title": f"Step {n}", "guidance": "Do it well. Then rest.", "position": n}
    return Step.objects.create(milestone=milestone or make_milestone(), **{**defaults, **fields})


def make_requirement(step: Step | None = None, **fields) -> Requirement:
    n = next(_numbers)
    defaults = {"kind": Requirement.Kind.NOTE, "count": 1, "position": n}
    requirement = Requirement(step=step or make_step(), **{**defaults, **fields})
    requirement.full_clean()
    requirement.save()
    return requirement


def make_check_item(step: Step, **fields) -> CheckItem:
    return CheckItem.objects.create(step=step, **{"text": "The disclosures", **fields})


def make_resource(milestone: Milestone, **fields) -> Resource:
    defaults = {
        "title": "The Standards",
        "publisher": "ACCME",
        "kind": "standard",
        "url": "https://example.org/",
    }
    return Resource.objects.create(milestone=milestone, **{**defaults, **fields})


def make_progress(owner, step: Step, **fields) -> StepProgress:
    return StepProgress.objects.create(owner=owner, step=step, **fields)
