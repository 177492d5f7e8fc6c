"""Taking files in: checked first, then stored, then numbered in one go, or not at all."""

import json
import math
import uuid
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cmetrack.saving import NotSavedError
from cmetrack.validators import without_hidden_characters
from portfolio.file_types import ACCEPTED_IN_WORDS, PAGES_SHOWN, TYPES, FileRefusedError, claimed_type
from portfolio.inspection.findings import SAVE_AGAIN, Findings, TroubleError
from portfolio.inspection.kinds import is_plainly_text
from portfolio.models import Sample, SampleFile
from portfolio.quota import check_room, wait_for_other_uploads
from portfolio.sandbox import PATIENCE, look_into
from portfolio.storage import Store

_MB = 1024 * 1024
NAME_MAX = 255
# What a file tells of itself may be a novel.
TRACE_MAX, TRACES_KEPT = 150, 40


class CheckedUpload(UploadedFile):
    """How `check_upload` leaves an upload: with what was found in it."""

    findings: Findings


def check_upload(upload: UploadedFile, patience: float = PATIENCE) -> None:
    """Refuse what is empty, too large, not what its name says, or unsafe. Raises FileRefusedError.

    An accepted upload leaves with a tidy name, the content type we found, not the one it claims, and
    what it tells about people.
    """
    name = upload.name = tidy_name(upload.name or "")
    if not upload.size:
        raise FileRefusedError(f"“{name}” is empty. {SAVE_AGAIN}")
    if upload.size > settings.UPLOAD_MAX_MB * _MB:
        raise FileRefusedError(
            f"“{name}” is {in_mb(upload.size)} MB. The limit is {settings.UPLOAD_MAX_MB} MB: "
            "make its pictures smaller, or send it in parts."
        )
    claimed = claimed_type(name)
    if claimed is None:
        raise FileRefusedError(f"“{name}” is not a kind of file we can keep. We take {ACCEPTED_IN_WORDS}.")
    try:
        cast(CheckedUpload, upload).findings = _look(claimed, upload, patience)
    except TroubleError as trouble:
        raise FileRefusedError(f"“{name}” {trouble}") from trouble
    upload.content_type = TYPES[claimed].content_type


def _look(claimed: str, upload: UploadedFile, patience: float) -> Findings:
    # Text cannot do anything to whoever reads it: it needs no process of its own.
    if TYPES[claimed].family == "text" and is_plainly_text(upload):
        return Findings()
    return look_into(claimed, upload, patience)


def tidy_name(name: str) -> str:
    """A file's name without folders or hidden characters, short enough, with its ending kept."""
    # Browsers send a quotation mark in a file's name as %22.
    name = without_hidden_characters(name.replace("%22", '"')).replace("\\", "/").rsplit("/", 1)[-1].strip()
    ending = PurePath(name).suffix
    if len(ending) > 10:
        ending = ""
    return name if len(name) <= NAME_MAX else name[: NAME_MAX - len(ending)] + ending


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

    A file that names people is added as a full one, whatever `kind` says: calling it redacted takes a
    second look. Gives back all of them, old and new; raises NotSavedError when there is no room. Call
    it inside `with storing() as store`.
    """
    files = _unnumbered(sample, uploads, store, kind)
    sent = [(file.name, file.sha256) for file in files]
    for position, file in enumerate(files):
        file.submission_id = bound_to(submission_id, sample.pk, kind, sent, position)
    with transaction.atomic():
        saved = _number(sample, files)
    store.take_back(but={str(file.file.name) for file in saved})
    return saved


def _unnumbered(sample: Sample, uploads: Sequence[UploadedFile], store: Store, kind: str) -> list[SampleFile]:
    """A row for each upload, its content stored, without a version yet."""
    stored = [(cast(CheckedUpload, upload), store.add(upload)) for upload in uploads]
    return [
        SampleFile(
            owner_id=sample.owner_id,
            sample=sample,
            kind=SampleFile.Kind.FULL if upload.findings.traces else kind,
            file=content.name,
            name=upload.name or "",
            content_type=upload.content_type or "",
            size=upload.size or 0,
            sha256=content.sha256,
            traces=[_phrase(trace) for trace in upload.findings.traces[:TRACES_KEPT]],
            pages=upload.findings.pages,
            preview_pages=min(upload.findings.pages, PAGES_SHOWN),
        )
        for upload, content in stored
    ]


def _phrase(trace: str) -> str:
    """Something that a stranger's file says, as one short line."""
    line = without_hidden_characters(" ".join(trace.split()))
    return line if len(line) <= TRACE_MAX else f"{line[: TRACE_MAX - 1]}…"


def _number(sample: Sample, files: list[SampleFile]) -> list[SampleFile]:
    """Save `files` as the next versions, or find what the same sending saved before."""
    wait_for_other_uploads(sample.owner_id)
    # The lock makes two uploads at once wait for each other and get different numbers.
    locked = Sample.objects.select_for_update().filter(pk=sample.pk, trashed_at=None).first()
    if locked is None:
        raise NotSavedError("This sample has gone to the trash meanwhile. Restore it, then add the file.")
    sample = locked
    before = sample.files.filter(submission_id__in=[file.submission_id for file in files])
    known = {file.submission_id: file for file in before}
    added = [file for file in files if file.submission_id not in known]
    check_room(sample.owner_id, sum(file.size for file in added))
    for version, file in enumerate(added, start=sample.last_version + 1):
        file.version = version
    SampleFile.objects.bulk_create(added)
    if added:
        sample.last_version += len(added)
        # What was checked was another file.
        sample.quality_checked_on = None
        sample.save(update_fields=["last_version", "quality_checked_on", "updated_at"])
    return [known.get(file.submission_id, file) for file in files]
