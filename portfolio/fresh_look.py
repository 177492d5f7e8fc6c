"""The fresh look that a change of the file or of the permission asks for, before anything is shown again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from portfolio.models import QualityItem, Sample, SampleFile, ShareLink
from portfolio.showing import ALLOWED, Allowance, is_reopened


@dataclass(frozen=True)
class FreshLook:
    """What changed, and what to look at."""

    # The permission is another one: nothing is shown until its owner has looked.
    is_permission_new: bool
    # The checklist was complete, and then the file changed: its answers have to be confirmed.
    is_file_new: bool
    # What the permission lets out as it stands now, and the latest file among that.
    allowance: Allowance
    file: SampleFile | None
    links: list[ShareLink]


def fresh_look(sample: Sample, today: date) -> FreshLook | None:
    """What `sample` asks to be looked at, None while nothing has changed since the last look."""
    is_permission_new, is_file_new = sample.look_due_since is not None, _is_reopened(sample)
    if not (is_permission_new or is_file_new):
        return None
    allowance = ALLOWED[sample.effective_permission]
    file = sample.files.filter(kind__in=allowance.files).first()
    links = ShareLink.objects.for_user(sample.owner).live(today).naming(sample)
    return FreshLook(is_permission_new, is_file_new, allowance, file, list(links))


def _is_reopened(sample: Sample) -> bool:
    if sample.quality_checked_on:
        return False
    answered = Count("marks", filter=Q(marks__sample=sample))
    counts = QualityItem.objects.current().aggregate(total=Count("pk", distinct=True), answered=answered)
    return is_reopened(sample, counts["answered"], counts["total"])
