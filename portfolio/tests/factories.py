"""Rows and files for tests: a valid default for everything, and overrides."""

import hashlib
import io
import zipfile
from datetime import date
from itertools import count

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from portfolio.models import (
    Format,
    PrivateShowing,
    QualityItem,
    ReviewComment,
    ReviewRequest,
    Sample,
    SampleFile,
    ShareLink,
)
from portfolio.sharing import put_on_page

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
# The first bytes of programs for Linux and for Windows.
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x3e\x00\x01\x00\x00\x00" + bytes(200)
PE = (
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"
    + bytes(46)
    + b"\x80\x00\x00\x00"
    + bytes(64)
    + b"PE\0\0"
)


def make_format(key="needs_assessment", **fields):
    """The format with this key, made if it is not there yet."""
    defaults = {"name": key.replace("_", " ").capitalize(), "definition": "A kind of deliverable."}
    return Format.objects.update_or_create(key=key, defaults=fields, create_defaults=defaults | fields)[0]


def make_sample(owner, **fields):
    """A sample; `format` may be a Format or just its key."""
    if not isinstance(fields.get("format"), Format):
        fields["format"] = make_format(fields.get("format", "needs_assessment"))
    defaults = {"title": "Heart failure needs assessment", "permission": Sample.Permission.OWN_WORK}
    return Sample.objects.create(owner=owner, **defaults | fields)


def make_shareable(owner, **fields):
    """A sample that may be shown: ready, checked, its owner's own work."""
    return make_sample(owner, **{"status": "ready", "quality_checked_on": date(2026, 11, 1), **fields})


def make_share_link(owner, *samples, **fields):
    """A page for strangers with these samples in this order."""
    link = ShareLink.objects.create(owner=owner, **{"title": "Cardiology samples", **fields})
    put_on_page(link, samples)
    return link


def make_showing(sample, **fields):
    defaults = {"shown_to": "Lena Vogt", "shown_on": date(2026, 11, 2)}
    return PrivateShowing.objects.create(owner=sample.owner, sample=sample, **defaults | fields)


def make_sample_file(sample, content=PDF, **fields):
    """The next stored version of this sample, without the checks that an upload goes through."""
    sample.last_version += 1
    sample.save(update_fields=["last_version"])
    defaults = {
        "version": sample.last_version,
        "name": "needs-assessment.pdf",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "file": ContentFile(content, name="upload"),
    }
    return SampleFile.objects.create(owner=sample.owner, sample=sample, **defaults | fields)


def pdf_upload(name="report.pdf", content=PDF):
    """A PDF as the browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")


def stored_files():
    """The names of all files in storage."""
    return default_storage.listdir("samples")[1] if default_storage.exists("samples") else []


def zip_bytes(members):
    """A ZIP archive with these members, by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


_points = count(1)


def make_quality_item(**fields):
    n = next(_points)
    return QualityItem.objects.create(**{"key": f"point-{n}", "position": n, "text": f"Point {n}", **fields})


def make_review(sample, comments=(), **fields):
    """A reader asked about `sample`; with `comments` they have answered."""
    defaults = {"reader": "Lena Brandt", "expires_on": date(2100, 1, 1)}
    if comments:
        defaults["answered_on"] = date(2026, 11, 20)
    review = ReviewRequest.objects.create(owner=sample.owner, sample=sample, **defaults | fields)
    ReviewComment.objects.bulk_create(
        ReviewComment(owner=sample.owner, request=review, position=position, text=text)
        for position, text in enumerate(comments, start=1)
    )
    return review
