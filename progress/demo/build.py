"""Writes Ana's story into the database, dated so that it ends today."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone
from ruamel.yaml import YAML

from accounts.models import User
from milestones.closing import close_steps
from milestones.marking import mark, passes
from milestones.models import (
    CheckItem,
    CheckMark,
    Choice,
    Competency,
    Focus,
    Milestone,
    Question,
    QuizAttempt,
    Rating,
    ResourceRead,
    Step,
    StepProgress,
)
from networking.models import Contact, Interaction, Opportunity, Organisation, OwnTemplate, StageChange
from portfolio.forms.reviews import OPEN_FOR
from portfolio.models import (
    Format,
    PrivateShowing,
    QualityItem,
    QualityMark,
    ReviewRequest,
    Sample,
    ShareDay,
    ShareLink,
)
from portfolio.reviewing import keep_comments
from portfolio.sharing import put_on_page
from portfolio.storage import storing
from portfolio.uploading import add_versions, check_upload

STORY = Path(__file__).with_name("story.yaml")
# Dates in the story are days from today, back or forward.
DATES = {"pitched_ago": ("pitched_on", -1), "next_in": ("next_on", 1)}

type Event = dict[str, Any]
type Recorder = Callable[[User, date, Event], models.Model | None]


def read_story() -> dict[str, Any]:
    """The whole story as it stands in the file."""
    return dict(YAML(typ="safe").load(STORY))


def build_story(user: User, today: date) -> None:
    """Give `user` Ana's three months, day by day, closing steps on the days they closed."""
    story = read_story()
    events = [(record, event) for kind, record in RECORDERS.items() for event in story[kind]]
    for ago, events_of_day in groupby(sorted(events, key=_days_ago, reverse=True), key=_days_ago):
        on = today - timedelta(days=ago)
        for record, event in events_of_day:
            row = record(user, on, _with_dates(event, today))
            if row is not None:
                _backdate(type(row)._default_manager.filter(pk=row.pk), on)
        close_steps(user, on)


def _days_ago(dated: tuple[Recorder, Event]) -> int:
    return int(dated[1]["day"])


def _organisation(user: User, on: date, event: Event) -> models.Model:
    return Organisation.objects.create(owner=user, checked_on=on, **event)


def _person(user: User, on: date, event: Event) -> models.Model:
    place = Organisation.objects.for_user(user).filter(name=event.pop("organisation", "")).first()
    is_promised = "next_on" in event
    return Contact.objects.create(
        owner=user, organisation=place, stage_set_on=on, is_next_pinned=is_promised, **event
    )


def _sample(user: User, on: date, event: Event) -> models.Model:
    file = event.pop("file", None)
    event["format"] = Format.objects.get(key=event["format"])
    finished = on if event["status"] == Sample.Status.READY else None
    sample = Sample.objects.create(owner=user, completed_on=finished, **event)
    if file:
        upload = SimpleUploadedFile(file, f"# {sample.title}\n\n{sample.summary}\n".encode())
        check_upload(upload)
        with storing() as store:
            add_versions(sample, [upload], store)
    return sample


def _touch(user: User, on: date, event: Event) -> models.Model:
    contact = Contact.objects.for_user(user).get(name=event.pop("with"))
    touch = Interaction.objects.create(owner=user, contact=contact, happened_on=on, **event)
    contact.recount_last_touch()
    return touch


def _opportunity(user: User, on: date, event: Event) -> models.Model:
    stages, titles = event.pop("stages"), event.pop("samples", [])
    event["organisation"] = Organisation.objects.for_user(user).get(name=event["organisation"])
    event["contact"] = Contact.objects.for_user(user).filter(name=event.get("contact", "")).first()
    event["format"] = Format.objects.get(key=event["format"])
    opportunity = Opportunity.objects.create(owner=user, is_next_pinned="next_on" in event, **event)
    opportunity.samples.set(Sample.objects.for_user(user).filter(title__in=titles))
    before = ""
    for number, stage in enumerate(stages):
        opportunity.stage = stage
        opportunity.save(update_fields=["stage"])
        opportunity.record_stage(before)
        moves = StageChange.objects.filter(opportunity=opportunity, after=stage)
        _backdate(moves, on + timedelta(days=3 * number))
        before = stage
    return opportunity


def _own_template(user: User, on: date, event: Event) -> models.Model:
    return OwnTemplate.objects.create(owner=user, **event)


def _note(user: User, on: date, event: Event) -> None:
    progress = _progress(user, event["step"])
    progress.note = event["text"]
    progress.save(update_fields=["note"])


def _checks(user: User, on: date, event: Event) -> None:
    items = CheckItem.objects.filter(step__key=event["step"])
    CheckMark.objects.bulk_create(CheckMark(owner=user, item=item) for item in items)


