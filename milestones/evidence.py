"""Reads where a person stands on the path from their own records. Nothing here writes."""

from collections.abc import Iterable

from accounts.models import User
from milestones.asked import RequirementState
from milestones.models import Milestone, Requirement, Step
from milestones.publishing import published_path
from milestones.readers import READERS, Reading
from milestones.records import Records
from milestones.standing import MilestoneState, Path, QuizState, StepState


def evaluate(user: User, milestones: Iterable[Milestone] | None = None) -> Path:
    """Read where `user` stands, in a fixed number of queries however much they have logged.

    On the published path, or on the `milestones` given, which a preview uses.
    """
    records = Records(user)
    outline = published_path() if milestones is None else milestones
    states = tuple(_milestone_state(milestone, records) for milestone in outline)
    on_the_path = {state.step.pk for milestone in states for state in milestone.steps}
    past = (row for pk, row in records.progress.items() if pk not in on_the_path)
    return Path(states, tuple(past))


def _milestone_state(milestone: Milestone, records: Records) -> MilestoneState:
    steps = tuple(_step_state(step, records) for step in milestone.steps.all())
    questions = len(milestone.questions.all())
    if not questions:
        return MilestoneState(milestone, steps)
    quiz = QuizState(questions, records.quiz_best.get(milestone.pk), milestone.pk in records.quiz_passed)
    return MilestoneState(milestone, steps, quiz)


def _step_state(step: Step, records: Records) -> StepState:
    readings = [(r, _read(r, records)) for r in step.requirements.all()]
    met = {r.alternative for r, reading in readings if r.alternative and reading.is_met}
    states = []
    before = None
    for requirement, reading in readings:
        choice = requirement.alternative
        is_spare = choice in met and not reading.is_met
        is_other = choice is not None and choice == before
        states.append(RequirementState(requirement, reading, is_spare, is_other))
        before = choice
    return StepState(step, tuple(states), records.progress.get(step.pk))


def _read(requirement: Requirement, records: Records) -> Reading:
    # What an editor renames is renamed at once; only its place in the step waits for publishing.
    requirement.format = records.formats.get(requirement.format_id)
    requirement.competency = records.competencies.get(requirement.competency_id)
    return READERS[requirement.kind](requirement, records)
