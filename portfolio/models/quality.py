"""The quality checklist: fifteen points of domain.md G, and a person's answers for one sample."""

from typing import ClassVar, Self

from django.db import models

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from portfolio.models.samples import Sample


class QualityItemQuerySet(models.QuerySet["QualityItem"]):
    def current(self) -> Self:
        """The points in use."""
        return self.filter(retired_on=None)


class QualityItem(models.Model):
    """One point of the checklist. It is retired, never deleted, because answers hang on it."""

    key = models.SlugField(max_length=40, unique=True, help_text="Short fixed name; never change it.")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True, help_text="How to check it, in a sentence.")
    retired_on = models.DateField(
        null=True, blank=True, help_text="Set a day to take it off the list. Answers given stay."
    )

    objects = QualityItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class QualityMark(OwnedModel):
    """A point of the checklist answered for one sample: met, or not applicable for a reason.

    Marks outlive a change of the file, so that they need not be given again from nothing; whether
    the sample counts as checked is `Sample.quality_checked_on`, which such a change clears.
    """

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="quality_marks", editable=False)
    item = models.ForeignKey(QualityItem, models.PROTECT, related_name="marks", editable=False)
    is_met = models.BooleanField()
    reason = models.CharField("why it does not apply", max_length=200, blank=True)

    objects: ClassVar[OwnedQuerySet["QualityMark"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("sample", "item"), name="qualitymark_once_each"),
            models.CheckConstraint(
                condition=models.Q(is_met=True) | ~models.Q(reason=""), name="qualitymark_met_or_reason"
            ),
        )

    def __str__(self) -> str:
        return str(self.item)
