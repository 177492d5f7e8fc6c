"""What a CME writer can do: thirteen competencies with anchors, and people's own ratings of them."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import User
from cmetrack.ownership import OwnedModel, OwnedQuerySet
from milestones.models.retiring import Retirable, RetirableQuerySet

HIGHEST_LEVEL = 4
# How many a person works on at a time, and when they are asked to look again.
TO_RAISE = 3
RATE_AGAIN_AFTER = timedelta(weeks=6)


class CompetencyGroup(models.Model):
    """Competencies that belong together."""

    key = models.SlugField(max_length=40, unique=True, help_text="Short fixed name; never change it.")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class Competency(Retirable):
    """One thing a CME writer can do, with an anchor for each of the levels 0 to 4."""

    group = models.ForeignKey(CompetencyGroup, models.PROTECT, related_name="competencies")
    key = models.SlugField(max_length=40, unique=True, help_text="Short fixed name; never change it.")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=300)
    is_core = models.BooleanField(default=False, help_text="One of those that clients test first.")
    ready_level = models.PositiveSmallIntegerField(
        "level for a first project",
        default=2,
        validators=[MaxValueValidator(HIGHEST_LEVEL)],
        help_text="The level at which a person is ready for a first paid project, 0 to 4.",
    )
    anchor_0 = models.CharField("level 0, not started", max_length=200)
    anchor_1 = models.CharField("level 1, aware", max_length=200)
    anchor_2 = models.CharField("level 2, practising", max_length=200)
    anchor_3 = models.CharField("level 3, ready for a paid project", max_length=200)
    anchor_4 = models.CharField("level 4, could teach it", max_length=200)
    raise_it = models.TextField("how to raise it", blank=True, help_text="One or two sentences. Markdown.")

    objects = RetirableQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("group__position", "position", "pk")
        verbose_name_plural = "competencies"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("milestones:competency", args=[self.key])

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """Each level with what it looks like."""
        return [(level, getattr(self, f"anchor_{level}")) for level in range(HIGHEST_LEVEL + 1)]


class Level(models.IntegerChoices):
    """The scale of domain.md D, the same for every competency."""

    NOT_STARTED = 0, "Not started"
    AWARE = 1, "Aware"
    PRACTISING = 2, "Practising, needs help"
    READY = 3, "Ready for a paid first project"
    STRONG = 4, "Strong, could teach it"


class RatingQuerySet(OwnedQuerySet["Rating"]):
    def latest_first(self) -> Self:
        return self.order_by("-rated_on", "-pk")

    def has_all(self, user: User) -> bool:
        """Whether the person has rated every competency in use."""
        mine = self.for_user(user).filter(competency=models.OuterRef("pk"))
        return not Competency.objects.current().exclude(models.Exists(mine)).exists()


class Rating(OwnedModel):
    """How a person judged one competency on a day, and what they judged it by. Ratings are kept for good."""

    competency = models.ForeignKey(Competency, models.PROTECT, related_name="ratings", editable=False)
    level = models.PositiveSmallIntegerField(choices=Level)
    evidence = models.CharField(
        max_length=500, blank=True, help_text="A sample, a course, a comment you got."
    )
    rated_on = models.DateField(editable=False)

    objects: ClassVar[RatingQuerySet] = RatingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("rated_on", "pk")
        constraints = (
            *OwnedModel.Meta.constraints,
            # A second thought on the same day corrects the first; it is no new rating.
            models.UniqueConstraint(fields=("owner", "competency", "rated_on"), name="rating_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(level__lte=HIGHEST_LEVEL), name="rating_level_in_scale"
            ),
        )

    def __str__(self) -> str:
        return f"{self.competency}: {self.level}"


class FocusQuerySet(OwnedQuerySet["Focus"]):
    def of(self, user: User) -> Self:
        """What the person has chosen to raise, in the order of the framework."""
        rows = self.for_user(user).filter(competency__retired_on=None).select_related("competency")
        return rows.order_by("competency__group__position", "competency__position")

    def to_rate_again(self, user: User, today: date) -> list["Focus"]:
        """What the person chose six weeks ago or more and has not rated since. One query."""
        ratings = Rating.objects.for_user(user).filter(competency=models.OuterRef("competency"))
        latest = models.Subquery(ratings.latest_first().values("rated_on")[:1])
        long_ago = self.of(user).filter(chosen_on__lte=today - RATE_AGAIN_AFTER)
        chosen = long_ago.annotate(rated_on=Coalesce(latest, "chosen_on"))
        return [focus for focus in chosen if focus.rated_on < focus.rate_again_on]  # type: ignore[attr-defined]


class Focus(OwnedModel):
    """A competency the person has chosen to raise. They work on three at a time."""

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="focused", editable=False)
    chosen_on = models.DateField(editable=False)

    objects: ClassVar[FocusQuerySet] = FocusQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        verbose_name_plural = "focus"
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("owner", "competency"), name="focus_once_each"),
        )

    def __str__(self) -> str:
        return str(self.competency)

    @property
    def rate_again_on(self) -> date:
        """The day to look again: six weeks on, the near end of “six to eight weeks”."""
        return self.chosen_on + RATE_AGAIN_AFTER
