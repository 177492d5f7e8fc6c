"""People and pitches with what comes next, why, and what one tap does about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from networking.cadence import cadence_rules, pitch_steps
from networking.clock import Move, Rules, chosen, next_move
from networking.due_words import due_words, is_due, quiet_words
from networking.histories import Touches, history_of, pitch_history_of, plan_of, touches_with
from networking.models import Contact, Opportunity
from networking.pitch_clock import ANSWERED, next_pitch_move
from networking.rows import NO_STEP


@dataclass(frozen=True)
class Tap:
    """What the main button of a row says and does; a link where it needs an answer first."""

    label: str
    url: str
    is_link: bool = False


@dataclass(frozen=True)
class DueRow:
    """`key` names the row on a page and among all; `revision` is what its buttons were drawn for."""

    key: str
    title: str
    url: str
    detail: str
    about: str
    on: date | None
    tag: str
    is_due: bool
    why: str
    is_rest: bool
    tap: Tap
    revision: int
    snooze_url: str
    plan_url: str
    log_url: str
    log_label: str


def due_rows(
    people: Iterable[Contact], pitches: Iterable[Opportunity], today: date, rules: Rules | None = None
) -> list[DueRow]:
    """A row for each, by the day it comes up; on the same day people stand before pitches."""
    people, pitches = list(people), list(pitches)
    touches = touches_with([*(person.pk for person in people), *(pitch.contact_id for pitch in pitches)])
    if rules is None:
        rules = cadence_rules() if people else {}
    moves = [next_move(plan_of(person), history_of(person, touches), rules, today) for person in people]
    rows = [person_row(person, move, today) for person, move in zip(people, moves, strict=True)]
    rows += _pitch_rows(pitches, touches, today)
    return sorted(rows, key=lambda row: row.on or date.max)


def _pitch_rows(pitches: list[Opportunity], touches: Touches, today: date) -> list[DueRow]:
    steps = pitch_steps() if any(pitch.awaits_reply for pitch in pitches) else {}
    moves = [
        next_pitch_move(plan_of(pitch), pitch_history_of(pitch, touches), steps, today)
        if pitch.awaits_reply else chosen(plan_of(pitch))
        for pitch in pitches
    ]  # fmt: skip
    return [pitch_row(pitch, move, today) for pitch, move in zip(pitches, moves, strict=True)]


def person_row(person: Contact, move: Move, today: date) -> DueRow:
    # The answers stand below the page of the row: asking for each address takes longer than the rest.
    url = person.get_absolute_url()
    return DueRow(
        key=f"contact-{person.pk}",
        title=person.name,
        url=url,
        detail=move.step or NO_STEP,
        about=quiet_words(person.last_touch_on, today),
        on=person.comes_on,
        tag=due_words(move.on, today),
        is_due=is_due(move.on, today),
        why=move.why,
        is_rest=move.is_rest,
        tap=Tap("Let it rest", f"{url}rest/") if move.is_rest else Tap("Done", f"{url}done/"),
        revision=person.revision,
        snooze_url=f"{url}snooze/",
        plan_url=f"{url}plan/",
        log_url=f"{url}touches/add/",
        log_label="Log it in words",
    )


def pitch_row(pitch: Opportunity, move: Move, today: date) -> DueRow:
    url = pitch.get_absolute_url()
    return DueRow(
        key=f"opportunity-{pitch.pk}",
        title=pitch.title,
        url=url,
        detail=move.step or "Look at it again",
        about=f"{pitch.get_stage_display()} · {pitch.organisation.name}",
        on=pitch.comes_on,
        tag=due_words(move.on, today),
        is_due=is_due(move.on, today),
        why=move.why,
        is_rest=move.is_rest,
        tap=_tap_of_pitch(pitch, move, url),
        revision=pitch.revision,
        snooze_url=f"{url}snooze/",
        plan_url=f"{url}plan/",
        log_url=f"{url}move/",
        log_label="Move to another stage",
    )


def _tap_of_pitch(pitch: Opportunity, move: Move, url: str) -> Tap:
    if move.is_rest:
        return Tap("Record no reply", f"{url}no-reply/")
    if pitch.stage == Opportunity.Stage.LANDED:
        return Tap("Delivered", f"{url}move/?stage=delivered", is_link=True)
    if move.step == ANSWERED or pitch.stage == Opportunity.Stage.ON_HOLD:
        return Tap("Move it on", f"{url}move/", is_link=True)
    return Tap("Done", f"{url}done/")
