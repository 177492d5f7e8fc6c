"""Who may see a version of a sample: the pages it is on, and the readers asked about it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.models import ReviewRequest, Sample, SampleFile, ShareItem, ShareLink
from portfolio.showing import allowance, allowance_for_review

type Readers = Mapping[int, list[str]]


@dataclass(frozen=True)
class Version:
    """A file of a sample, and who may see it beside its owner."""

    file: SampleFile
    readers: list[str]


def versions_of(sample: Sample, today: date) -> list[Version]:
    """All versions, the latest first."""
    readers = seen_by(sample, today)
    return [Version(file, readers.get(file.pk, [])) for file in sample.files.all()]


def seen_by(sample: Sample, today: date) -> Readers:
    """By the key of a version, who else may see it now; a version that is not in it, only its owner."""
    readers: defaultdict[int, list[str]] = defaultdict(list)
    for file_pk, title in _pages(sample, today):
        readers[file_pk].append(f"the page “{title}”")
    for file_pk, reader in _reviews(sample, today):
        readers[file_pk].append(f"{reader}, asked for a review")
    return dict(readers)


def _pages(sample: Sample, today: date) -> list[tuple[int, str]]:
    """Versions and the live pages that show them, as far as the permission lets them through."""
    live = ShareLink.objects.for_user(sample.owner).live(today)
    shown = ShareItem.objects.for_user(sample.owner).filter(
        sample=sample, file__kind__in=allowance(sample).files, link__in=live
    )
    return [(file_pk, title) for file_pk, title in shown.values_list("file", "link__title")]


def _reviews(sample: Sample, today: date) -> list[tuple[int, str]]:
    asked = ReviewRequest.objects.for_user(sample.owner).waiting(today)
    shown = asked.filter(sample=sample, file__kind__in=allowance_for_review(sample).files)
    return [(pk, reader) for pk, reader in shown.values_list("file", "reader")]
