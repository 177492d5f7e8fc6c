"""What a step asks for, composed by an editor from a fixed vocabulary."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

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
        QUALITY = "quality", "Samples with the quality checklist complete"
        SHAREABLE = "shareable", "Samples that may be shared"

    # Which further fields a kind reads; anything else must stay empty.
    FIELDS: ClassVar[dict[str, frozenset[str]]] = {
        Kind.SAMPLE: frozenset({"format", "status"}),
        Kind.ORG: frozenset({"distinct_kinds"}),
        Kind.CONTACT: frozenset({"contact_kind"}),
        Kind.INTERACTION: frozenset({"interaction_kind"}),
        Kind.OPPORTUNITY: frozenset({"stage"}),
        Kind.RATE: frozenset({"competency"}),
    }
    NEEDED: ClassVar[dict[str, str]] = {
        Kind.SAMPLE: "status",
        Kind.INTERACTION: "interaction_kind",
        Kind.OPPORTUNITY: "stage",
    }
    STATUSES = [(s.value, s.label) for s in (Sample.Status.DRAFT, Sample.Status.READY)]
    STAGES = [(s.value, s.label) for s in Opportunity.FORWARD_STAGES]

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
    competency = models.SlugField(max_length=40, blank=True, help_text="For ratings. Empty: all thirteen.")
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
        if errors:
            raise ValidationError(errors)
