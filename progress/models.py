"""What Progress keeps of its own: that a day's summary has been dealt with."""

from typing import ClassVar

from django.db import models

from cmetrack.ownership import OwnedModel, OwnedQuerySet


class DigestDay(OwnedModel):
    """A person's summary by mail for one day (a week's is kept under its Monday).

    Whoever makes this row sends the mail: two workers cannot both.
    """

    day = models.DateField(editable=False)
    # None: nothing was due, so there was nothing to send.
    sent_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[OwnedQuerySet["DigestDay"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-day",)
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "day"), name="digestday_once_each"),
        )

    def __str__(self) -> str:
        return str(self.day)
