"""Asking a reader for three comments: what they get to see, what stands in the way, what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from portfolio.models import PrivateShowing, ReviewComment, ReviewRequest, Sample, SampleFile
from portfolio.showing import allowance_for_review

Permission = Sample.Permission

# Why a sample cannot be read by others, and what its owner can do about it.
ASK_FIRST: dict[str, str] = {
    Permission.NOT_ASKED: "It is not yours alone to show, and nobody has been asked yet. Ask whoever it "
    "belongs to, then note their answer under “Permission to show it”.",
    Permission.REQUESTED: "You are waiting for permission to show it. Once the answer is here, note it "
    "under “Permission to show it”.",
    Permission.REFUSED: "Permission to show it was refused, so nobody else may read it. Ask for comments on "
    "a piece of your own instead.",
}
NOTHING_TO_READ: dict[str, str] = {
    Permission.PUBLIC_LINK: "Readers get the link to the client’s page, and there is none yet. Add it to "
    "the sample first.",
    Permission.GRANTED_REDACTED: "Readers get a redacted file only, and there is none yet. Add one under "
    "“Files” first.",
}


@dataclass(frozen=True)
class Reading:
    """All that a reader gets to see of a sample. What is not in here cannot reach them."""

    title: str
    format: str
    audience: str
    summary: str
    link: str
    file: SampleFile | None


@dataclass(frozen=True)
class Standing:
    """One request as its owner sees it: `state` is open, answered, accepted, aside or over."""

    asked: ReviewRequest
    state: str
    comments: list[ReviewComment]


@dataclass(frozen=True)
class Reviews:
    """All about a sample's readers: why none can be asked, who was, and which links lead nowhere now."""

    obstacle: str
    current: list[Standing]
    over: list[Standing]


def reviews_of(sample: Sample, today: date) -> Reviews:
    """What the page of `sample` tells of its readers."""
    rows = sample.review_requests.prefetch_related("comments")
    standings = [Standing(asked, _state(asked, today), list(asked.comments.all())) for asked in rows]
    return Reviews(
        obstacle=why_not(sample),
        current=[standing for standing in standings if standing.state != "over"],
        over=[standing for standing in standings if standing.state == "over"],
    )


def _state(asked: ReviewRequest, today: date) -> str:
    if asked.accepted_on:
        return "accepted"
    if asked.set_aside_on:
        return "aside"
    if asked.answered_on:
        return "answered"
    return "open" if asked.is_live(today) else "over"


def reading(asked: ReviewRequest) -> Reading | None:
    """What the reader may see as things stand now, None for nothing."""
    sample, allowed = asked.sample, allowance_for_review(asked.sample)
    if not allowed.details:
        return None
    return Reading(
        title=sample.title,
        format=sample.format.name,
        audience=sample.audience,
        summary=sample.summary,
        link=sample.external_url if allowed.link else "",
        file=asked.file if asked.file and asked.file.kind in allowed.files else None,
    )


def readable_files(sample: Sample) -> QuerySet[SampleFile]:
    """The versions a reader may be given, the newest first."""
    return sample.files.filter(kind__in=allowance_for_review(sample).files)


def why_not(sample: Sample) -> str:
    """Why no reader can be asked, and what to do about it; empty when one can."""
    if sample.look_due_since:
        return "What may be shown of it has changed. Look at the sample once more, then ask."
    if sample.status == Sample.Status.RETIRED:
        return "It is retired. Bring it back as a draft before you ask somebody to read it."
    permission = sample.effective_permission
    allowed = allowance_for_review(sample)
    if not allowed.details:
        return ASK_FIRST[permission]
    if (allowed.link and sample.external_url) or readable_files(sample).exists():
        return ""
    return NOTHING_TO_READ.get(permission, "There is nothing to read yet: add a file or a link first.")


def note_opening(asked: ReviewRequest, today: date) -> None:
    """Keep the day the reader first came, and write a showing one to one down as that. Once each."""
    this = ReviewRequest.objects.filter(pk=asked.pk)
    if asked.opened_on is None:
        this.filter(opened_on=None).update(opened_on=today)
    if asked.showing_logged_on or not allowance_for_review(asked.sample).one_to_one:
        return
    with transaction.atomic():
        # The sample first, as whoever deletes a version has it: that takes the version from this row too.
        Sample.objects.select_for_update().get(pk=asked.sample_id)
        # Of two visits at the same moment, only one changes the row.
        if this.filter(showing_logged_on=None).update(showing_logged_on=today):
            PrivateShowing.objects.create(
                owner_id=asked.owner_id,
                sample_id=asked.sample_id,
                shown_to=asked.reader,
                shown_on=today,
                note="Asked for comments by a private link.",
            )


def keep_comments(asked: ReviewRequest, texts: Mapping[int, str], today: date) -> None:
    """Store what the reader wrote under each prompt, empty ones left out. Only the first time counts."""
    if asked.answered_on is None:
        ReviewComment.objects.bulk_create(
            ReviewComment(owner_id=asked.owner_id, request=asked, position=position, text=text)
            for position, text in texts.items()
            if text
        )
        asked.answered_on = today
        asked.save(update_fields=["answered_on", "updated_at"])
