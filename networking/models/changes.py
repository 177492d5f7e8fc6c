"""What was done to several rows at once, kept for as long as it can be taken back."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from cmetrack.ownership import TRASH_KEPT_FOR, OwnedModel, OwnedQuerySet
from networking.models.contacts import Contact


class PeopleChangeQuerySet(OwnedQuerySet["PeopleChange"]):
    def standing(self) -> Self:
        """Those not taken back yet, the latest first."""
        return self.filter(undone_at=None).order_by("-pk")

    def purge(self, now: datetime) -> int:
        """Delete for good what can no longer be taken back: former values tell about people, too."""
        return self.filter(created_at__lt=now - TRASH_KEPT_FOR).delete()[0]


class PeopleChange(OwnedModel):
    """A merge, a capture or a change of many people. `kept` is what `networking.changes` needs to undo it."""

    class Kind(models.TextChoices):
        MERGE = "merge", "Merge"
        CAPTURE = "capture", "Quick capture"
        TAGS = "tags", "Tags"
        STAGE = "stage", "Stage"
        TRASH = "trash", "To the trash"

    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    text = models.CharField(max_length=500, editable=False)
    # Who was merged away or captured; none where it was about many.
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, editable=False, related_name="changes")
    kept = models.JSONField(default=dict, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PeopleChangeQuerySet] = PeopleChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.text

    def undo_url(self) -> str:
        return reverse("networking:change-undo", args=[self.pk])
