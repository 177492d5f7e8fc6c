"""One thing that a step asks for, and what a person has of it."""

from dataclasses import dataclass

from milestones import wording
from milestones.models import Requirement
from milestones.readers import Reading
from milestones.records import Proof

NAMED_IN_LISTS = 3


@dataclass(frozen=True)
class RequirementState:
    """One thing a step asks for, and what there is of it."""

    requirement: Requirement
    reading: Reading
    # Another requirement of the same alternative is met, so this one need not be.
    is_spare: bool = False
    # Reads as “or …” after the one before it.
    is_other_choice: bool = False

    @property
    def label(self) -> str:
        """What is asked for: “3 organisations logged”."""
        return wording.label(self.requirement)

    @property
    def is_met(self) -> bool:
        return self.reading.is_met

    @property
    def wanted(self) -> int:
        return self.requirement.count

    @property
    def have(self) -> int:
        return self.reading.have

    @property
    def proof(self) -> tuple[Proof, ...]:
        """The newest records that count, by name."""
        return self.reading.proof

    @property
    def newest(self) -> tuple[Proof, ...]:
        """The few of them that a list of steps names."""
        return self.proof[:NAMED_IN_LISTS]

    @property
    def unlisted(self) -> int:
        """How many more count than a list of steps names."""
        return max(self.have - len(self.newest), 0) if self.newest and self.is_met else 0

    @property
    def unnamed(self) -> int:
        """How many more count than the step's own page names."""
        return max(self.have - len(self.proof), 0) if self.proof and self.is_met else 0

    @property
    def near(self) -> Proof | None:
        """A record that would count if it were finished."""
        return self.reading.near

    @property
    def detail(self) -> str:
        """What there is in words: “142 words”, “1 of 3”, “none yet”."""
        return self.reading.detail

    @property
    def still_asked(self) -> str:
        """What is asked for with how far it is: “2 mentors (1 of 2)”; empty when nothing is missing."""
        if not self._is_missing:
            return ""
        return f"{self.label} ({self.detail})" if self.detail else self.label

    @property
    def look(self) -> str:
        """How its tag is coloured; the words beside it say the same."""
        if self.is_met:
            return "proven"
        return "draft" if self.have or self.near else "muted"

    @property
    def missing_url(self) -> str:
        """Where the missing piece is made, empty when nothing is missing."""
        return self.reading.missing.url_for(self.requirement.step) if self._is_missing else ""

    @property
    def about(self) -> str:
        """The page of the one record that the missing piece is about, empty when a new one is missing."""
        if self.near:
            return self.near.url
        return self.reading.missing.page if self.reading.missing.args else ""

    @property
    def missing_label(self) -> str:
        return self.reading.missing.label if self._is_missing else ""

    @property
    def _is_missing(self) -> bool:
        return not self.is_met and not self.is_spare
