"""What happened, read across the apps: each kind of event in one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nlargest
from operator import attrgetter

from django.utils import timezone

from accounts.models import User
from milestones.models import QuizAttempt, Rating, StepProgress
from networking.models import Interaction, StageChange
from portfolio.models import ReviewRequest, Sample


@dataclass(frozen=True)
class Line:
    """One row of a card: what, beneath it the detail, at its end a tag."""

    title: str
    detail: str
    url: str
    tag: str


@dataclass(frozen=True)
class Activity(Line):
    """Something that happened on a day; `at` orders what one day holds, `look` is the colour of its tag."""

    on: date
    at: datetime
    look: str = ""


def latest(user: User, count: int) -> list[Activity]:
    """The latest `count` things that happened, of every kind: by day, and in each by the moment."""
    sources = (_steps, _ratings, _quizzes, _touches, _moves, _samples, _reviews)
    everything = [activity for source in sources for activity in source(user, count)]
    return nlargest(count, everything, key=attrgetter("on", "at"))


def _steps(user: User, count: int) -> Iterator[Activity]:
    closed = StepProgress.objects.for_user(user).closed().select_related("step__milestone")
    for progress in closed.order_by("-completed_on", "-updated_at", "-pk")[:count]:
        yield Activity(
            title=f"Step closed: {progress.step.title}",
            detail="By your own word" if progress.is_self_declared else "By what you logged",
            url=progress.step.get_absolute_url(),
            tag=f"Milestone {progress.step.milestone.position}",
            look="proven",
            on=progress.completed_on or date.min,
            at=progress.updated_at,
        )


def _ratings(user: User, count: int) -> Iterator[Activity]:
    ratings = Rating.objects.for_user(user)
    latest_first = ratings.select_related("competency").order_by("-rated_on", "-created_at", "-pk")
    for rating in latest_first[:count]:
        yield Activity(
            title=f"Rated: {rating.competency}",
            detail=f"{rating.level}, {rating.get_level_display().lower()}",
            url=rating.competency.get_absolute_url(),
            tag="Competency",
            look="brand",
            on=rating.rated_on,
            at=rating.created_at,
        )


def _quizzes(user: User, count: int) -> Iterator[Activity]:
    attempts = QuizAttempt.objects.for_user(user)
    for attempt in (
        attempts.select_related("milestone").defer("answers").order_by("-created_at", "-pk")[:count]
    ):
        yield Activity(
            title=f"Quiz {'passed' if attempt.is_passed else 'taken'}: {attempt.milestone}",
            detail=f"{attempt.correct} of {attempt.total} right",
            url=attempt.get_absolute_url(),
            tag="Quiz",
            look="proven" if attempt.is_passed else "",
            on=timezone.localdate(attempt.created_at),
            at=attempt.created_at,
        )


def _touches(user: User, count: int) -> Iterator[Activity]:
    touches = Interaction.objects.for_user(user)
    latest_first = touches.select_related("contact").order_by("-happened_on", "-created_at", "-pk")
    for touch in latest_first[:count]:
        yield Activity(
            title=f"{touch.get_kind_display().split(':')[0]} · {touch.contact.name}",
            detail=touch.summary,
            url=touch.contact.get_absolute_url(),
            tag="Touch",
            on=touch.happened_on,
            at=touch.created_at,
        )


def _moves(user: User, count: int) -> Iterator[Activity]:
    moves = StageChange.objects.for_user(user).shown()
    for move in moves.select_related("opportunity").latest_first()[:count]:
        yield Activity(
            title=f"{move.get_after_display()}: {move.opportunity.title}",
            detail=f"Was {move.get_before_display().lower()}" if move.before else "New opportunity",
            url=move.opportunity.get_absolute_url(),
            tag="Opportunity",
            look="brand",
            on=timezone.localdate(move.created_at),
            at=move.created_at,
        )


def _samples(user: User, count: int) -> Iterator[Activity]:
    samples = Sample.objects.for_user(user)
    for sample in samples.select_related("format").order_by("-created_at", "-pk")[:count]:
        yield Activity(
            title=f"Sample logged: {sample.title}",
            detail=f"{sample.format} · {sample.get_status_display().lower()}",
            url=sample.get_absolute_url(),
            tag="Portfolio",
            look="draft",
            on=timezone.localdate(sample.created_at),
            at=sample.created_at,
        )


def _reviews(user: User, count: int) -> Iterator[Activity]:
    answered = ReviewRequest.objects.for_user(user).answered().select_related("sample")
    for review in answered.order_by("-answered_on", "-updated_at", "-pk")[:count]:
        yield Activity(
            title=f"Comments from {review.reader}",
            detail=review.sample.title,
            url=review.get_absolute_url(),
            tag="Feedback" if review.accepted_on else "Comments",
            look="proven" if review.accepted_on else "brand",
            on=review.answered_on or date.min,
            at=review.updated_at,
        )
