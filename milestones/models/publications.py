"""What people see: the latest published version of a milestone, kept as it was on that day."""

from typing import Self

from django.conf import settings
from django.db import models

from milestones.models.content import Milestone


class PublicationQuerySet(models.QuerySet["Publication"]):
    def current(self) -> Self:
        """The version of each milestone that people see."""
        return self.filter(is_current=True)


class Publication(models.Model):
    """One published version of a milestone with everything below it. It never changes afterwards."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    # The rows as `publishing.snapshot` wrote them down.
    content = models.JSONField()
    note = models.CharField("what changed", max_length=300, blank=True)
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("milestone", "number"), name="publication_numbered_once"),
            models.UniqueConstraint(
                fields=("milestone",), condition=models.Q(is_current=True), name="publication_one_current"
            ),
        )

    def __str__(self) -> str:
        return f"{self.milestone}, version {self.number}"
