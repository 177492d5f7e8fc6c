"""The history of an opportunity: one row a move."""

from typing import ClassVar, Self

from django.db import models

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from networking.models.opportunities import Opportunity


class StageChangeQuerySet(OwnedQuerySet["StageChange"]):
    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def shown(self) -> Self:
        """Those of opportunities that are not in the trash."""
        return self.filter(opportunity__trashed_at=None)


class StageChange(OwnedModel):
    """One move of an opportunity, kept for its history."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="stage_changes", editable=False)
    before = models.CharField(max_length=20, choices=Opportunity.Stage, blank=True, editable=False)
    after = models.CharField(max_length=20, choices=Opportunity.Stage, editable=False)

    objects: ClassVar[StageChangeQuerySet] = StageChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("owner", "-created_at")),)

    def __str__(self) -> str:
        return f"{self.get_before_display() or 'New'} → {self.get_after_display()}"
