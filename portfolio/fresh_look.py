"""The fresh look that a change of the file or of the permission asks for, before anything is shown again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from accounts.models import User
from portfolio.models import QualityItem, QualityMark, Sample, SampleFile, ShareLink
from portfolio.seen_by import places_on_live_pages
from portfolio.showing import ALLOWED, Allowance, is_reopened


@dataclass(frozen=True)
class ToLookAt:
    """What readers would see of the sample in one place: the very version that is on that page."""

    # None: on the next page it is put on.
    link: ShareLink | None
    # None where only words would be shown, or nothing.
    file: SampleFile | None


@dataclass(frozen=True)
class FreshLook:
    """What changed, and what to look at."""

    # What may be shown is another: nothing is shown until its owner has looked.
    is_allowance_new: bool
    # The checklist was complete, and then the file changed: its answers have to be confirmed.
    is_file_new: bool
    # What the permission lets out as it stands now, and what that is in each place.
    allowance: Allowance
    places: list[ToLookAt]


def fresh_look(user: User, sample: Sample, today: date) -> FreshLook | None:
    """What `sample` of `user` asks to be looked at, None while nothing has changed since the last look."""
    is_allowance_new, is_file_new = sample.look_due_since is not None, _is_reopened(sample)
    if not (is_allowance_new or is_file_new):
        return None
    allowance = ALLOWED[sample.effective_permission]
    return FreshLook(is_allowance_new, is_file_new, allowance, _places(user, sample, allowance, today))


def _places(user: User, sample: Sample, allowance: Allowance, today: date) -> list[ToLookAt]:
    """Each live page with its own version, which may be an older one; without any, what a new page gets."""
    on_pages = places_on_live_pages(user, sample, today).select_related("link", "file")
    places = [
        ToLookAt(item.link, item.file if item.file and item.file.kind in allowance.files else None)
        for item in on_pages
    ]
    return places or [ToLookAt(None, sample.files.filter(kind__in=allowance.files).first())]


def _is_reopened(sample: Sample) -> bool:
    if sample.quality_checked_on:
        return False
    own = QualityMark.objects.filter(sample=sample, item=OuterRef("pk"))
    counts = QualityItem.objects.current().aggregate(
        total=Count("pk"), answered=Count("pk", filter=Exists(own))
    )
    return is_reopened(sample, counts["answered"], counts["total"])
