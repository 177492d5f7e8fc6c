"""What may be shown to others, by the table of domain.md G: as a table, as a condition, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from portfolio.models import QualityItem, QualityMark, Sample, SampleFile
from portfolio.models.formats import in_a_sentence

Permission = Sample.Permission
FULL, REDACTED = SampleFile.Kind.FULL, SampleFile.Kind.REDACTED


@dataclass(frozen=True)
class Allowance:
    """What of a sample may reach others. The client's name and the notes never do."""

    # Title, summary, audience, objectives, length and the writer's part.
    details: bool = False
    # The address where it can be read.
    link: bool = False
    # Which kinds of file.
    files: frozenset[str] = frozenset()
    # Nothing without a file of these kinds; nothing without the address.
    needs_file: bool = False
    needs_link: bool = False
    # Only a general description, such as “needs assessment, oncology, 2025”.
    in_general: bool = False
    # To one person at a time, each of them written down. Never on a page.
    one_to_one: bool = False

    @property
    def on_a_page(self) -> bool:
        """Whether a page for strangers may say anything of it."""
        return self.details or self.in_general

    @property
    def never_in_full(self) -> bool:
        """Whether the answer is known, and no page will say it in the sample's own words."""
        return self.in_general or self.one_to_one


NOTHING = Allowance()
ONE_TO_ONE = Allowance(details=True, link=True, files=frozenset({FULL, REDACTED}), one_to_one=True)
ALLOWED: dict[str, Allowance] = {
    Permission.OWN_WORK: Allowance(details=True, link=True, files=frozenset({FULL, REDACTED})),
    Permission.PUBLIC_LINK: Allowance(details=True, link=True, needs_link=True),
    Permission.NOT_ASKED: NOTHING,
    Permission.REQUESTED: NOTHING,
    Permission.GRANTED_FULL: Allowance(details=True, link=True, files=frozenset({FULL, REDACTED})),
    Permission.GRANTED_REDACTED: Allowance(details=True, files=frozenset({REDACTED}), needs_file=True),
    Permission.GRANTED_PRIVATE: Allowance(one_to_one=True),
    Permission.REFUSED: Allowance(in_general=True),
}


def allowance(sample: Sample) -> Allowance:
    """What may reach others of `sample` as it stands now; nothing while a look at it is due.

    Whether there is a file, where one is needed, is for each place to say: see `sharing.is_on_show`.
    """
    if sample.trashed_at or sample.look_due_since or sample.status != Sample.Status.READY:
        return NOTHING
    allowed = ALLOWED[sample.effective_permission]
    return NOTHING if allowed.needs_link and not sample.external_url else allowed


def allowance_for_review(sample: Sample) -> Allowance:
    """What one named reader may see who is asked for comments, mostly on a draft: by the same table."""
    if sample.trashed_at or sample.look_due_since or sample.status == Sample.Status.RETIRED:
        return NOTHING
    allowed = ALLOWED[sample.effective_permission]
    if allowed.one_to_one:
        return ONE_TO_ONE
    return allowed if allowed.details else NOTHING


def may_be_sent(sample: Sample) -> bool:
    """Whether whoever it belongs to lets its owner send it to somebody at all, finished or not."""
    allowed = ALLOWED[sample.effective_permission]
    return allowed.details or allowed.one_to_one


def generic_line(sample: Sample) -> str:
    """A description that names nobody: “needs assessment, oncology, 2025” (AMWA’s advice)."""
    year = sample.completed_on.year if sample.completed_on else timezone.localtime(sample.created_at).year
    parts = (in_a_sentence(sample.format.name), in_a_sentence(sample.therapeutic_area), str(year))
    return ", ".join(part for part in parts if part)


def may_be_shown() -> models.Q:
    """The condition on samples: ready, quality-checked, and released by whoever they belong to."""
    redacted = SampleFile.objects.filter(sample=models.OuterRef("pk"), kind=SampleFile.Kind.REDACTED)
    released = (
        models.Q(permission__in=(Permission.OWN_WORK, Permission.GRANTED_FULL))
        # Nothing said: what comes of the sample's origin.
        | models.Q(permission="") & ~models.Q(origin__in=Sample.ASK_FIRST)
        | models.Q(permission=Permission.PUBLIC_LINK) & ~models.Q(external_url="")
        | models.Q(permission=Permission.GRANTED_REDACTED) & models.Exists(redacted)
    )
    checked = models.Q(
        status=Sample.Status.READY, quality_checked_on__isnull=False, look_due_since__isnull=True
    )
    return models.Q(checked, released)


def may_be_on_a_page() -> models.Q:
    """The condition on samples that a page for strangers may name: shown, or in general words only."""
    return may_be_shown() | models.Q(
        permission=Permission.REFUSED, status=Sample.Status.READY, look_due_since__isnull=True
    )


def is_reopened(sample: Sample, answered: int, points: int) -> bool:
    """Whether the checklist was complete, and then the file changed: its answers stand, to be confirmed."""
    return not sample.quality_checked_on and answered >= points > 0


def obstacles(sample: Sample) -> list[str]:
    """What stands between `sample` and a page for others, none when it may be shown."""
    return obstacles_of([sample])[sample.pk]


def obstacles_of(samples: Sequence[Sample]) -> dict[int, list[str]]:
    """The obstacles of each sample, by its key, in as many queries for many as for one."""
    points = QualityItem.objects.current().count()
    marks = QualityMark.objects.filter(sample__in=samples, item__retired_on=None)
    answered = dict(marks.values_list("sample").annotate(models.Count("pk")).order_by())
    redacted = SampleFile.objects.filter(sample__in=samples, kind=REDACTED)
    has_redacted = set(redacted.values_list("sample", flat=True))
    found = {
        sample.pk: (
            _status(sample),
            _quality(sample, answered.get(sample.pk, 0), points),
            _permission(sample, has_redacted=sample.pk in has_redacted),
            _look(sample),
        )
        for sample in samples
    }
    return {key: [obstacle for obstacle in some if obstacle] for key, some in found.items()}


def _status(sample: Sample) -> str:
    return "" if sample.status == Sample.Status.READY else f"Its status is “{sample.get_status_display()}”."


def _quality(sample: Sample, answered: int, points: int) -> str:
    if sample.quality_checked_on:
        return ""
    if is_reopened(sample, answered, points):
        return "The file has changed since the quality checklist was answered."
    return f"Quality checklist: {answered} of {points} answered."


def _permission(sample: Sample, *, has_redacted: bool) -> str:
    permission = sample.effective_permission
    if permission in (Permission.OWN_WORK, Permission.GRANTED_FULL):
        return ""
    if permission == Permission.PUBLIC_LINK:
        return "" if sample.external_url else "The link to the client’s page is missing."
    if permission == Permission.GRANTED_REDACTED:
        return "" if has_redacted else "Only a redacted file may be shown, and there is none yet."
    return f"Permission: {sample.short_permission.lower()}."


def _look(sample: Sample) -> str:
    return "What may be shown of it has changed: look at it once more." if sample.look_due_since else ""
