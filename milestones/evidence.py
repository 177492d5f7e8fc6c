"""Where a person stands on the path, read from their own records. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.models import User
from milestones import wording
from milestones.models import Milestone, Requirement, Step, StepProgress
from milestones.readers import READERS, Reading
from milestones.records import Proof, Records


@dataclass(frozen=True)
class RequirementState:
    """One thing a step asks for, and what there is of it."""

    requirement: Requirement
    reading: Reading | None
    # Another requirement of the same alternative is met, so this one need not be.
    is_spare: bool = False
    # Reads as “or …” after the one before it.
    is_other_choice: bool = False

    @property
    def label(self) -> str:
        """What is asked for: “3 organisations logged”."""
        return wording.label(self.requirement)

    @property
    def is_readable(self) -> bool:
        return self.reading is not None

    @property
    def is_met(self) -> bool:
        return self.reading is not None and self.reading.is_met

    @property
    def wanted(self) -> int:
        return self.requirement.count

    @property
    def have(self) -> int:
        return self.reading.have if self.reading else 0

    @property
    def proof(self) -> tuple[Proof, ...]:
        """The newest records that count, by name."""
        return self.reading.proof if self.reading else ()

    @property
    def unnamed(self) -> int:
        """How many more count than are named."""
        return max(self.have - len(self.proof), 0) if self.proof and self.is_met else 0

    @property
    def near(self) -> Proof | None:
        """A record that would count if it were finished."""
        return self.reading.near if self.reading else None

    @property
    def detail(self) -> str:
        """What there is in words: “142 words”, “1 of 3”, “none yet”."""
        return self.reading.detail if self.reading else ""

    @property
    def look(self) -> str:
        """How its tag is coloured; the words beside it say the same."""
        if self.is_met:
            return "proven"
        return "draft" if self.have or self.near else "muted"

    @property
    def missing_url(self) -> str:
        """Where the missing piece is made, empty when nothing is missing."""
        return self.reading.missing.url if self.reading and self._is_missing else ""

    @property
    def missing_label(self) -> str:
        return self.reading.missing.label if self.reading and self._is_missing else ""

    @property
    def _is_missing(self) -> bool:
        return not self.is_met and not self.is_spare


@dataclass(frozen=True)
class StepState:
    """One step: what it asks for, what there is, and whether it is closed."""

    step: Step
    requirements: tuple[RequirementState, ...]
    progress: StepProgress | None

    @property
    def closed_on(self) -> date | None:
        """The day the step closed, None while it is open or only just met."""
        return self.progress.completed_on if self.progress else None

    @property
    def is_met_now(self) -> bool:
        """Whether the evidence alone closes the step: all of it, or one of each alternative."""
        return bool(self.requirements) and all(r.is_met or r.is_spare for r in self.requirements)

    @property
    def is_closed(self) -> bool:
        # What was logged elsewhere closes a step at once, even before the day is recorded.
        return self.closed_on is not None or self.is_met_now

    @property
    def is_self_declared(self) -> bool:
        """Closed by the person's word, and no evidence has come since."""
        return self.progress is not None and self.progress.is_self_declared and not self.is_met_now

    @property
    def evidence_gone(self) -> bool:
        """Closed by evidence once, and not all that it asks for is there now."""
        return self.closed_on is not None and not self.is_self_declared and not self.is_met_now

    @property
    def may_reopen(self) -> bool:
        """Only what evidence does not hold closed can be opened again."""
        return self.is_self_declared or self.evidence_gone

    @property
    def needs_your_word(self) -> bool:
        """Some of it can't be read from records, so only “I have done this” closes the step."""
        return not self.is_closed and any(not (r.is_readable or r.is_spare) for r in self.requirements)

    @property
    def words_asked(self) -> int:
        """How many words of notes it asks for, 0 for none."""
        return sum(r.wanted for r in self.requirements if r.requirement.kind == Requirement.Kind.NOTE)

    @property
    def to_log(self) -> RequirementState | None:
        """The first missing piece that is made on another page."""
        here = (Requirement.Kind.NOTE, Requirement.Kind.CHECK)
        missing = (r for r in self.requirements if r.missing_label and r.requirement.kind not in here)
        return None if self.is_closed else next(missing, None)

    @property
    def is_begun(self) -> bool:
        return any(r.have or r.near for r in self.requirements)

    @property
    def tick(self) -> str:
        """The look of the mark beside the step: done, part or open."""
        if self.is_closed:
            return "done"
        return "part" if self.is_begun else "open"

    @property
    def status(self) -> str:
        """The mark in words."""
        return {"done": "Closed", "part": "Begun", "open": "Open"}[self.tick]


