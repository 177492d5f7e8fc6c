"""What one person has done on the path, apart from the records that prove it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Count

from accounts.models import User
from cmetrack.ownership import OwnedModel, OwnedQuerySet
from milestones.models.content import CheckItem, Milestone, Resource, Step


class StepProgressQuerySet(OwnedQuerySet["StepProgress"]):
    def closed(self) -> "StepProgressQuerySet":
        return self.exclude(completed_on=None)

    def people_who_completed(self, milestone: Milestone) -> int:
        """How many people have closed every required step of the milestone."""
        required = milestone.steps.current().filter(is_optional=False)
        closed = self.closed().filter(step__in=required).order_by().values("owner").annotate(n=Count("pk"))
        return closed.filter(n=required.count()).count()


class StepProgress(OwnedModel):
    """A person's note on a step, and when and how it was closed or skipped."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="progress", editable=False)
    note = models.TextField(max_length=50_000, blank=True)
    completed_on = models.DateField(null=True, editable=False)
    # Closed by the person's word and not by evidence.
    is_self_declared = models.BooleanField(default=False, editable=False)
    # Left aside on purpose. Closing it, by evidence or by one's word, ends that.
    skipped_on = models.DateField(null=True, editable=False)
    skip_reason = models.CharField("why you skip it", max_length=200, blank=True)
    # The latest change of the step that its owner closed it with, or has been told of.
    revision_seen = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[StepProgressQuerySet] = StepProgressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "step"), name="stepprogress_once_each"),
            models.CheckConstraint(
                condition=models.Q(completed_on=None) | models.Q(skipped_on=None),
                name="stepprogress_closed_or_skipped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step}: {'closed' if self.completed_on else 'open'}"

    @property
    def words(self) -> int:
        """How many words the note has."""
        return len(self.note.split())

    def close(self, today: date, revision: int, *, is_self_declared: bool = False) -> None:
        """Close as the step stands in `revision`. Closing twice keeps the first date."""
        if self.completed_on is None:
            self.completed_on, self.is_self_declared, self.revision_seen = today, is_self_declared, revision
            self.skipped_on, self.skip_reason = None, ""
            self.save(update_fields=[*self._STANDING, "revision_seen"])

    def skip(self, today: date, reason: str) -> None:
        """Leave the step aside. A closed one stays closed; skipping again only changes the reason."""
        if self.completed_on is None:
            self.skipped_on, self.skip_reason = self.skipped_on or today, reason
            self.save(update_fields=self._STANDING)

    def reopen(self) -> None:
        """Open again; evidence still there closes the step anew at the next change."""
        self.completed_on, self.is_self_declared = None, False
        self.skipped_on, self.skip_reason = None, ""
        self.save(update_fields=self._STANDING)

    def acknowledge(self, revision: int) -> None:
        """The person has seen what changed up to `revision`."""
        if self.revision_seen < revision:
            self.revision_seen = revision
            self.save(update_fields=["revision_seen", "updated_at"])

    _STANDING: ClassVar[list[str]] = [
        "completed_on",
        "is_self_declared",
        "skipped_on",
        "skip_reason",
        "updated_at",
    ]


class CheckMarkQuerySet(OwnedQuerySet["CheckMark"]):
    def of(self, user: User, step: Step) -> set[int]:
        """Which items of the step's list the person has ticked."""
        return set(self.for_user(user).filter(item__step=step).values_list("item", flat=True))


class CheckMark(OwnedModel):
    """A ticked item of a self-check list."""

    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="marks", editable=False)

    objects: ClassVar[CheckMarkQuerySet] = CheckMarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "item"), name="checkmark_once_each"),
        )

    def __str__(self) -> str:
        return str(self.item)


class ResourceReadQuerySet(OwnedQuerySet["ResourceRead"]):
    def of(self, user: User, milestone: Milestone) -> set[int]:
        """Which of the milestone's resources the person has finished."""
        return set(
            self.for_user(user).filter(resource__milestone=milestone).values_list("resource", flat=True)
        )


class ResourceRead(OwnedModel):
    """A resource the person has finished."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="reads", editable=False)

    objects: ClassVar[ResourceReadQuerySet] = ResourceReadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "resource"), name="resourceread_once_each"),
        )

    def __str__(self) -> str:
        return str(self.resource)
