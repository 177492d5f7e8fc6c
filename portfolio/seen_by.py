"""Who may see a version of a sample: the pages it is on, and the readers asked about it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import User
from portfolio.models import ReviewRequest, Sample, SampleFile, ShareItem, ShareLink
from portfolio.showing import Allowance, allowance, allowance_for_review

type Readers = Mapping[int, list[str]]


@dataclass(frozen=True)
class Version:
    """A file of a sample, and who may see it beside its owner."""

    file: SampleFile
    readers: list[str]


def versions_of(user: User, sample: Sample, today: date) -> list[Version]:
    """All versions of a sample of `user`, the latest first."""
    readers = seen_by(user, sample, today)
    return [Version(file, readers.get(file.pk, [])) for file in sample.files.all()]


def seen_by(user: User, sample: Sample, today: date) -> Readers:
    """By the key of a version, who else may see it now; a version that is not in it, only its owner."""
    readers: defaultdict[int, list[str]] = defaultdict(list)
    shown = places_on_live_pages(user, sample, today).filter(file__kind__in=allowance(sample).files)
    for file_pk, title in shown.values_list("file", "link__title"):
        readers[file_pk].append(f"the page “{title}”")
    asked = ReviewRequest.objects.for_user(user).waiting(today).filter(sample=sample)
    seen = asked.filter(file__kind__in=allowance_for_review(sample).files)
    for file_pk, reader in seen.values_list("file", "reader"):
        readers[file_pk].append(asked_for_a_review(reader))
    return dict(readers)


def waiting_for(user: User, file: SampleFile, today: date) -> list[str]:
    """The live pages and readers that would see `file` if it counted as redacted, and do not yet."""
    waiting: list[str] = []
    if _would_get(file, allowance(file.sample)):
        pages = places_on_live_pages(user, file.sample, today).filter(file=file)
        waiting += pages.values_list("link__title", flat=True)
    if _would_get(file, allowance_for_review(file.sample)):
        asked = ReviewRequest.objects.for_user(user).waiting(today).filter(file=file)
        waiting += [asked_for_a_review(reader) for reader in asked.values_list("reader", flat=True)]
    return waiting


def asked_for_a_review(reader: str) -> str:
    """A reader in a list of those who see something."""
    return f"{reader}, asked for a review"


def _would_get(file: SampleFile, allowed: Allowance) -> bool:
    """Whether calling it redacted is what lets it out."""
    return SampleFile.Kind.REDACTED in allowed.files and file.kind not in allowed.files


def places_on_live_pages(user: User, sample: Sample, today: date) -> models.QuerySet[ShareItem]:
    """The places of a sample on live pages of `user`, whatever they show of it."""
    live = ShareLink.objects.for_user(user).live(today)
    return ShareItem.objects.for_user(user).filter(sample=sample, link__in=live)
