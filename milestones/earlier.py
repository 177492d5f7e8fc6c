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
    asked = (
        Use(step, _status(work.status) >= _status(requirement.status))
        for milestone in path
        for step in milestone.steps.all()
        for requirement in step.requirements.all()
        if requirement.kind == Requirement.Kind.SAMPLE and requirement.format_id in (None, work.format_id)
    )
    return sorted(asked, key=lambda use: not use.counts)


def _status(status: str) -> int:
    return next((place for place, known in enumerate(STATUSES) if known == status), -1)
