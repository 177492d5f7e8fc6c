"""Writing samples: the evidence a writer shows, and what may be shown of each."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from cmetrack.ownership import TrashableModel, TrashableQuerySet, every_word
from cmetrack.validators import validate_plausible_date, validate_web_address
from portfolio.models.formats import Format
from portfolio.storage import delete_stored

# Short names for a status and a permission are their labels; these say what choosing one means.
STATUS_MEANING = {
    "idea": "Worth writing one day.",
    "draft": "Begun, not finished yet.",
    "in_review": "Somebody else is reading it.",
    "ready": "You would send it to an editor today.",
    "retired": "Out of date: kept for you, no longer shown.",
}
PERMISSION_MEANING = {
    "own_work": "You own it, so it may go on a page you share.",
    "public_link": "You may share the link to that page, not a copy.",
    "not_asked": "Where work for others begins. Nobody else sees it.",
    "requested": "Nobody else sees it until they answer.",
    "granted_full": "You keep their written consent. It may go on a page you share.",
    "granted_redacted": "Only a redacted file may go on a page you share.",
    "granted_private": "You may show it to one person at a time, never on a page.",
    "refused": "Describe it in general words only, such as “needs assessment, oncology, 2025”.",
}


class SampleQuerySet(TrashableQuerySet["Sample"]):
    def matching(self, words: str) -> Self:
        """Samples whose title, area, audience or summary contains every word."""
        return self.filter(every_word(words, "title", "therapeutic_area", "audience", "summary"))

    def drafts(self) -> Self:
        """Samples begun and not finished."""
        return self.filter(status__in=(Sample.Status.DRAFT, Sample.Status.IN_REVIEW))

    def begun(self) -> Self:
        """Samples that are more than an idea. A retired one no longer counts."""
        return self.exclude(status__in=(Sample.Status.IDEA, Sample.Status.RETIRED))

    def quality_checked(self) -> Self:
        """Samples whose quality checklist is complete for the file as it is."""
        return self.filter(quality_checked_on__isnull=False)

    def listed(self) -> Self:
        """As a list needs them: with their format, without their long texts."""
        return self.select_related("format").defer("summary", "objectives", "notes")

    def latest_work_first(self, since: date | None = None) -> Self:
        """With `done_on`: the day it was finished, else logged. Those from `since` on."""
        dated = self.annotate(done_on=Coalesce("completed_on", TruncDate("created_at")))
        recent = dated.filter(done_on__gte=since) if since else dated
        return recent.order_by("-done_on", "-pk")

    def areas(self) -> list[str]:
        """The therapeutic areas in use, each once."""
        areas = self.exclude(therapeutic_area="").order_by("therapeutic_area")
        return list(areas.values_list("therapeutic_area", flat=True).distinct())

    def purge(self, now: datetime) -> int:
        """Delete for good what has outlived the trash, stored files included."""
        with transaction.atomic():
            doomed = self.doomed(now)
            delete_stored(doomed.exclude(files=None).values_list("files__file", flat=True))
            return doomed.delete()[0]


class Sample(TrashableModel):
    """One piece of writing, with what its owner may show of it."""

    class Origin(models.TextChoices):
        SPEC = "spec", "Spec: I set the brief"
        COURSE_WORK = "course_work", "Course work"
        OWN_PUBLISHED = "own_published", "Published under my name"
        CLIENT = "client", "Client work"
        VOLUNTEER = "volunteer", "Volunteer work"
        REPURPOSED_ACADEMIC = "repurposed_academic", "Reworked academic writing"
        EDITED = "edited", "Edited for somebody else"

    class Status(models.TextChoices):
        IDEA = "idea", "Idea"
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        READY = "ready", "Ready"
        RETIRED = "retired", "Retired"

    class Permission(models.TextChoices):
        OWN_WORK = "own_work", "My own work, nothing confidential in it"
        PUBLIC_LINK = "public_link", "Public on the client’s own page"
        NOT_ASKED = "not_asked", "Not asked yet"
        REQUESTED = "requested", "Asked, waiting for an answer"
        GRANTED_FULL = "granted_full", "Granted in writing, in full"
        GRANTED_REDACTED = "granted_redacted", "Granted for a redacted extract"
        GRANTED_PRIVATE = "granted_private", "Granted to show one to one"
        REFUSED = "refused", "Refused"

    STATUS_TAGS: ClassVar[dict[str, str]] = {
        Status.IDEA: "tag-muted",
        Status.DRAFT: "tag-draft",
        Status.IN_REVIEW: "tag-brand",
        Status.READY: "tag-proven",
        Status.RETIRED: "tag-muted",
    }
    SHORT_PERMISSIONS: ClassVar[dict[str, str]] = {
        Permission.OWN_WORK: "My own work",
        Permission.PUBLIC_LINK: "Public link",
        Permission.NOT_ASKED: "Not asked yet",
        Permission.REQUESTED: "Asked, waiting",
        Permission.GRANTED_FULL: "Granted in full",
        Permission.GRANTED_REDACTED: "Granted, redacted",
        Permission.GRANTED_PRIVATE: "Granted, one to one",
        Permission.REFUSED: "Refused",
    }
    # Work done for others is theirs to release, paid or not. Showing it starts with asking.
    ASK_FIRST: ClassVar[tuple[str, ...]] = (Origin.CLIENT, Origin.VOLUNTEER, Origin.EDITED)

    GRANTED: ClassVar[tuple[str, ...]] = (
        Permission.GRANTED_FULL,
        Permission.GRANTED_REDACTED,
        Permission.GRANTED_PRIVATE,
    )

    title = models.CharField(max_length=200)
    format = models.ForeignKey(Format, models.PROTECT)
    therapeutic_area = models.CharField(max_length=100, blank=True, help_text="Such as cardiology, or any.")
    audience = models.CharField(max_length=150, blank=True, help_text="Who would learn from it.")
    summary = models.TextField(max_length=2000, blank=True, help_text="What it is and what it shows of you.")
    objectives = models.TextField("learning objectives", max_length=4000, blank=True)
    origin = models.CharField(max_length=30, choices=Origin, default=Origin.SPEC)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    permission = models.CharField("permission to show", max_length=20, choices=Permission, blank=True)
    client_name = models.CharField(
        "client",
        max_length=150,
        blank=True,
        help_text="Only you see this. It never goes on a shared page.",
    )
    role = models.CharField(
        "your part",
        max_length=150,
        blank=True,
        help_text="Such as sole writer, or editor of the first draft. Shown with the sample.",
    )
    tags = models.CharField(max_length=200, blank=True, help_text="Separated by commas.")
    word_count = models.PositiveIntegerField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    external_url = models.URLField(
        "link",
        max_length=500,
        blank=True,
        validators=[validate_web_address],
        help_text="Where it can be read, instead of a file or beside it.",
    )
    notes = models.TextField("private notes", max_length=20_000, blank=True)
    # When every point of the quality checklist was answered; a change of the files clears it.
    quality_checked_on = models.DateField(null=True, editable=False)
    # When the permission changed: until its owner has looked again, nothing new of it is shown.
    look_due_since = models.DateTimeField(null=True, editable=False)
    # When its owner last said that it is still up to date; None: never asked.
    current_as_of = models.DateField(null=True, editable=False)
    # The highest version number ever given to a file, so that none is given twice.
    last_version = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[SampleQuerySet] = SampleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TrashableModel.Meta):
        ordering = ("-updated_at", "-pk")
        indexes = (models.Index(fields=("owner", "trashed_at", "-updated_at")),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portfolio:detail", args=[self.pk])

    @property
    def restore_url(self) -> str:
        return reverse("portfolio:restore", args=[self.pk])

    @classmethod
    def default_permission(cls, origin: str) -> "Sample.Permission":
        """What may be shown of a sample of this origin until its owner says otherwise."""
        return cls.Permission.NOT_ASKED if origin in cls.ASK_FIRST else cls.Permission.OWN_WORK

    def check_quality(self, on: date | None) -> None:
        """Note that the checklist is complete as of `on`, or, with None, that it is not."""
        self.quality_checked_on = on
        self.save(update_fields=["quality_checked_on", "updated_at"])

    def quality_answered(self) -> int:
        """How many points in use have an answer."""
        return self.quality_marks.filter(item__retired_on=None).count()

    def move(self, status: str) -> None:
        """Change the status, so that a form opened before notices."""
        self.status = status
        self.revision += 1
        self.save(update_fields=["status", "revision", "updated_at"])

    def days_left(self, now: datetime) -> int:
        """Full days until a sample in the trash is gone for good."""
        return max(0, (self.purged_on - now).days) if self.purged_on else 0

    @property
    def objective_list(self) -> list[str]:
        """The objectives one by one, without the dashes that people put before them."""
        lines = (line.strip().lstrip("-*•").strip() for line in self.objectives.splitlines())
        return [line for line in lines if line]

    @property
    def status_tag(self) -> str:
        return self.STATUS_TAGS[self.status]

    @property
    def status_meaning(self) -> str:
        return STATUS_MEANING[self.status]

    @property
    def short_permission(self) -> str:
        return self.SHORT_PERMISSIONS[self.permission or self.default_permission(self.origin)]

    @property
    def permission_label(self) -> str:
        return self.Permission(self.permission or self.default_permission(self.origin)).label

    @property
    def changed_on(self) -> str:
        """The day of the latest change, in words: lists are too long for the date filter."""
        day = timezone.localtime(self.updated_at)
        return f"{day.day} {day:%b %Y}"

    @property
    def is_permission_granted(self) -> bool:
        """Whether somebody allowed showing it, as it was when they were asked."""
        return self.permission in self.GRANTED

    @property
    def permission_meaning(self) -> str:
        return PERMISSION_MEANING[self.permission or self.default_permission(self.origin)]
