"""Sets the clock: what is planned with people and after pitches, once something has happened.

Whoever logs, corrects, trashes or moves touches calls one of these, in a transaction and in turn
(`locks`). The day that comes out is stored, so that what is due is one indexed question.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from networking.cadence import cadence_rules, pitch_steps
from networking.clock import History, Move, Rules, Touch, by_rule
from networking.histories import follows_up, history_of, pitch_history_of, touches_with
from networking.models import Contact, Interaction, Opportunity
from networking.models.planned import Planned
from networking.pitch_clock import pitch_by_rule

AT_ONCE = 1000
DELIVER, START = "Deliver it", "Start the job"


def clock_of(contact: Contact) -> tuple[History, Rules]:
    """What the clock goes by for one person."""
    return history_of(contact, touches_with([contact.pk])), cadence_rules()


def log_touch(contact: Contact, on: date, **fields: Any) -> Interaction:
    """Log a touch, by itself an outgoing message, and set the clock by it."""
    touch = Interaction.objects.create(owner_id=contact.owner_id, contact=contact, happened_on=on, **fields)
    after_touch(touch)
    return touch


def after_touch(touch: Interaction, chosen: tuple[str, date | None] | None = None) -> None:
    """A new touch ends pins and snoozes: the rule says what comes next, or what its owner chose."""
    contact = touch.contact
    contact.recount_last_touch()
    if chosen:
        contact.plan_next(*chosen)
    else:
        follow_rule(contact)
    seen = Touch.of(touch.happened_on, touch.kind, touch.direction)
    for pitch in pitches_with(contact):
        if follows_up(pitch, touch.kind, seen):
            follow_pitch_rule(pitch)


def recount(contact: Contact) -> None:
    """After touches were corrected, trashed, restored or moved: what follows the rule follows suit."""
    contact.recount_last_touch()
    _replan_contacts([contact] if contact.follows_the_rule else [])
    _replan_pitches([pitch for pitch in pitches_with(contact) if pitch.follows_the_rule])


def follow_rule(contact: Contact) -> None:
    """Let the rule say what comes next, whatever was planned."""
    _follow(contact, by_rule(*clock_of(contact)))


def follow_pitch_rule(pitch: Opportunity) -> None:
    """The same for a pitch that waits for its reply."""
    _follow(pitch, _pitch_move(pitch))


def plan_of_stage(pitch: Opportunity) -> tuple[str, date] | None:
    """What the stage itself asks for next: a message after a pitch, the work on the day it is due."""
    if pitch.awaits_reply:
        move = _pitch_move(pitch)
        return (move.step, move.on) if move.on else None
    if pitch.stage == Opportunity.Stage.LANDED:
        step, on = (DELIVER, pitch.due_on) if pitch.due_on else (START, pitch.starts_on)
        return (step, on) if on else None
    return None


def rest(contact: Contact, today: date) -> None:
    """Let a person rest: dormant, with one fresh approach in half a year."""
    contact.enter_stage(Contact.Stage.DORMANT, today)
    follow_rule(contact)


@transaction.atomic
def move_to_stage(contacts: QuerySet[Contact], stage: str, today: date) -> None:
    """Put many people at a stage; those who follow the rule then follow that of the new stage."""
    keys = list(contacts.exclude(stage=stage).values_list("pk", flat=True))
    Contact.objects.filter(pk__in=keys).update(stage=stage, stage_set_on=today, revision=F("revision") + 1)
    _replan_contacts(Contact.objects.filter(pk__in=keys).following_the_rule().select_for_update())


@transaction.atomic
def follow_new_rules() -> None:
    """After an editor changed a rule: everybody’s days that follow it, never those they chose."""
    people = Contact.objects.following_the_rule().order_by("pk").values_list("pk", flat=True)
    for keys in batched(list(people), AT_ONCE):
        _replan_contacts(Contact.objects.filter(pk__in=keys).select_for_update())
    sent = Opportunity.objects.awaiting_reply().following_the_rule().order_by("pk")
    for keys in batched(list(sent.values_list("pk", flat=True)), AT_ONCE):
        _replan_pitches(Opportunity.objects.filter(pk__in=keys).select_for_update(of=("self",)))


def pitches_with(contact: Contact) -> QuerySet[Opportunity]:
    """Pitches to this person that wait for their reply."""
    return Opportunity.objects.awaiting_reply().filter(contact=contact, trashed_at=None)


def _pitch_move(pitch: Opportunity) -> Move:
    return pitch_by_rule(pitch_history_of(pitch, touches_with([pitch.contact_id])), pitch_steps())


def _follow(row: Planned, move: Move) -> None:
    row.plan_next(move.step, move.on, is_pinned=False)


def _replan_contacts(contacts: Iterable[Contact]) -> None:
    if people := list(contacts):
        touches, rules = touches_with(person.pk for person in people), cadence_rules()
        moves = [by_rule(history_of(person, touches), rules) for person in people]
        _store(Contact, list(zip(people, moves, strict=True)))


def _replan_pitches(pitches: Iterable[Opportunity]) -> None:
    if sent := list(pitches):
        touches, steps = touches_with(pitch.contact_id for pitch in sent), pitch_steps()
        moves = [pitch_by_rule(pitch_history_of(pitch, touches), steps) for pitch in sent]
        _store(Opportunity, list(zip(sent, moves, strict=True)))


def _store(model: type[Planned], moves: list[tuple[Any, Move]]) -> None:
    """Write what differs, one question a day and step: a value for each row takes many times as long.

    A snooze goes on, because nobody asked to see them sooner.
    """
    moved = defaultdict(list)
    for row, move in moves:
        if (row.next_step, row.next_on) != (move.step, move.on):
            row.next_step, row.next_on = move.step, move.on
            moved[move.step, move.on].append(row.pk)
    for (step, on), keys in moved.items():
        rows = model._default_manager.filter(pk__in=keys)
        rows.update(next_step=step, next_on=on, revision=F("revision") + 1)
