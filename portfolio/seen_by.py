"""Who may see a version of a sample: the pages it is on, and the readers asked about it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import User
from portfolio.models import ReviewRequest, Sample, SampleFile, ShareItem, ShareLink
from portfolio.showing import Allowance, allowance, allowance_for_review

PAGE = "readers of “{}”"
READER = "{}, asked for a review"

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


def is_handed_out(sample: Sample) -> bool:
    """Whether it stands on a page or somebody was asked to read it, now or before. Two queries."""
    return sample.shared_as.exists() or sample.review_requests.exists()


def seen_by(user: User, sample: Sample, today: date) -> Readers:
    """By the key of a version, who else may see it now; a version that is not in it, only its owner."""
    readers: defaultdict[int, list[str]] = defaultdict(list)
    shown = places_on_live_pages(user, sample, today).filter(file__kind__in=allowance(sample).files)
    for file_pk, title in shown.values_list("file", "link__title"):
        readers[file_pk].append(PAGE.format(title))
    seen = _asked(user, sample, today).filter(file__kind__in=allowance_for_review(sample).files)
    for file_pk, reader in seen.values_list("file", "reader"):
        readers[file_pk].append(READER.format(reader))
    return dict(readers)


def who_sees(user: User, sample: Sample, today: date) -> list[str]:
    """Who else may see anything of a sample now, be it a file or only words."""
    pages = places_on_live_pages(user, sample, today).values_list("link__title", flat=True)
    asked = _asked(user, sample, today).values_list("reader", flat=True)
    return [
        *(PAGE.format(title) for title in pages if allowance(sample).on_a_page),
        *(READER.format(reader) for reader in asked if allowance_for_review(sample).details),
    ]


def waiting_for(user: User, file: SampleFile, today: date) -> list[str]:
    """The live pages and readers that would see `file` if it counted as redacted, and do not yet."""
    waiting: list[str] = []
    if _would_get(file, allowance(file.sample)):
        pages = places_on_live_pages(user, file.sample, today).filter(file=file)
        waiting += pages.values_list("link__title", flat=True)
    if _would_get(file, allowance_for_review(file.sample)):
        asked = _asked(user, file.sample, today).filter(file=file)
        waiting += [READER.format(reader) for reader in asked.values_list("reader", flat=True)]
    return waiting


def _would_get(file: SampleFile, allowed: Allowance) -> bool:
    """Whether calling it redacted is what lets it out."""
    return SampleFile.Kind.REDACTED in allowed.files and file.kind not in allowed.files


def places_on_live_pages(user: User, sample: Sample, today: date) -> models.QuerySet[ShareItem]:
    """The places of a sample on live pages of `user`, whatever they show of it."""
    live = ShareLink.objects.for_user(user).live(today)
    return ShareItem.objects.for_user(user).filter(sample=sample, link__in=live)


def _asked(user: User, sample: Sample, today: date) -> models.QuerySet[ReviewRequest]:
    """The readers whose link to a sample leads to it, if anything of it may be shown."""
    return ReviewRequest.objects.for_user(user).waiting(today).filter(sample=sample)
