"""The catalogue of formats and deliverables: what CME clients commission."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


def in_a_sentence(name: str) -> str:
    """`name` as it reads inside a sentence: small first letter, unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


class FormatQuerySet(models.QuerySet["Format"]):
    def offered(self) -> "FormatQuerySet":
        """Formats an editor has not retired."""
        return self.filter(is_retired=False)

    def commissioned(self) -> "FormatQuerySet":
        """Formats on offer that clients pay for."""
        return self.offered().filter(is_portfolio_only=False)

    def named(self, key: str) -> "FormatQuerySet":
        """The format with this key or this number."""
        number = models.Q(pk=int(key)) if key.isdecimal() else models.Q()
        return self.filter(models.Q(key=key) | number)

    def with_counts(self, user: "User") -> "FormatQuerySet":
        """Each with `mine`, the number of samples this user has of it."""
        mine = models.Q(sample__owner=user, sample__trashed_at=None)
        return self.annotate(mine=models.Count("sample", filter=mine))


class Format(models.Model):
    """A kind of deliverable, the same for all, edited in the admin."""

    class FirstSample(models.TextChoices):
        YES = "yes", "A good first sample"
        MAYBE = "maybe", "Possible as a first sample"
        LATER = "later", "Better later"

    class Shelf(models.TextChoices):
        """Where the catalogue shows it."""

        IN_DEMAND = "in_demand", "In demand"
        MORE = "more", "More deliverables"
        PORTFOLIO_ONLY = "portfolio_only", "For your portfolio only"

    key = models.SlugField(max_length=40, unique=True, help_text="Short fixed name; never change it.")
    name = models.CharField(max_length=80)
    definition = models.TextField(help_text="One or two sentences. Plain text.")
    parts = models.TextField(blank=True, help_text="Typical parts, one a line.")
    commissioned_by = models.CharField(max_length=200, blank=True)
    first_sample = models.CharField(max_length=10, choices=FirstSample, default=FirstSample.MAYBE)
    first_sample_note = models.CharField(max_length=120, blank=True)
    typical_length = models.CharField(max_length=120, blank=True)
    moore_level = models.CharField(
        max_length=60, blank=True, help_text="Outcome level it usually targets or measures (Moore)."
    )
    tip = models.CharField(max_length=400, blank=True, help_text="One sentence of advice for a first one.")
    is_in_demand = models.BooleanField(default=False, help_text="Named by hiring editors as needed most.")
    is_portfolio_only = models.BooleanField(default=False, help_text="Shown as a sample, never commissioned.")
    is_retired = models.BooleanField(default=False, help_text="No longer offered; old samples keep it.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = FormatQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def shelf(self) -> Shelf:
        if self.is_in_demand:
            return self.Shelf.IN_DEMAND
        return self.Shelf.PORTFOLIO_ONLY if self.is_portfolio_only else self.Shelf.MORE

    @property
    def first_sample_tag(self) -> str:
        return "tag-proven" if self.first_sample == self.FirstSample.YES else "tag-muted"

    @property
    def part_list(self) -> list[str]:
        """The typical parts, one by one."""
        return [part.strip() for part in self.parts.splitlines() if part.strip()]
