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
        required = milestone.steps.filter(is_optional=False)
        closed = self.closed().filter(step__in=required).order_by().values("owner").annotate(n=Count("pk"))
        return closed.filter(n=required.count()).count()


class StepProgress(OwnedModel):
    """A person's note on a step, and when and how the step closed."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="progress", editable=False)
    note = models.TextField(max_length=50_000, blank=True)
    completed_on = models.DateField(null=True, editable=False)
    # Closed by the person's word and not by evidence.
    is_self_declared = models.BooleanField(default=False, editable=False)

    objects: ClassVar[StepProgressQuerySet] = StepProgressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "step"), name="stepprogress_once_each"),
        )

    def __str__(self) -> str:
        return f"{self.step}: {'closed' if self.completed_on else 'open'}"

    @property
    def words(self) -> int:
        """How many words the note has."""
        return len(self.note.split())

    def declare(self, today: date) -> None:
        """Close by the person's word. Declaring twice keeps the first date."""
        if self.completed_on is None:
            self.completed_on, self.is_self_declared = today, True
            self.save(update_fields=["completed_on", "is_self_declared", "updated_at"])

    def reopen(self) -> None:
        """Open again; evidence still there closes the step anew at the next change."""
        self.completed_on, self.is_self_declared = None, False
        self.save(update_fields=["completed_on", "is_self_declared", "updated_at"])


class CheckMarkQuerySet(OwnedQuerySet["CheckMark"]):
    def of(self, user: User, step: Step) -> set[int]:
        """Which items of the step's list the person has ticked."""
        return set(self.for_user(user).filter(item__step=step).values_list("item", flat=True))


class CheckMark(OwnedModel):
    """A ticked item of a self-check list."""

    item = models.ForeignKey(CheckItem, models.CASCADE, related_name="marks", editable=False)

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

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="reads", editable=False)

    objects: ClassVar[ResourceReadQuerySet] = ResourceReadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "resource"), name="resourceread_once_each"),
        )

    def __str__(self) -> str:
        return str(self.resource)
