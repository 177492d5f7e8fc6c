"""What comes next with a person or a pitch, and when: planned by the rule or by its owner."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from cmetrack.ownership import TrashableModel, TrashableQuerySet
from cmetrack.validators import validate_plausible_date

# The day a plan comes up: its own, or the end of a snooze that lasts longer.
COMES_ON = models.Case(
    models.When(snoozed_until__gt=models.F("next_on"), then=models.F("snoozed_until")),
    default=models.F("next_on"),
    output_field=models.DateField(),
)


class PlannedQuerySet[M: models.Model](TrashableQuerySet[M]):
    def remindable(self) -> Self:
        """Those whose plan may be brought up at all."""
        return self

    def due(self, today: date) -> Self:
        """Those whose next step is today's or late, longest waiting first; a snooze hides them."""
        awake = models.Q(snoozed_until=None) | models.Q(snoozed_until__lte=today)
        return self.remindable().filter(awake, next_on__lte=today).order_by(COMES_ON, "pk")

    def coming(self, today: date) -> Self:
        """Those whose next step lies ahead, nearest first."""
        ahead = models.Q(next_on__gt=today) | models.Q(snoozed_until__gt=today)
        return self.remindable().filter(ahead, next_on__isnull=False).order_by(COMES_ON, "pk")

    def coming_up(self, first: date, last: date) -> Self:
        """Those that come up between these days, nearest first; a snoozed one on the day it ends."""
        near = self.remindable().alias(comes=COMES_ON).filter(comes__range=(first, last))
        return near.order_by(COMES_ON, "pk")

    def following_the_rule(self) -> Self:
        """Those whose day the rule gave; a day that their owner chose stays out of its hands."""
        return self.filter(is_next_pinned=False, next_on__isnull=False)


class Planned(TrashableModel):
    """A row with a next step. Every change of the plan raises `revision`, so that other tabs hear of it."""

    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField("when", null=True, blank=True, validators=[validate_plausible_date])
    # Chosen by its owner and not by the rule: it stands until the next touch.
    is_next_pinned = models.BooleanField(default=False, editable=False)
    # Out of sight until this day, whatever is due.
    snoozed_until = models.DateField(null=True, editable=False)

    PLAN: ClassVar[tuple[str, ...]] = ("next_step", "next_on", "is_next_pinned", "snoozed_until")

    class Meta(TrashableModel.Meta):
        abstract = True

    @property
    def comes_on(self) -> date | None:
        """The day it comes up, None while nothing is planned."""
        is_hidden = self.next_on and self.snoozed_until and self.snoozed_until > self.next_on
        return self.snoozed_until if is_hidden else self.next_on

    @property
    def follows_the_rule(self) -> bool:
        return self.next_on is not None and not self.is_next_pinned

    def plan_next(self, step: str, on: date | None, *, is_pinned: bool = True) -> None:
        """Set what comes next and when; nothing and no day clears it. What was snoozed wakes up."""
        self.next_step, self.next_on, self.snoozed_until = step, on, None
        self.is_next_pinned = is_pinned and on is not None
        self._save_plan()

    def snooze(self, until: date) -> None:
        """Hide it until that day; the plan itself stays."""
        self.snoozed_until = until
        self._save_plan()

    def _save_plan(self) -> None:
        # An edit form opened before this would bring the old plan back, so it must find out.
        self.revision += 1
        self.save(update_fields=[*self.PLAN, "revision", "updated_at"])
