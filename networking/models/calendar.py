"""The secret address under which a calendar program reads what is due."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from cmetrack.secret_addresses import new_token


class CalendarFeed(OwnedModel):
    """A person's one feed. Whoever knows its address reads it, so the address can be replaced."""

    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)

    objects: ClassVar[OwnedQuerySet["CalendarFeed"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner",), name="calendarfeed_one_each"),
        )

    def __str__(self) -> str:
        return "Calendar feed"

    def get_absolute_url(self) -> str:
        """The feed itself."""
        return reverse("networking:calendar-feed", args=[self.token])

    def replace(self) -> None:
        """Give it a new address; the old one is dead from now on."""
        self.token = new_token()
        self.save(update_fields=["token", "updated_at"])
