"""The files of a sample: numbered versions, stored under names nobody can guess."""

from typing import ClassVar

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat, pluralize
from django.urls import reverse
from django.utils import timezone

from cmetrack.ownership import OwnedModel, OwnedQuerySet
from portfolio.file_types import family_of
from portfolio.models.samples import Sample
from portfolio.storage import delete_stored, new_stored_name


def stored_name(file: "SampleFile", filename: str) -> str:
    """Where a file lies in storage: a random name that keeps nothing of what it was called."""
    return new_stored_name()


class SampleFileQuerySet(OwnedQuerySet["SampleFile"]):
    def total_size(self) -> int:
        """How many bytes they take together, those of samples in the trash included."""
        return int(self.aggregate(total=models.Sum("size", default=0))["total"])


class SampleFile(OwnedModel):
    """One uploaded version of a sample. Versions are numbered from 1 and never reused."""

    class Kind(models.TextChoices):
        FULL = "full", "Full"
        REDACTED = "redacted", "Redacted"

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="files", editable=False)
    version = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FULL)
    file = models.FileField(upload_to=stored_name, storage=default_storage)
    name = models.CharField(max_length=255, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, editable=False)
    # What the file tells about people beside its content, each in a few words: author, comments.
    traces = models.JSONField(default=list, editable=False)
    # How many pages it has, as far as we can count them; and how many are shown as pictures, 0 for none.
    pages = models.PositiveIntegerField(default=0, editable=False)
    preview_pages = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[SampleFileQuerySet] = SampleFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("-version",)
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("sample", "version"), name="samplefile_version_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def added_on(self) -> str:
        """The day it was added, in words."""
        day = timezone.localtime(self.created_at)
        return f"{day.day} {day:%b %Y}"

    @property
    def download_url(self) -> str:
        return reverse("portfolio:file-download", args=[self.sample_id, self.pk])

    @property
    def delete_url(self) -> str:
        return reverse("portfolio:file-delete", args=[self.sample_id, self.pk])

    @property
    def pages_url(self) -> str:
        """Where its owner looks inside."""
        return reverse("portfolio:file-pages", args=[self.sample_id, self.pk])

    @property
    def page_urls(self) -> list[str]:
        """The pictures of its pages, in order."""
        return [
            reverse("portfolio:file-preview", args=[self.sample_id, self.pk, page])
            for page in range(1, self.preview_pages + 1)
        ]

    @property
    def redact_url(self) -> str:
        return reverse("portfolio:file-redact", args=[self.sample_id, self.pk])

    @property
    def unredact_url(self) -> str:
        return reverse("portfolio:file-unredact", args=[self.sample_id, self.pk])

    @property
    def is_redacted(self) -> bool:
        return self.kind == self.Kind.REDACTED

    @property
    def family(self) -> str:
        """How it is looked into: see `portfolio.file_types`."""
        return family_of(self.content_type)

    @property
    def facts(self) -> str:
        """Its number, day, size and length in one line."""
        length = f"{self.pages} page{pluralize(self.pages)}" if self.family == "pdf" and self.pages else ""
        parts = (f"Version {self.version}", self.added_on, filesizeformat(self.size), length)
        return " · ".join(part for part in parts if part)

    def mark(self, kind: str) -> None:
        """Say that it shows the whole piece, or only a redacted extract."""
        self.kind = kind
        self.save(update_fields=["kind", "updated_at"])

    def remove(self) -> None:
        """Delete for good, the stored file included. Its number is not given again."""
        with transaction.atomic():
            delete_stored([str(self.file.name)])
            self.delete()
            self.sample.check_quality(None)
