"""What a step asks for, composed by an editor from a fixed vocabulary."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from milestones.models.competencies import Competency
from milestones.models.content import Step
from networking.models import Contact, Interaction, Opportunity
from portfolio.models import Format, Sample


class Requirement(models.Model):
    """Evidence a step needs. Requirements sharing an `alternative` number replace each other."""

    class Kind(models.TextChoices):
        CHECK = "check", "Self-check items ticked"
        NOTE = "note", "Words of notes on the step"
        RESOURCE = "resource", "Resources of the milestone marked as read"
        SAMPLE = "sample", "Writing samples"
        ORG = "org", "Organisations logged"
        CONTACT = "contact", "Contacts logged"
        INTERACTION = "interaction", "Touches logged"
        PITCH = "pitch", "Pitches sent"
        OPPORTUNITY = "opportunity", "An opportunity at a stage"
        CADENCE_CLEAR = "cadence_clear", "Every open pitch has a next date"
        RATE = "rate", "Competencies rated"
        RERATE = "rerate", "Competencies rated again"
        QUIZ = "quiz", "Quiz of the milestone passed"
        QUALITY = "quality", "Samples with the quality checklist complete"
        SHAREABLE = "shareable", "Samples that may be shared"

    # Which further fields a kind reads; anything else must stay empty.
    FIELDS: ClassVar[dict[str, frozenset[str]]] = {
        Kind.SAMPLE: frozenset({"format", "status"}),
        Kind.ORG: frozenset({"distinct_kinds"}),
        Kind.CONTACT: frozenset({"contact_kind"}),
        Kind.INTERACTION: frozenset({"interaction_kind"}),
        Kind.OPPORTUNITY: frozenset({"stage"}),
        Kind.RATE: frozenset({"competency", "level"}),
    }
    NEEDED: ClassVar[dict[str, str]] = {
        Kind.SAMPLE: "status",
        Kind.INTERACTION: "interaction_kind",
        Kind.OPPORTUNITY: "stage",
    }
    # More than this cannot be meant: a slip of the finger would leave a step open for ever.
    MOST: ClassVar[dict[str, int]] = {
        Kind.CHECK: 50,
        Kind.NOTE: 2000,
        Kind.RATE: 1,
        Kind.CADENCE_CLEAR: 1,
        Kind.QUIZ: 1,
    }
    MOST_OF_THE_REST = 200
    STATUSES = [(s.value, s.label) for s in (Sample.Status.DRAFT, Sample.Status.READY)]
    # What comes after landing counts as landed: no step asks for more.
    STAGES = [(s.value, s.label) for s in (*Opportunity.OPEN_STAGES, Opportunity.Stage.LANDED)]

    step = models.ForeignKey(Step, models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind)
    count = models.PositiveIntegerField(
        "how many", default=1, validators=[MinValueValidator(1)], help_text="For notes: how many words."
    )
    format = models.ForeignKey(
        Format, models.PROTECT, null=True, blank=True, help_text="For samples. Empty: any format."
    )
    status = models.CharField(
        max_length=20, blank=True, choices=STATUSES, help_text="For samples: this status or a later one."
    )
    contact_kind = models.CharField(
        max_length=30, blank=True, choices=Contact.Kind, help_text="For contacts. Empty: any kind."
    )
    interaction_kind = models.CharField(
        max_length=20, blank=True, choices=Interaction.Kind, help_text="For touches."
    )
    distinct_kinds = models.PositiveSmallIntegerField(
        default=0, help_text="For organisations: spread over at least so many kinds. 0: any."
    )
    stage = models.CharField(
        max_length=20, blank=True, choices=STAGES, help_text="For opportunities: this stage or a later one."
    )
    competency = models.ForeignKey(
        Competency, models.PROTECT, null=True, blank=True, help_text="For ratings. Empty: all of them."
    )
    level = models.PositiveSmallIntegerField(
        "at least level",
        default=0,
        validators=[MaxValueValidator(4)],
        help_text="For ratings: 0 to 4. 0: any level.",
    )
    alternative = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Give the same number to requirements of which one is enough."
    )

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.count}"

    def clean(self) -> None:
        """Refuse combinations that make no sense, each beside its field."""
        errors: dict[str, str] = {}
        used = self.FIELDS.get(self.kind, frozenset())
        for name in sorted(frozenset().union(*self.FIELDS.values()) - used):
            if getattr(self, name):
                errors[name] = f"“{self.get_kind_display()}” does not use this. Leave it empty."
        needed = self.NEEDED.get(self.kind)
        if needed and not getattr(self, needed):
            errors[needed] = f"“{self.get_kind_display()}” needs this."
        if self.kind == self.Kind.ORG and self.distinct_kinds > self.count:
            errors["distinct_kinds"] = "There cannot be more kinds than organisations."
        most = self.MOST.get(self.kind, self.MOST_OF_THE_REST)
        if isinstance(self.count, int) and self.count > most:
            errors["count"] = f"“{self.get_kind_display()}” can ask for {most} at most."
        if errors:
            raise ValidationError(errors)
