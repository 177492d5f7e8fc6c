"""The three things to do now, each with its reason and each one tap away.

They come from what the person has planned and logged, in this order: a promise that is late,
comments that came back, a competency to look at again, a draft that would close a step, the next
steps of the path, and for newcomers the first person and the first sample, because outreach begins
in week one and not at the end. Each disappears by itself once the record it asks for exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from milestones.asked import RequirementState
from milestones.models import Focus, Requirement
from milestones.standing import Path, StepState
from networking.due_words import due_words
from networking.models import Contact, Opportunity
from portfolio.models import ReviewRequest, Sample

HOW_MANY = 3


@dataclass(frozen=True)
class Action:
    """Something to do: what, why now, where, and how long it takes."""

    title: str
    reason: str
    url: str
    label: str
    time: str = ""
    # The record it is about, where that is not the page it leads to.
    about: str = ""


@dataclass(frozen=True)
class Records:
    """The person's own records that can ask for something; each list is short."""

    people_due: list[Contact]
    opportunities_due: list[Opportunity]
    reviews: list[ReviewRequest]
    to_rate_again: list[Focus]
    drafts: list[Sample]
    has_people: bool
    has_samples: bool


def next_actions(path: Path, records: Records, today: date) -> list[Action]:
    """The first three candidates, never two about the same thing."""
    chosen: dict[str, Action] = {}
    for action in _candidates(path, records, today):
        chosen.setdefault(action.about or action.url, action)
        if len(chosen) == HOW_MANY:
            break
    return list(chosen.values())


def _candidates(path: Path, records: Records, today: date) -> Iterator[Action]:
    yield from (_write_to(person, today) for person in records.people_due[:1])
    yield from (_move_on(opportunity, today) for opportunity in records.opportunities_due[:1])
    yield from (_decide_on(review, today) for review in records.reviews[:1])
    yield from (_rate_again(focus) for focus in records.to_rate_again[:1])
    yield from _drafts_to_finish(records.drafts, path, today)
    steps = list(_open_steps(path))
    yield from (_take(step) for step in steps[:1])
    if not records.has_samples:
        yield _first_sample()
    if not records.has_people:
        yield _first_person()
    yield from (_take(step) for step in steps[1:])
    yield from (_write_to(person, today) for person in records.people_due[1:])


def _open_steps(path: Path) -> Iterator[StepState]:
    """Required steps that are open: milestone by milestone, in each those already begun first."""
    for milestone in path.milestones:
        yield from sorted(milestone.open_steps, key=lambda step: not step.is_begun)


def _write_to(person: Contact, today: date) -> Action:
    planned = f"You planned: {person.next_step}. " if person.next_step else ""
    return Action(
        title=f"Be in touch with {person.name}",
        reason=f"{planned}{_sentence(due_words(person.comes_on, today))}",
        url=f"{person.get_absolute_url()}#touch",
        label="Log a touch",
        time="5 min",
    )


def _move_on(opportunity: Opportunity, today: date) -> Action:
    planned = f"You planned: {opportunity.next_step}. " if opportunity.next_step else ""
    return Action(
        title=f"Move “{opportunity.title}” on",
        reason=f"{planned}{_sentence(due_words(opportunity.comes_on, today))}",
        url=opportunity.get_absolute_url(),
        label="Open it",
        time="10 min",
    )


def _decide_on(review: ReviewRequest, today: date) -> Action:
    days = (today - (review.answered_on or today)).days
    came = f"They came {_days(days)} ago." if days > 0 else "They came today."
    return Action(
        title=f"Read what {review.reader} says about “{review.sample.title}”",
        reason=f"{came} Comments that you accept count as feedback.",
        url=review.get_absolute_url(),
        label="Read the comments",
        time="5 min",
    )


def _rate_again(focus: Focus) -> Action:
    return Action(
        title=f"Rate yourself again: {focus.competency}",
        reason=f"You chose to raise it on {date_format(focus.chosen_on, 'j F')}. See how far you have come.",
        url=focus.competency.get_absolute_url(),
        label="Rate it",
        time="5 min",
    )


def _drafts_to_finish(drafts: list[Sample], path: Path, today: date) -> list[Action]:
    """One draft at most: the one a step is waiting for, else the latest."""
    awaited = [(draft, _step_that_wants(draft, path)) for draft in drafts]
    first = sorted(awaited, key=lambda pair: pair[1] is None)[:1]
    return [_finish(draft, step, today) for draft, step in first]


def _finish(draft: Sample, step: StepState | None, today: date) -> Action:
    days = (today - timezone.localdate(draft.updated_at)).days
    worked = f"You last worked on it {_days(days)} ago." if days > 0 else "You worked on it today."
    reward = f" When it is ready it counts towards “{step.step.title}”." if step else ""
    return Action(f"Finish “{draft.title}”", worked + reward, draft.get_absolute_url(), "Open the sample")


def _step_that_wants(draft: Sample, path: Path) -> StepState | None:
    return next(
        (
            step
            for step in _open_steps(path)
            if any(_wants(requirement, draft) for requirement in step.requirements)
        ),
        None,
    )


def _wants(state: RequirementState, draft: Sample) -> bool:
    wanted = state.requirement
    return (
        not state.is_met
        and wanted.kind == Requirement.Kind.SAMPLE
        and wanted.status == Sample.Status.READY
        and wanted.format_id in (None, draft.format_id)
    )


def _take(step: StepState) -> Action:
    missing = next((r for r in step.requirements if not r.is_met and r.missing_url), None)
    if missing is None or not step.is_begun:
        return Action(
            title=step.step.title,
            reason=f"The next open step of “{step.step.milestone.title}”.",
            url=step.step.get_absolute_url(),
            label="Open step",
            time=step.step.time_needed,
        )
    return Action(
        title=step.step.title,
        reason=_still_missing(missing),
        url=missing.missing_url,
        label=missing.missing_label,
        time=step.step.time_needed,
        about=missing.about,
    )


def _still_missing(missing: RequirementState) -> str:
    if missing.near:
        return f"“{missing.near.name}” counts as soon as it is ready."
    so_far = f" ({missing.have} so far)" if missing.have else ""
    return f"You have begun this step. Still missing: {missing.label}{so_far}."


def _first_sample() -> Action:
    return Action(
        title="Log one piece of writing you already have",
        reason="A talk, a leaflet, a case: tick what you have from your work so far. Only you see it.",
        url=f"{reverse('milestones:background')}#earlier",
        label="Log earlier work",
        time="1 min",
    )


def _first_person() -> Action:
    return Action(
        title="Add one person who works in medical education",
        reason="Most first projects come through people, so the network starts in week one.",
        url=reverse("networking:create"),
        label="Add a contact",
        time="1 min",
    )


def _sentence(words: str) -> str:
    return f"{capfirst(words)}." if words else ""


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
