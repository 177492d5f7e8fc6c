"""Asking an outside reader for three comments, by a private link without an account."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from cmetrack.validators import validate_plausible_date
from portfolio.models.files import SampleFile
from portfolio.models.samples import Sample
from portfolio.models.sharing import new_token


class ReviewRequestQuerySet(OwnedQuerySet["ReviewRequest"]):
    def live(self, today: date) -> Self:
        """Neither withdrawn nor past their last day."""
        return self.filter(withdrawn_on=None, expires_on__gte=today)

    def accepted(self) -> Self:
        """Those whose comments their owner took on: feedback that counts."""
        return self.filter(accepted_on__isnull=False)


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
    answered_on = models.DateField(null=True, editable=False)
    # Set by the owner: from then on it counts as feedback.
    accepted_on = models.DateField(null=True, editable=False)

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


class ReviewComment(OwnedModel):
    """One of the comments a reader gave. The owner of the sample owns it."""

    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="comments", editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
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