@dataclass(frozen=True)
class MilestoneState:
    """One milestone and its steps. Optional steps are shown and never needed."""

    milestone: Milestone
    steps: tuple[StepState, ...]

    @property
    def done(self) -> int:
        return sum(step.is_closed for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def required_done(self) -> int:
        return sum(step.is_closed for step in self._required)

    @property
    def required_total(self) -> int:
        return len(self._required)

    @property
    def is_complete(self) -> bool:
        return bool(self._required) and self.required_done == self.required_total

    @property
    def is_begun(self) -> bool:
        return any(step.is_closed or step.is_begun for step in self.steps)

    @property
    def optional(self) -> int:
        """How many steps are not needed."""
        return self.total - self.required_total

    @property
    def next_step(self) -> StepState | None:
        """The first required step that is open."""
        return next((step for step in self._required if not step.is_closed), None)

    def around(self, step: Step) -> tuple[StepState | None, StepState | None]:
        """The steps before and after `step`."""
        place = next(n for n, state in enumerate(self.steps) if state.step == step)
        before = self.steps[place - 1] if place else None
        return before, next(iter(self.steps[place + 1 :]), None)

    @property
    def percent(self) -> int:
        """How much of what is needed is done. 100 only when all of it is."""
        return 100 * self.required_done // self.required_total if self.required_total else 0

    @property
    def _required(self) -> list[StepState]:
        return [step for step in self.steps if not step.step.is_optional]


@dataclass(frozen=True)
class Path:
    """All milestones in order, as one person stands on them."""

    milestones: tuple[MilestoneState, ...]

    @property
    def steps(self) -> tuple[StepState, ...]:
        return tuple(step for milestone in self.milestones for step in milestone.steps)

    @property
    def done(self) -> int:
        return sum(milestone.required_done for milestone in self.milestones)

    @property
    def total(self) -> int:
        return sum(milestone.required_total for milestone in self.milestones)

    @property
    def next_step(self) -> StepState | None:
        """The first required step that is open."""
        return next((m.next_step for m in self.milestones if m.next_step), None)

    def around(self, state: MilestoneState) -> tuple[MilestoneState | None, MilestoneState | None]:
        """The milestones before and after `state`."""
        place = self.milestones.index(state)
        before = self.milestones[place - 1] if place else None
        return before, next(iter(self.milestones[place + 1 :]), None)

    def step(self, pk: int) -> StepState | None:
        return next((state for state in self.steps if state.step.pk == pk), None)


def evaluate(user: User) -> Path:
    """Read where `user` stands, in a fixed number of queries however much they have logged."""
    records = Records(user)
    return Path(
        tuple(
            MilestoneState(milestone, tuple(_step_state(step, records) for step in milestone.steps.all()))
            for milestone in _outline()
        )
    )


def _outline() -> Iterable[Milestone]:
    # The long texts stay in the database; only a milestone's own page shows them.
    requirements = Requirement.objects.select_related("format")
    steps = Step.objects.order_by("position", "pk").prefetch_related(Prefetch("requirements", requirements))
    return Milestone.objects.defer("why", "lesson", "mistakes").prefetch_related(Prefetch("steps", steps))


def _step_state(step: Step, records: Records) -> StepState:
    readings = [(r, _read(r, records)) for r in step.requirements.all()]
    met = {r.alternative for r, reading in readings if r.alternative and reading and reading.is_met}
    states = []
    before = None
    for requirement, reading in readings:
        choice = requirement.alternative
        is_spare = choice in met and not (reading and reading.is_met)
        is_other = choice is not None and choice == before
        states.append(RequirementState(requirement, reading, is_spare, is_other))
        before = choice
    return StepState(step, tuple(states), records.progress.get(step.pk))


def _read(requirement: Requirement, records: Records) -> Reading | None:
    reader = READERS.get(requirement.kind)
    return reader(requirement, records) if reader else None
