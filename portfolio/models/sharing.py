"""Pages for strangers: which samples, in which order and version, for whom, and until when."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from cmetrack.ownership import OwnedModel, OwnedQuerySet, TrashableModel, TrashableQuerySet
from cmetrack.secret_addresses import new_token
from cmetrack.validators import validate_plausible_date
from portfolio.models.files import SampleFile
from portfolio.models.samples import Sample


class ShareLinkQuerySet(OwnedQuerySet["ShareLink"]):
    def live(self, today: date) -> Self:
        """Neither revoked nor past their last day."""
        return self.filter(revoked_at=None).exclude(expires_on__lt=today)

    def naming(self, sample: Sample) -> Self:
        """Those that `sample` is on, whether they show anything of it or not."""
        return self.filter(items__sample=sample)

    def ever_named(self, name: str) -> Self:
        """Those that have this name in their address, or had it until they were closed."""
        return self.filter(models.Q(address_name=name) | models.Q(former_name=name))

    def addressed(self, address: str) -> Self:
        """The link with this token, or the public portfolio with this name. Anybody's."""
        # A name is copied from paper by hand, capitals and all.
        return self.filter(models.Q(token=address) | models.Q(address_name=address.lower()))


class ShareLink(OwnedModel):
    """A page for strangers. With an address name it is its owner's public portfolio.

    What it shows of each sample is decided anew on every look, by the table in `portfolio.showing`.
    """

    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    title = models.CharField(max_length=120)
    introduction = models.TextField(max_length=1000, blank=True)
    reader = models.CharField(
        "for whom", max_length=120, blank=True, help_text="A name for yourself. Readers never see it."
    )
    expires_on = models.DateField(
        "last day", null=True, blank=True, validators=[validate_plausible_date], help_text="Empty: no end."
    )
    # Hashed like a person's own password; empty means that none is asked for.
    password = models.CharField(max_length=128, blank=True, editable=False)
    shows_email = models.BooleanField("show my e-mail address", default=False)
    address_name = models.SlugField(
        max_length=40, null=True, blank=True, unique=True, help_text="Such as ana-ribeiro."
    )
    # The name it had until it was closed: its owner may use it again, and nobody else ever.
    former_name = models.SlugField(max_length=40, blank=True, editable=False)
    is_indexed = models.BooleanField("let search engines list it", default=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ShareLinkQuerySet] = ShareLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-created_at", "-pk")
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=("owner",),
                condition=models.Q(address_name__isnull=False),
                name="sharelink_one_public_portfolio",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its owner looks after it; strangers open `public_url`."""
        return reverse("portfolio:link-detail", args=[self.pk])

    @property
    def public_address(self) -> str:
        """What stands for this page in its address."""
        return self.address_name or self.token

    @property
    def public_url(self) -> str:
        return reverse("sharing:page", args=[self.public_address])

    @property
    def is_listed(self) -> bool:
        """Whether search engines may list it: only a public portfolio that everybody can open."""
        return bool(self.address_name) and self.is_indexed and not self.password

    @property
    def is_public_portfolio(self) -> bool:
        return bool(self.address_name)

    def state(self, today: date) -> str:
        """Open, closed by its owner, or past its last day, in a word or two."""
        if self.revoked_at:
            return "Closed"
        return "Open" if self.is_live(today) else "Past its last day"

    def is_live(self, today: date) -> bool:
        return self.revoked_at is None and (self.expires_on is None or self.expires_on >= today)

    def revoke(self, now: datetime) -> None:
        """Close the page for good. Revoking twice keeps the first moment."""
        if self.revoked_at is None:
            self.revoked_at = now
            self.address_name, self.former_name = None, self.address_name or ""
            self.save(update_fields=["revoked_at", "address_name", "former_name", "updated_at"])


class ShareItem(OwnedModel):
    """One sample on a page, with the version that was on show when its owner put it there."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="items", editable=False)
    sample = models.ForeignKey(Sample, models.CASCADE, related_name="shared_as", editable=False)
    # None: no file on show. A deleted version leaves nothing behind; a newer one waits to be published.
    file = models.ForeignKey(SampleFile, models.SET_NULL, null=True, related_name="shared_as", editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[OwnedQuerySet["ShareItem"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("position", "pk")
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("link", "sample"), name="shareitem_sample_once"),
        )

    def __str__(self) -> str:
        return str(self.sample)


class ShareDay(OwnedModel):
    """How often a page was opened on one day. Nothing about who opened it is kept."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="days", editable=False)
    day = models.DateField(editable=False)
    count = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[OwnedQuerySet["ShareDay"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-day",)
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("link", "day"), name="shareday_once_each"),
        )

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class PrivateShowingQuerySet(TrashableQuerySet["PrivateShowing"]):
    def with_live_sample(self) -> Self:
        """Those whose sample is not in the trash."""
        return self.filter(sample__trashed_at=None)


class PrivateShowing(TrashableModel):
    """Who saw a sample one to one, and when: the record that `granted_private` asks for."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="private_showings", editable=False)
    shown_to = models.CharField("who saw it", max_length=150)
    shown_on = models.DateField("when", validators=[validate_plausible_date])
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[PrivateShowingQuerySet] = PrivateShowingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TrashableModel.Meta):
        ordering = ("-shown_on", "-pk")

    def __str__(self) -> str:
        return self.shown_to

    @property
    def restore_url(self) -> str:
        return reverse("portfolio:showing-restore", args=[self.sample_id, self.pk])
