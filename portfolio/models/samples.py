"""Writing samples: the evidence a writer shows, and what may be shown of each."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Self, TypeAlias

from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse
from django.utils import timezone

from cmetrack.ownership import TrashableModel, TrashableQuerySet, every_word
from cmetrack.validators import validate_plausible_date, validate_web_address
from portfolio.models import choices
from portfolio.models.choices import PERMISSION_MEANING, STATUS_MEANING
from portfolio.models.formats import Format
from portfolio.spelling import Names, tags_in
from portfolio.storage import delete_stored

# After this long a ready sample may have been overtaken by newer evidence or another guideline.
CURRENT_FOR_YEARS = 2


class SampleQuerySet(TrashableQuerySet["Sample"]):
    def matching(self, words: str) -> Self:
        """Samples whose title, area, audience, summary or tags contain every word."""
        return self.filter(every_word(words, "title", "therapeutic_area", "audience", "summary", "tags"))

    def tagged(self, spellings: Iterable[str]) -> Self:
        """Samples with a tag that is spelt in one of these ways."""
        wanted = models.Q()
        for tag in spellings:
            wanted |= models.Q(listed_tags__contains=f", {tag},")
        return self.alias(listed_tags=Concat(Value(", "), "tags", Value(","))).filter(wanted)

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
        return self.select_related("format").defer("summary", "objectives", "consent", "notes")

    def latest_work_first(self, since: date | None = None) -> Self:
        """With `done_on`: the day it was finished, else logged. Those from `since` on."""
        dated = self.annotate(done_on=Coalesce("completed_on", TruncDate("created_at")))
        recent = dated.filter(done_on__gte=since) if since else dated
        return recent.order_by("-done_on", "-pk")

    def names_used(self) -> tuple[Names, Names]:
        """The therapeutic areas and the tags in use, in one query."""
        used = list(self.order_by().values_list("therapeutic_area", "tags").annotate(models.Count("pk")))
        areas = Names((area, times) for area, _, times in used)
        return areas, Names((tag, times) for _, tags, times in used for tag in tags_in(tags))

    def purge(self, now: datetime) -> int:
        """Delete for good what has outlived the trash, stored files included."""
        with transaction.atomic():
            doomed = self.doomed(now)
            delete_stored(doomed.exclude(files=None).values_list("files__file", flat=True))
            return doomed.delete()[0]


class Sample(TrashableModel):
    """One piece of writing, with what its owner may show of it."""

    # A `type` statement would hide their members.
    Origin: TypeAlias = choices.Origin  # noqa: UP040
    Status: TypeAlias = choices.Status  # noqa: UP040
    Permission: TypeAlias = choices.Permission  # noqa: UP040

    STATUS_TAGS: ClassVar[dict[str, str]] = {
        Status.IDEA: "tag-muted",
        Status.DRAFT: "tag-draft",
        Status.IN_REVIEW: "tag-brand",
        Status.READY: "tag-proven",
        Status.RETIRED: "tag-muted",
    }
    # Nothing of these is ever shown to anybody: they may save themselves while somebody types.
    UNFINISHED: ClassVar[tuple[str, ...]] = (Status.IDEA, Status.DRAFT, Status.IN_REVIEW)
    NEXT_STATUS: ClassVar[dict[str, str]] = {
        Status.IDEA: Status.DRAFT,
        Status.DRAFT: Status.IN_REVIEW,
        Status.IN_REVIEW: Status.READY,
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
    consent = models.TextField(
        "written consent",
        max_length=2000,
        blank=True,
        help_text="Who agreed, when and in which words, or where you keep it. Only you see this.",
    )
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
    # When what may be shown changed: until its owner has looked again, nothing of it is shown.
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
    def edit_url(self) -> str:
        return reverse("portfolio:update", args=[self.pk])

    @property
    def move_url(self) -> str:
        return reverse("portfolio:move", args=[self.pk])

    @property
    def confirm_url(self) -> str:
        return reverse("portfolio:confirm", args=[self.pk])

    @property
    def restore_url(self) -> str:
        return reverse("portfolio:restore", args=[self.pk])

    @classmethod
    def default_permission(cls, origin: str) -> "Sample.Permission":
        """What may be shown of a sample of this origin until its owner says otherwise."""
        return cls.Permission.NOT_ASKED if origin in cls.ASK_FIRST else cls.Permission.OWN_WORK

    @property
    def effective_permission(self) -> Permission:
        """What its owner said of showing it; nothing said, what comes of its origin."""
        return self.Permission(self.permission or self.default_permission(self.origin))

    def check_quality(self, on: date | None) -> None:
        """Note that the checklist is complete as of `on`, or, with None, that it is not.

        Whoever goes through all of it has looked: no look is due after that.
        """
        self.quality_checked_on = on
        if on:
            self.look_due_since = None
        self.save(update_fields=["quality_checked_on", "look_due_since", "updated_at"])

    @property
    def as_seen(self) -> str:
        """What a form carries that is about the sample as it is now; after any change it is another."""
        return self.updated_at.isoformat()

    def ask_for_a_look(self) -> None:
        """Show nothing of it until its owner has looked again: what may be shown has changed."""
        self.look_due_since = timezone.now()
        self.save(update_fields=["look_due_since", "updated_at"])

    def look(self) -> None:
        """Its owner has looked, and it may be shown as its permission says."""
        self.look_due_since = None
        self.save(update_fields=["look_due_since", "updated_at"])

    def confirm(self, on: date | None) -> None:
        """Its owner says that it was up to date on this day; None takes that back."""
        self.current_as_of = on
        self.save(update_fields=["current_as_of", "updated_at"])

    def quality_answered(self) -> int:
        """How many points in use have an answer."""
        return self.quality_marks.filter(item__retired_on=None).count()

    def move(self, status: str) -> None:
        """Change the status, so that a form opened before notices."""
        self.status = status
        self.revision += 1
        self.save(update_fields=["status", "revision", "updated_at"])

    def age_question(self, today: date) -> str:
        """What to ask of a ready sample that may be out of date, "" while it is not."""
        written = self.completed_on or timezone.localdate(self.created_at)
        last = max(written, self.current_as_of or written)
        years = today.year - last.year - ((today.month, today.day) < (last.month, last.day))
        if self.status != self.Status.READY or years < CURRENT_FOR_YEARS:
            return ""
        return f"{'Written' if last == written else 'Last confirmed'} {years} years ago: still current?"

    @property
    def objective_list(self) -> list[str]:
        """The objectives one by one, without the dashes that people put before them."""
        lines = (line.strip().lstrip("-*•").strip() for line in self.objectives.splitlines())
        return [line for line in lines if line]

    @property
    def tag_list(self) -> list[str]:
        return tags_in(self.tags)

    @property
    def status_tag(self) -> str:
        return self.STATUS_TAGS[self.status]

    @property
    def saves_itself(self) -> bool:
        """Whether nobody but its owner sees it, so that its form may save while it is filled in."""
        return self.status in self.UNFINISHED

    @property
    def next_status(self) -> Status | None:
        """The state that usually comes next, None where nothing does."""
        following = self.NEXT_STATUS.get(self.status)
        return self.Status(following) if following else None

    @property
    def status_meaning(self) -> str:
        return STATUS_MEANING[self.status]

    @property
    def short_permission(self) -> str:
        return self.SHORT_PERMISSIONS[self.effective_permission]

    @property
    def permission_label(self) -> str:
        return self.effective_permission.label

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
        return PERMISSION_MEANING[self.effective_permission]
