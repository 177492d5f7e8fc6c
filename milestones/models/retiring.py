"""Content that people's work hangs on: it is retired, never deleted."""

from typing import Self

from django.db import models


class RetirableQuerySet[M: models.Model](models.QuerySet[M]):
    def current(self) -> Self:
        """What is in use."""
        return self.filter(retired_on=None)


class Retirable(models.Model):
    """A row that can leave the path while what people did with it stays."""

    retired_on = models.DateField(
        "retired on",
        null=True,
        blank=True,
        help_text="Set a day to take this out of the path. Nobody loses what they did with it.",
    )

    class Meta:
        abstract = True
