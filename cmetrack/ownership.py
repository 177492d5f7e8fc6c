"""Whose row it is: the one way to private data, and the trash that keeps deleting safe."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

TRASH_KEPT_FOR = timedelta(days=30)


def every_word(words: str, *fields: str) -> models.Q:
    """A condition that every word stands in one of `fields`, whatever the case; no words, no condition."""
    found = models.Q()
    for word in words.split():
        anywhere = models.Q()
        for field in fields:
            anywhere |= models.Q(**{f"{field}__icontains": word})
        found &= anywhere
    return found


class OwnedQuerySet[M: models.Model](models.QuerySet[M]):
    def for_user(self, user: "User") -> Self:
        """Only the rows this user owns. Every view starts here."""
        return self.filter(owner=user)


class OwnedModel(models.Model):
    """A private row: one person owns it and nobody else sees it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Raised on every save through a form, so that a second tab cannot overwrite unseen work.
    revision = models.PositiveIntegerField(default=0, editable=False)
    # Drawn when a form is shown; the same form sent twice is then known as one.
    submission_id = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("owner", "submission_id"), name="%(app_label)s_%(class)s_sent_once"
            ),
        )


class TrashableQuerySet[M: models.Model](OwnedQuerySet[M]):
    def for_user(self, user: "User") -> Self:
        """The user's rows that are not in the trash."""
        return super().for_user(user).filter(trashed_at=None)

    def trashed(self, user: "User") -> Self:
        """The user's rows in the trash, latest first."""
        return super().for_user(user).exclude(trashed_at=None).order_by("-trashed_at", "-pk")

    def trashed_or_not(self, user: "User") -> Self:
        """All the user's rows, in the trash and out of it."""
        return super().for_user(user)

    def outlived(self, now: datetime) -> Self:
        """Anybody's rows that have been in the trash longer than we promise to keep them."""
        return self.filter(trashed_at__lt=now - TRASH_KEPT_FOR)

    def purge(self, now: datetime) -> int:
        """Delete for good what has outlived the trash; the number of rows that went."""
        with transaction.atomic():
            return self.doomed(now).delete()[0]

    def doomed(self, now: datetime) -> Self:
        """What a purge may delete, locked, so that nobody restores it between two looks."""
        keys = list(self.outlived(now).select_for_update().values_list("pk", flat=True))
        rows = self.filter(pk__in=keys)
        for relation in getattr(self.model, "takes_along", ()):
            child = cast(models.ManyToOneRel, self.model._meta.get_field(relation))
            live = child.related_model._default_manager.filter(trashed_at=None)
            # Deleting takes the children along, and one of them may have come back on its own.
            rows = rows.exclude(models.Exists(live.filter(**{child.field.name: models.OuterRef("pk")})))
        return rows


class TrashableModel(OwnedModel):
    """A private row that is deleted in two steps: to the trash, then for good after 30 days."""

    trashed_at = models.DateTimeField(null=True, editable=False)

    # Names of reverse relations that go to the trash and come back together with this row.
    takes_along: ClassVar[tuple[str, ...]] = ()

    class Meta(OwnedModel.Meta):
        abstract = True

    def trash(self) -> None:
        """Move to the trash with what belongs to it. Trashing twice keeps the first date."""
        if self.trashed_at is None:
            self._stamp(before=None, after=timezone.now())

    def restore(self) -> None:
        """Bring back this row and exactly what went to the trash with it."""
        if self.trashed_at is not None:
            self._stamp(before=self.trashed_at, after=None)

    @property
    def purged_on(self) -> datetime | None:
        """When the row will be gone for good, None while it is not in the trash."""
        return self.trashed_at and self.trashed_at + TRASH_KEPT_FOR

    def days_left(self, now: datetime) -> int:
        """Full days until a row in the trash is gone for good."""
        return max(0, (self.purged_on - now).days) if self.purged_on else 0

    def _stamp(self, *, before: datetime | None, after: datetime | None) -> None:
        # One shared moment marks what went together; that is how restore finds it again.
        with transaction.atomic():
            # Parent before children, always: whoever adds a child meanwhile waits for this lock too.
            type(self)._default_manager.select_for_update().get(pk=self.pk)
            for relation in self.takes_along:
                getattr(self, relation).filter(trashed_at=before).update(trashed_at=after)
            self.trashed_at = after
            self.save(update_fields=["trashed_at"])


def new_submission_id() -> uuid.UUID:
    """A value for the hidden field that lets the same form count only once."""
    return uuid.uuid4()
