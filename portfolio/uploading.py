"""Taking files in: checked first, then stored and numbered in one go, or not at all."""

import hashlib
import math
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

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
        # Rounded up, so that a file barely over the limit is not said to be as large as it.
        size = math.ceil(upload.size * 10 / _MB) / 10
        raise FileRefusedError(f"“{name}” is {size:.1f} MB. The limit is {settings.UPLOAD_MAX_MB} MB.")
    upload.content_type = recognise(name, upload).content_type


def add_versions(
    sample: Sample,
    uploads: Sequence[UploadedFile],
    store: Store,
    *,
    kind: str = SampleFile.Kind.FULL,
    submission_id: uuid.UUID | None = None,
) -> list[SampleFile]:
    """Add checked `uploads` as the next versions of `sample`; nothing if this submission did already.

    Call it inside `with storing() as store`.
    """
    # The lock makes two uploads at once wait for each other and get different numbers.
    sample = Sample.objects.select_for_update().get(pk=sample.pk)
    if (
        submission_id
        and SampleFile.objects.filter(owner=sample.owner_id, submission_id=submission_id).exists()
    ):
        return []
    added = [_add_version(sample, upload, store, kind) for upload in uploads]
    # A number stands for one row only: the first version has it for all that came with it.
    added[0].submission_id = submission_id
    SampleFile.objects.bulk_create(added)
    sample.save(update_fields=["last_version", "updated_at"])
    return added


def _add_version(sample: Sample, upload: UploadedFile, store: Store, kind: str) -> SampleFile:
    """The next version of `sample`, its content stored, its row not yet saved."""
    sample.last_version += 1
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return SampleFile(
        owner_id=sample.owner_id,
        sample=sample,
        version=sample.last_version,
        kind=kind,
        file=store.add(upload),
        name=upload.name or "",
        content_type=upload.content_type or "",
        size=upload.size or 0,
        sha256=digest.hexdigest(),
    )
