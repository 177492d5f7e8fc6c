"""Who commissions, accredits or publishes continuing education."""

from itertools import chain, count
from typing import ClassVar, Self

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from cmetrack.ownership import TrashableModel, TrashableQuerySet, every_word
from cmetrack.validators import validate_plausible_date, validate_web_address
from portfolio.models import Format

NAME_LENGTH = 150


def _live_rows(model: str) -> Coalesce:
    # A subquery a row: joining two relations would count every pair.
    rows = apps.get_model(model).objects.filter(organisation=models.OuterRef("pk"), trashed_at=None)
    counted = rows.order_by().values("organisation").annotate(rows=models.Count("pk")).values("rows")
    return Coalesce(models.Subquery(counted), 0)


class OrganisationQuerySet(TrashableQuerySet["Organisation"]):
    def matching(self, words: str) -> Self:
        """Organisations whose name, areas or notes contain every word."""
        return self.filter(every_word(words, "name", "areas", "notes"))

    def named(self, name: str) -> Self:
        """Those of this name in any case, the oldest first."""
        return self.filter(name__iexact=name).order_by("pk")

    def with_counts(self) -> Self:
        """With `contact_count` and `opportunity_count`, the trash left out."""
        return self.annotate(
            contact_count=_live_rows("networking.Contact"),
            opportunity_count=_live_rows("networking.Opportunity"),
        )


class Organisation(TrashableModel):
    """A possible client, or another body worth knowing."""

    class Kind(models.TextChoices):
        MEC = "mec", "Medical education company"
        SOCIETY = "society", "Specialty society or association"
        ACADEMIC_CENTER = "academic_center", "Medical, pharmacy, nursing or vet school"
        HEALTH_SYSTEM = "health_system", "Health system"
        PUBLISHER = "publisher", "Publisher"
        NONPROFIT = "nonprofit", "Foundation or advocacy group"
        AGENCY = "agency", "Communication agency"
        PUBLIC_BODY = "public_body", "Public body"
        VET_CE = "vet_ce", "Vet association, school or CE platform"
        STAFFING = "staffing", "Staffing firm"
        COMMUNITY = "community", "Professional body or community"

    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    website = models.URLField(blank=True, validators=[validate_web_address])
    areas = models.CharField("therapeutic areas", max_length=200, blank=True)
    formats = models.ManyToManyField(Format, blank=True, verbose_name="formats they buy")
    fit_score = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1 (poor) to 5 (made for you).",
    )
    source = models.CharField(max_length=200, blank=True, help_text="Where you found them.")
    checked_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    notes = models.TextField(max_length=20_000, blank=True)

    takes_along: ClassVar[tuple[str, ...]] = ("opportunities",)

    # Only on rows that came `with_counts`.
    contact_count: int
    opportunity_count: int

    # The file of people that named it first; an undo takes it along while nothing else needs it.
    imported_in = models.ForeignKey(
        "networking.ImportBatch", models.SET_NULL, null=True, related_name="organisations", editable=False
    )

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TrashableModel.Meta):
        ordering = ("name", "pk")
        indexes = (models.Index(fields=("owner", "trashed_at", "name")),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networking:organisation-detail", args=[self.pk])

    def restore(self) -> None:
        """Bring it back with what went along; numbered, should another have its name by now."""
        if self.trashed_at is not None:
            self.name = self._free_name()
            self.save(update_fields=["name"])
        super().restore()

    def _free_name(self) -> str:
        others = Organisation.objects.for_user(self.owner)
        room = NAME_LENGTH - len(" (999)")
        numbered = (f"{self.name[:room]} ({number})" for number in count(2))
        return next(name for name in chain([self.name], numbered) if not others.named(name).exists())
