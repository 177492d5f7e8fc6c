"""A file of people on its way in: what it held, what became of each row, and how to take it back."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from networking.models.contacts import Contact

# As long as what lies in the trash: until then an import can be undone.
KEPT_FOR = timedelta(days=30)


class ImportBatchQuerySet(OwnedQuerySet["ImportBatch"]):
    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def purge(self, now: datetime) -> int:
        """Forget anybody's files that are older than we keep them; the people stay. How many went."""
        old = self.filter(created_at__lt=now - KEPT_FOR)
        count = old.count()
        old.delete()
        return count


class ImportBatch(OwnedModel):
    """One file. Nothing is written before `confirmed_at`; `finished_at` says that every row is."""

    class Kind(models.TextChoices):
        LINKEDIN = "linkedin", "LinkedIn connections"
        GOOGLE = "google", "Google contacts"
        OUTLOOK = "outlook", "Outlook contacts"
        CMETRACK = "cmetrack", "People exported from CMEtrack"
        VCARD = "vcard", "Address cards (vCard)"
        CSV = "csv", "A table"

    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    file_name = models.CharField(max_length=200, editable=False)
    header = models.JSONField(default=list, editable=False)
    # For each column what it holds (`columns.Target`), empty where it is left out.
    mapping = models.JSONField(default=list, editable=False)
    stage = models.CharField(
        "relationship of those who are new",
        max_length=20,
        choices=Contact.Stage,
        default=Contact.Stage.IDENTIFIED,
    )
    tag = models.CharField(
        "tag for those who are new",
        max_length=60,
        blank=True,
        help_text="So that you find them together later, such as “LinkedIn”.",
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)
    # Those who were new and stayed after an undo, because somebody had worked with them.
    kept = models.PositiveIntegerField(default=0, editable=False)
    # Those in whom something else stands by now where an undo would have emptied a field.
    corrected = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[ImportBatchQuerySet] = ImportBatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("owner", "-created_at")),)

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("networking:import-detail", args=[self.pk])

    @property
    def is_being_written(self) -> bool:
        return self.confirmed_at is not None and self.finished_at is None

    @property
    def next_step_url(self) -> str:
        """Where it goes on before it is confirmed: what we did not recognise asks for its columns first."""
        step = "import-columns" if self.kind == self.Kind.CSV and self.revision == 0 else "import-preview"
        return reverse(f"networking:{step}", args=[self.pk])

    @property
    def undone_words(self) -> str:
        if not (self.kept or self.corrected):
            return "Taken back: everything is as it was before this file."
        text = "Taken back."
        if self.kept:
            who = "1 person stays" if self.kept == 1 else f"{self.kept} people stay"
            text = f"{text} {who}, because something was done with them since."
        if self.corrected:
            whom = "1 person" if self.corrected == 1 else f"{self.corrected} people"
            text = f"{text} What you changed since with {whom} was left as it is."
        return text

    def confirm(self, now: datetime) -> bool:
        """Let it be written. Confirming twice changes nothing; whether this was the first time."""
        if self.confirmed_at is not None:
            return False
        self.confirmed_at = now
        self.save(update_fields=["confirmed_at", "updated_at"])
        return True


class ImportRowQuerySet(OwnedQuerySet["ImportRow"]):
    def pending(self) -> Self:
        """Those not looked at yet, as they stand in the file."""
        return self.filter(outcome="").order_by("number", "pk")

    def with_outcome(self, outcome: str) -> Self:
        return self.filter(outcome=outcome).select_related("contact").order_by("number", "pk")


class ImportRow(OwnedModel):
    """One row of the file and what became of it."""

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Already here, filled in"
        SAME = "same", "Already here, nothing to add"
        UNUSABLE = "unusable", "Not usable"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", editable=False)
    number = models.PositiveIntegerField(editable=False)
    cells = models.JSONField(default=list, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    note = models.TextField(blank=True, editable=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+", editable=False)
    # What was filled in with somebody who was here already, each with what an undo needs to know.
    filled = models.JSONField(default=list, editable=False)

    objects: ClassVar[ImportRowQuerySet] = ImportRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("batch", "number", "pk")
        indexes = (models.Index(fields=("batch", "outcome", "number")),)

    def __str__(self) -> str:
        return f"Row {self.number}"
