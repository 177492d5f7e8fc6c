"""Asking an outside reader for three comments, by a private link without an account."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from cmetrack.secret_addresses import new_token
from cmetrack.validators import validate_plausible_date
from portfolio.models.files import SampleFile
from portfolio.models.samples import Sample


class ReviewRequestQuerySet(OwnedQuerySet["ReviewRequest"]):
    def answered(self) -> Self:
        """Those that comments came back to, their sample not in the trash."""
        return self.filter(answered_on__isnull=False, sample__trashed_at=None)

    def waiting(self, today: date) -> Self:
        """Those whose reader can still open the link and has not answered."""
        return self.filter(withdrawn_on=None, answered_on=None, expires_on__gte=today)

    def undecided(self) -> Self:
        """Answered ones that their owner has neither accepted nor set aside, oldest first."""
        waiting = self.answered().filter(accepted_on=None, set_aside_on=None)
        return waiting.order_by("answered_on", "pk")

    def accepted(self) -> Self:
        """Those whose comments their owner took on: feedback that counts."""
        return self.answered().filter(accepted_on__isnull=False)


class ReviewRequest(OwnedModel):
    """One reader asked about one version of a sample. Their three comments come back to it."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="review_requests", editable=False)
    file = models.ForeignKey(
        SampleFile, models.SET_NULL, null=True, related_name="review_requests", editable=False
    )
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    reader = models.CharField("whom you ask", max_length=150)
    question = models.TextField(
        "what you would like to know", max_length=1000, blank=True, help_text="The reader sees this."
    )
    expires_on = models.DateField("open until", validators=[validate_plausible_date])
    withdrawn_on = models.DateField(null=True, editable=False)
    # When the reader first came, and when that was written down as a showing one to one.
    opened_on = models.DateField(null=True, editable=False)
    showing_logged_on = models.DateField(null=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)
    # Set by the owner: from then on it counts as feedback.
    accepted_on = models.DateField(null=True, editable=False)
    # Or the owner read it and leaves it at that.
    set_aside_on = models.DateField(null=True, editable=False)

    objects: ClassVar[ReviewRequestQuerySet] = ReviewRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.reader

    def get_absolute_url(self) -> str:
        return f"{self.sample.get_absolute_url()}#reviews"

    @property
    def public_url(self) -> str:
        return reverse("sharing:review", args=[self.token])

    def is_live(self, today: date) -> bool:
        return self.withdrawn_on is None and self.expires_on >= today

    def withdraw(self, today: date) -> None:
        """Close the link for good; comments that came stay. Withdrawing twice keeps the first day."""
        if self.withdrawn_on is None:
            self.withdrawn_on = today
            self.save(update_fields=["withdrawn_on", "updated_at"])

    def accept(self, today: date) -> None:
        """Take the comments on: they count as feedback. Accepting twice keeps the first day."""
        if self.accepted_on is None:
            self._decide(accepted_on=today)

    def set_aside(self, today: date) -> None:
        """Keep the comments without counting them. Doing so twice keeps the first day."""
        if self.set_aside_on is None:
            self._decide(set_aside_on=today)

    def reconsider(self) -> None:
        """Undo either decision."""
        self._decide()

    def _decide(self, *, accepted_on: date | None = None, set_aside_on: date | None = None) -> None:
        self.accepted_on, self.set_aside_on = accepted_on, set_aside_on
        self.save(update_fields=["accepted_on", "set_aside_on", "updated_at"])


class ReviewComment(OwnedModel):
    """One of the comments a reader gave. The owner of the sample owns it."""

    class Prompt(models.IntegerChoices):
        """What the three comments are about, by position."""

        WORKS = 1, "What works"
        CHANGE = 2, "What to change first"
        UNCLEAR = 3, "What is unclear"

    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="comments", editable=False)
    position = models.PositiveSmallIntegerField(choices=Prompt, editable=False)
    text = models.TextField(max_length=2000)

    objects: ClassVar[OwnedQuerySet["ReviewComment"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("position",)
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("request", "position"), name="reviewcomment_once_each"),
        )

    def __str__(self) -> str:
        return self.text
