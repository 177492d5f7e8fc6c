"""Rows and files for tests: a valid default for everything, and overrides."""

import hashlib
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
from portfolio.tests.files import pdf, picture

PDF = pdf()
PNG = picture("PNG")


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
        "pages": 1,
        "preview_pages": 1,
    }
    return SampleFile.objects.create(owner=sample.owner, sample=sample, **defaults | fields)


def pdf_upload(name="report.pdf", content=PDF):
    """A PDF as the browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")


def stored_files():
    """The names of all files in storage, the pictures of their pages aside."""
    return in_storage("samples")


def in_storage(folder):
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


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