def _reads(user: User, on: date, event: Event) -> None:
    resources = Milestone.objects.get(slug=event["milestone"]).resources.all()[: event["count"]]
    ResourceRead.objects.bulk_create(ResourceRead(owner=user, resource=resource) for resource in resources)


def _declaration(user: User, on: date, event: Event) -> None:
    progress = _progress(user, event["step"])
    progress.close(on, progress.step.revision, is_self_declared=True)


def _quiz(user: User, on: date, event: Event) -> models.Model:
    """An attempt with so many right answers, the others wrong."""
    milestone = Milestone.objects.get(slug=event["milestone"])
    questions = Question.objects.current().filter(milestone=milestone).prefetch_related("choices")
    chosen = [
        (
            question,
            next(choice for choice in question.choices.all() if choice.is_best is (n < event["right"])),
        )
        for n, question in enumerate(questions)
    ]
    answers = mark(chosen)
    correct = sum(answer["is_right"] for answer in answers)
    return QuizAttempt.objects.create(
        owner=user,
        milestone=milestone,
        answers=answers,
        correct=correct,
        total=len(answers),
        is_passed=passes(correct, len(answers)),
    )


def _choice(question: Question, *, is_best: bool) -> Choice:
    return next(choice for choice in question.choices.all() if choice.is_best is is_best)


def _ratings(user: User, on: date, event: Event) -> None:
    competencies = {row.key: row for row in Competency.objects.current()}
    Rating.objects.bulk_create(
        Rating(owner=user, competency=competencies[key], level=level, evidence=event["evidence"], rated_on=on)
        for key, level in event["levels"].items()
    )


def _focus(user: User, on: date, event: Event) -> None:
    chosen = Competency.objects.filter(key__in=event["competencies"])
    Focus.objects.bulk_create(Focus(owner=user, competency=row, chosen_on=on) for row in chosen)


def _quality(user: User, on: date, event: Event) -> None:
    """Every point of the checklist met for one sample."""
    sample = Sample.objects.for_user(user).get(title=event["sample"])
    points = QualityItem.objects.current()
    QualityMark.objects.bulk_create(
        QualityMark(owner=user, sample=sample, item=i, is_met=True) for i in points
    )
    Sample.objects.filter(pk=sample.pk).update(quality_checked_on=on)


def _share(user: User, on: date, event: Event) -> models.Model:
    """A page with these samples, and how often it was opened on each day since."""
    samples = [Sample.objects.for_user(user).get(title=title) for title in event.pop("samples")]
    looks = event.pop("looks")
    link = ShareLink.objects.create(owner=user, **event)
    put_on_page(link, samples)
    ShareDay.objects.bulk_create(
        ShareDay(owner=user, link=link, day=on + timedelta(days=n), count=count)
        for n, count in enumerate(looks)
        if count
    )
    return link


def _showing(user: User, on: date, event: Event) -> models.Model:
    sample = Sample.objects.for_user(user).get(title=event.pop("sample"))
    return PrivateShowing.objects.create(owner=user, sample=sample, shown_on=on, **event)


def _review(user: User, on: date, event: Event) -> models.Model:
    """A reader asked about a sample; with comments they answered after three days, and it counts."""
    sample = Sample.objects.for_user(user).get(title=event["sample"])
    asked = ReviewRequest.objects.create(
        owner=user,
        sample=sample,
        file=sample.files.first(),
        reader=event["reader"],
        question=event["question"],
        expires_on=on + OPEN_FOR,
        opened_on=on + timedelta(days=1),
    )
    if comments := event.get("comments"):
        keep_comments(asked, dict(enumerate(comments, start=1)), on + timedelta(days=3))
        asked.accept(on + timedelta(days=4))
    return asked


RECORDERS: dict[str, Recorder] = {
    "organisations": _organisation,
    "people": _person,
    "samples": _sample,
    "touches": _touch,
    "opportunities": _opportunity,
    "own_templates": _own_template,
    "notes": _note,
    "checked": _checks,
    "read": _reads,
    "declared": _declaration,
    "quizzes": _quiz,
    "ratings": _ratings,
    "focus": _focus,
    "quality": _quality,
    "reviews": _review,
    "shares": _share,
    "shown": _showing,
}


def _progress(user: User, key: str) -> StepProgress:
    return StepProgress.objects.get_or_create(owner=user, step=Step.objects.get(key=key))[0]


def _with_dates(event: Event, today: date) -> Event:
    """The event without its day, and with its spans as dates."""
    dated = {name: value for name, value in event.items() if name != "day" and name not in DATES}
    for name, (field, direction) in DATES.items():
        if name in event:
            dated[field] = today + timedelta(days=direction * event[name])
    return dated


def _backdate(rows: models.QuerySet, on: date) -> None:
    # Django sets both dates itself on saving, so only an update can move them.
    moment = timezone.make_aware(datetime.combine(on, time(9, 30)))
    rows.update(created_at=moment, updated_at=moment)
