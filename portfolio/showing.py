"""What may be shown to others, by the table of domain.md G: as a condition, and in words."""

from django.db import models

from portfolio.models import QualityItem, Sample, SampleFile

Permission = Sample.Permission


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
    checked = models.Q(status=Sample.Status.READY, quality_checked_on__isnull=False)
    return models.Q(checked, released)


def obstacles(sample: Sample) -> list[str]:
    """What stands between `sample` and a page for others, none when it may be shown."""
    found = [_status(sample), _quality(sample), _permission(sample)]
    return [obstacle for obstacle in found if obstacle]


def _status(sample: Sample) -> str:
    return "" if sample.status == Sample.Status.READY else f"Its status is “{sample.get_status_display()}”."


def _quality(sample: Sample) -> str:
    if sample.quality_checked_on:
        return ""
    total, answered = QualityItem.objects.current().count(), sample.quality_answered()
    if answered >= total > 0:
        return "The file has changed since the quality checklist was answered."
    return f"Quality checklist: {answered} of {total} answered."


def _permission(sample: Sample) -> str:
    permission = sample.permission or Sample.default_permission(sample.origin)
    if permission in (Permission.OWN_WORK, Permission.GRANTED_FULL):
        return ""
    if permission == Permission.PUBLIC_LINK:
        return "" if sample.external_url else "The link to the client’s page is missing."
    if permission == Permission.GRANTED_REDACTED:
        has_redacted = sample.files.filter(kind=SampleFile.Kind.REDACTED).exists()
        return "" if has_redacted else "Only a redacted file may be shown, and there is none yet."
    return f"Permission: {sample.short_permission.lower()}."
