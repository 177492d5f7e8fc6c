"""Where a person stands: on one step, one milestone, the whole path."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from milestones.asked import RequirementState
from milestones.models import Milestone, Requirement, Step, StepChange, StepProgress


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
    def wants_proof(self) -> bool:
        """Whether what is missing is worth a link: while it is open, and when its proof went away."""
        return not self.is_closed or self.evidence_gone

    @property
    def is_skipped(self) -> bool:
        """Left aside on purpose; evidence closes it all the same."""
        return self.progress is not None and self.progress.skipped_on is not None and not self.is_closed

    @property
    def may_reopen(self) -> bool:
        """Only what evidence does not hold closed can be opened again."""
        return self.is_self_declared or self.evidence_gone or self.is_skipped

    @property
    def updates(self) -> list[StepChange]:
        """What changed since the person finished the step, oldest first."""
        if self.progress is None or not self.closed_on:
            return []
        return [change for change in self.step.changes.all() if change.revision > self.progress.revision_seen]

    @property
    def words_asked(self) -> int:
        """How many words of notes it asks for, 0 for none."""
        return sum(r.wanted for r in self.requirements if r.requirement.kind == Requirement.Kind.NOTE)

    @property
    def still_asked(self) -> list[str]:
        """What is missing, each with how far it is."""
        return [r.still_asked for r in self.requirements if r.still_asked]

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
        if self.is_skipped:
            return "skip"
        return "part" if self.is_begun else "open"

    @property
    def status(self) -> str:
        """The mark in words."""
        return {"done": "Closed", "skip": "Skipped", "part": "Begun", "open": "Open"}[self.tick]


@dataclass(frozen=True)
class QuizState:
    """The quiz of a milestone: how many questions it has, and the best attempt at it."""

    questions: int
    best: int | None
    is_passed: bool


@dataclass(frozen=True)
class MilestoneState:
    """One milestone, its steps and its quiz. Optional steps are shown and never needed."""

    milestone: Milestone
    steps: tuple[StepState, ...]
    # None where the milestone has no questions.
    quiz: QuizState | None = None

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
        return self._all_done == self._all > 0

    @property
    def is_begun(self) -> bool:
        return any(step.is_closed or step.is_begun for step in self.steps)

    @property
    def optional(self) -> int:
        """How many steps are not needed."""
        return self.total - self.required_total

    @property
    def optional_done(self) -> int:
        return self.done - self.required_done

    @property
    def begun(self) -> int:
        """How many of the steps that are needed have been begun and are open."""
        return sum(step.is_begun for step in self.open_steps)

    @property
    def next_step(self) -> StepState | None:
        """The first step to take."""
        return next(iter(self.open_steps), None)

    @property
    def open_steps(self) -> list[StepState]:
        """The required steps that are open and not left aside."""
        return [step for step in self._required if not (step.is_closed or step.is_skipped)]

    @property
    def skipped(self) -> int:
        """How many steps the person has left aside."""
        return sum(step.is_skipped for step in self.steps)

    def around(self, step: Step) -> tuple[StepState | None, StepState | None]:
        """The steps before and after `step`; none beside one that has left the path."""
        place = self.number_of(step) - 1
        if place < 0:
            return None, None
        before = self.steps[place - 1] if place else None
        return before, next(iter(self.steps[place + 1 :]), None)

    def number_of(self, step: Step) -> int:
        """Its place among the steps, from 1; 0 for one that has left the path."""
        return next((n for n, state in enumerate(self.steps, start=1) if state.step == step), 0)

    @property
    def percent(self) -> int:
        """How much of what is needed is done, the quiz included. 100 only when all of it is."""
        return 100 * self._all_done // self._all if self._all else 0

    @property
    def percent_begun(self) -> int:
        """The same with what is begun, and what is done beyond what is needed."""
        reached = self._all_done + self.begun + self.optional_done
        return min(100 * reached // self._all, 100) if self._all else 0

    @property
    def _all(self) -> int:
        return self.required_total + (self.quiz is not None)

    @property
    def _all_done(self) -> int:
        return self.required_done + (self.quiz is not None and self.quiz.is_passed)

    @property
    def _required(self) -> list[StepState]:
        return [step for step in self.steps if not step.step.is_optional]


@dataclass(frozen=True)
class Path:
    """All milestones in order, as one person stands on them."""

    milestones: tuple[MilestoneState, ...]
    # What the person did on steps that have left the path since.
    past: tuple[StepProgress, ...] = ()

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
    def begun(self) -> int:
        return sum(milestone.begun for milestone in self.milestones)

    @property
    def optional_done(self) -> int:
        return sum(milestone.optional_done for milestone in self.milestones)

    @property
    def next_step(self) -> StepState | None:
        """The first required step that is open."""
        return next((m.next_step for m in self.milestones if m.next_step), None)

    def around(self, state: MilestoneState) -> tuple[MilestoneState | None, MilestoneState | None]:
        """The milestones before and after `state`."""
        place = self.milestones.index(state)
        before = self.milestones[place - 1] if place else None
        return before, next(iter(self.milestones[place + 1 :]), None)

    def milestone_or_404(self, milestone: Milestone) -> MilestoneState:
        """How the person stands on `milestone`; an editor may have taken it away between two queries."""
        state = next((state for state in self.milestones if state.milestone == milestone), None)
        if state is None:
            raise Http404
        return state

    def step(self, pk: int) -> StepState | None:
        return next((state for state in self.steps if state.step.pk == pk), None)
