"""Which steps of the path a piece of earlier work counts towards."""

from collections.abc import Iterable
from typing import NamedTuple

from milestones.models import Milestone, PriorWork, Requirement, Step
from milestones.readers import STATUSES


class Use(NamedTuple):
    """A step that asks for a sample of this sort, and whether it counts as it stands or is a start only."""

    step: Step
    counts: bool


def uses_of(work: PriorWork, path: Iterable[Milestone]) -> list[Use]:
    """The steps that `work` counts towards; those for which it is a start stand last."""
    steps = (step for milestone in path for step in milestone.steps.all())
    asked = [(step, requirement) for step in steps for requirement in step.requirements.all()]
    uses = [
        Use(step, _is_enough(work, requirement)) for step, requirement in asked if _fits(work, requirement)
    ]
    return sorted(uses, key=lambda use: not use.counts)


def _fits(work: PriorWork, requirement: Requirement) -> bool:
    if requirement.kind != Requirement.Kind.SAMPLE:
        return False
    # Anything is a start on what asks for any format: that is no news.
    is_any = requirement.format_id is None and _is_enough(work, requirement)
    return is_any or requirement.format_id == work.format_id


def _is_enough(work: PriorWork, requirement: Requirement) -> bool:
    return _status(work.status) >= _status(requirement.status)


def _status(status: str) -> int:
    return next((place for place, known in enumerate(STATUSES) if known == status), -1)
