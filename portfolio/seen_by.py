"""Who may see a version of a sample: the pages it is on, and the readers asked about it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import User
from portfolio.models import ReviewRequest, Sample, SampleFile, ShareItem, ShareLink
from portfolio.showing import allowance, allowance_for_review

PAGE = "the page “{}”"
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


def seen_by(user: User, sample: Sample, today: date) -> Readers:
    """By the key of a version, who else may see it now; a version that is not in it, only its owner."""
    readers: defaultdict[int, list[str]] = defaultdict(list)
    shown = _on_pages(user, sample, today).filter(file__kind__in=allowance(sample).files)
    for file_pk, title in shown.values_list("file", "link__title"):
        readers[file_pk].append(PAGE.format(title))
    seen = _asked(user, sample, today).filter(file__kind__in=allowance_for_review(sample).files)
    for file_pk, reader in seen.values_list("file", "reader"):
        readers[file_pk].append(READER.format(reader))
    return dict(readers)


def who_sees(user: User, sample: Sample, today: date) -> list[str]:
    """Who else may see anything of a sample now, be it a file or only words."""
    pages = _on_pages(user, sample, today).values_list("link__title", flat=True)
    asked = _asked(user, sample, today).values_list("reader", flat=True)
    return [
        *(PAGE.format(title) for title in pages if allowance(sample).on_a_page),
        *(READER.format(reader) for reader in asked if allowance_for_review(sample).details),
    ]


def pages_waiting_for(user: User, file: SampleFile, today: date) -> list[str]:
    """The live pages that would show `file` as soon as it counted as redacted, and do not yet."""
    allowed = allowance(file.sample).files
    if SampleFile.Kind.REDACTED not in allowed or file.kind in allowed:
        return []
    waiting = _on_pages(user, file.sample, today).filter(file=file)
    return list(waiting.values_list("link__title", flat=True))


def _on_pages(user: User, sample: Sample, today: date) -> models.QuerySet[ShareItem]:
    """The places of a sample on live pages, whatever they show of it."""
    return ShareItem.objects.for_user(user).filter(
        sample=sample, link__in=ShareLink.objects.for_user(user).live(today)
    )


def _asked(user: User, sample: Sample, today: date) -> models.QuerySet[ReviewRequest]:
    """The readers whose link to a sample leads to it, if anything of it may be shown."""
    return ReviewRequest.objects.for_user(user).waiting(today).filter(sample=sample)
