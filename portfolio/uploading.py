"""Taking files in: checked first, then stored, then numbered in one go, or not at all."""

import json
import math
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portfolio.file_types import FileRefusedError, recognise, tidy_name
from portfolio.models import Sample, SampleFile
from portfolio.storage import Store

_MB = 1024 * 1024


def check_upload(upload: UploadedFile) -> None:
    """Refuse what is empty, too large or not what its name says. Raises FileRefusedError.

    An accepted upload leaves with a tidy name and the content type we found, not the one it claims.
    """
    name = upload.name = tidy_name(upload.name or "")
    if not upload.size:
        raise FileRefusedError(f"“{name}” is empty.")
    if upload.size > settings.UPLOAD_MAX_MB * _MB:
        size = in_mb(upload.size)
        raise FileRefusedError(f"“{name}” is {size} MB. The limit is {settings.UPLOAD_MAX_MB} MB.")
    upload.content_type = recognise(name, upload).content_type


def in_mb(size: int) -> str:
    """Bytes in megabytes, rounded up: a file barely over a limit is not said to be as large as it."""
    return f"{math.ceil(size * 10 / _MB) / 10:.1f}"


def bound_to(number: uuid.UUID | None, *what: Any) -> uuid.UUID | None:
    """The number of a form together with what was sent in it: only the very same sending has it again."""
    return number and uuid.uuid5(number, json.dumps(what))


def add_versions(
    sample: Sample,
    uploads: Sequence[UploadedFile],
    store: Store,
    *,
    kind: str = SampleFile.Kind.FULL,
    submission_id: uuid.UUID | None = None,
) -> list[SampleFile]:
    """Add checked `uploads` as the next versions of `sample`, except those this very sending added before.

    Gives back all of them, old and new. Call it inside `with storing() as store`.
    """
    files = _unnumbered(sample, uploads, store, kind)
    sent = [(file.name, file.sha256) for file in files]
    for position, file in enumerate(files):
        file.submission_id = bound_to(submission_id, sample.pk, kind, sent, position)
    with transaction.atomic():
        saved = _number(sample.pk, files)
    store.take_back(but={str(file.file.name) for file in saved})
    return saved


def _unnumbered(sample: Sample, uploads: Sequence[UploadedFile], store: Store, kind: str) -> list[SampleFile]:
    """A row for each upload, its content stored, without a version yet."""
    stored = [(upload, store.add(upload)) for upload in uploads]
    return [
        SampleFile(
            owner_id=sample.owner_id,
            sample=sample,
            kind=kind,
            file=content.name,
            name=upload.name or "",
            content_type=upload.content_type or "",
            size=upload.size or 0,
            sha256=content.sha256,
        )
        for upload, content in stored
    ]


def _number(sample_pk: int, files: list[SampleFile]) -> list[SampleFile]:
    """Save `files` as the next versions, or find what the same sending saved before."""
    # The lock makes two uploads at once wait for each other and get different numbers.
    sample = Sample.objects.select_for_update().get(pk=sample_pk)
    before = sample.files.filter(submission_id__in=[file.submission_id for file in files])
    known = {file.submission_id: file for file in before}
    added = [file for file in files if file.submission_id not in known]
    for version, file in enumerate(added, start=sample.last_version + 1):
        file.version = version
    SampleFile.objects.bulk_create(added)
    if added:
        sample.last_version += len(added)
        # What was checked was another file.
        sample.quality_checked_on = None
        sample.save(update_fields=["last_version", "quality_checked_on", "updated_at"])
    return [known.get(file.submission_id, file) for file in files]
