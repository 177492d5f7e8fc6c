"""When to be in touch and when to stop, as editors may change it; the same for everybody (domain.md E)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from networking.models.contacts import Contact
from networking.models.interactions import Interaction
from networking.working_days import after_working_days, working_day

# Nobody gets more messages than this without a reply, whatever an editor writes.
MOST_UNANSWERED = 3
AT_LEAST_A_DAY = MinValueValidator(1)


class Step(NamedTuple):
    """Something to do so many days after the last touch; `kind` is what doing it logs."""

    text: str
    days: int
    kind: str


def _days(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, null=True, blank=True, validators=[AT_LEAST_A_DAY, MaxValueValidator(730)]
    )


def _step(name: str) -> models.CharField:
    return models.CharField(name, max_length=200, blank=True)


def _kind() -> models.CharField:
    return models.CharField("logs", max_length=20, choices=Interaction.Kind, blank=True)


class CadenceRule(models.Model):
    """What a stage of the relationship means, what to do there and when, and when to let it rest.

    The steps are taken in turn, one a message, until the person answers; the last one repeats.
    """

    # Not a stage of its own: somebody met or heard from, to whom nothing was written yet.
    MET = "met"

    key = models.CharField(
        "stage",
        max_length=20,
        unique=True,
        choices=[*Contact.Stage.choices, (MET, "Met or heard from, nothing written yet")],
    )
    meaning = models.CharField(max_length=200, help_text="How it goes on after “Connected: ”.")
    advice = models.CharField(max_length=400)
    step, days, kind = _step("first step"), _days("days after"), _kind()
    then_step, then_days, then_kind = _step("then"), _days("days after"), _kind()
    later_step, later_days, later_kind = _step("later"), _days("days after"), _kind()
    touches = models.PositiveSmallIntegerField(
        "messages without an answer",
        null=True,
        blank=True,
        validators=[AT_LEAST_A_DAY, MaxValueValidator(MOST_UNANSWERED)],
        help_text="After so many, letting it rest is proposed instead of another. Empty: no limit.",
    )
    quiet_days = models.PositiveSmallIntegerField(
        "days of quiet",
        null=True,
        blank=True,
        validators=[AT_LEAST_A_DAY, MaxValueValidator(730)],
        help_text="After so many without a touch, letting it rest is proposed. Empty: never.",
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.get_key_display()

    @property
    def steps(self) -> list[Step]:
        return list(self._steps())

    def clean(self) -> None:
        if not self.step and self.key != Contact.Stage.DO_NOT_CONTACT:
            raise ValidationError({"step": "Without a step nobody at this stage would ever come up."})
        for step, days in (("step", "days"), ("then_step", "then_days"), ("later_step", "later_days")):
            if bool(getattr(self, step)) != bool(getattr(self, days)):
                raise ValidationError({days: "A step and its days belong together: give both or neither."})

    def _steps(self) -> Iterator[Step]:
        for text, days, kind in (
            (self.step, self.days, self.kind),
            (self.then_step, self.then_days, self.then_kind),
            (self.later_step, self.later_days, self.later_kind),
        ):
            if text and days:
                yield Step(text, days, kind)


class PitchStep(models.Model):
    """One step after a pitch, with the first and last day on which it is right."""

    class Key(models.TextChoices):
        NUDGE = "nudge", "Message 2, a nudge"
        CLOSING_NOTE = "closing_note", "Message 3, which closes the loop"
        NO_REPLY = "no_reply", "The end: no reply"

    # Everything but the end is a message; with the pitch itself that makes three.
    MESSAGES = (Key.NUDGE, Key.CLOSING_NOTE)

    key = models.CharField("step", max_length=20, unique=True, choices=Key)
    step = models.CharField("what to do", max_length=200)
    first_day = models.PositiveSmallIntegerField(validators=[AT_LEAST_A_DAY, MaxValueValidator(365)])
    last_day = models.PositiveSmallIntegerField(validators=[AT_LEAST_A_DAY, MaxValueValidator(365)])
    is_in_working_days = models.BooleanField("counted in working days", default=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.get_key_display()

    def clean(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "The last day comes after the first one."})

    def opens_on(self, pitched_on: date) -> date:
        """The first day on which this step is right; never a weekend."""
        return self._day(pitched_on, self.first_day)

    def ends_on(self, pitched_on: date) -> date:
        """The last day on which it is."""
        return self._day(pitched_on, self.last_day)

    def _day(self, pitched_on: date, count: int) -> date:
        if self.is_in_working_days:
            return after_working_days(pitched_on, count)
        return working_day(pitched_on + timedelta(count))
