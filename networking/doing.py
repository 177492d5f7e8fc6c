"""What one tap on a row of the due list does. Each says in words what happened."""

from dataclasses import dataclass
from datetime import date

from networking.clock import EARLY, as_planned, by_rule
from networking.due_words import day_in_words
from networking.histories import pitch_history_of, plan_of, touches_with
from networking.models import Channel, Contact, Interaction, Opportunity, StageChange
from networking.models.planned import Planned
from networking.planning import clock_of, follow_pitch_rule, follow_rule, log_touch, rest
from networking.rows import NO_STEP

Kind, Stage = Interaction.Kind, Opportunity.Stage


@dataclass(frozen=True)
class Outcome:
    """What to say, and what came into being; not a change where the tap came too late."""

    text: str
    touch: Interaction | None = None
    change: StageChange | None = None
    is_change: bool = True


def do_next(contact: Contact, today: date) -> Outcome:
    """What was planned is done: log it as it stands. A step that is no touch takes them a stage on."""
    rule = by_rule(*clock_of(contact))
    is_rule = as_planned(plan_of(contact), rule) is rule and not contact.is_next_pinned
    # Further on a stage is what they said, not what was done: a step that logs nothing is a message there.
    if is_rule and not rule.kind and contact.stage in EARLY:
        return _move_on(contact, today)
    summary = contact.next_step or NO_STEP
    kind = rule.kind if is_rule and rule.kind and not rule.is_rest else Kind.MESSAGE
    touch = log_touch(contact, today, kind=kind, summary=summary, channel=_usual_channel(contact))
    return Outcome(f"Logged “{summary}” with “{contact}”. {next_words(contact)}", touch)


def do_next_after_pitch(pitch: Opportunity, today: date) -> Outcome:
    """The same for a pitch. Without a person to have a touch with, the message is only counted."""
    summary, contact = pitch.next_step or NO_STEP, pitch.open_contact
    touch = None
    if contact:
        kind = Kind.FOLLOW_UP if pitch.awaits_reply else Kind.MESSAGE
        channel = pitch.channel or _usual_channel(contact)
        touch = log_touch(contact, today, kind=kind, summary=summary, channel=channel)
    elif pitch.awaits_reply:
        pitch.follow_ups, pitch.followed_up_on = pitch.follow_ups + 1, today
        pitch.save(update_fields=["follow_ups", "followed_up_on"])
    if pitch.awaits_reply:
        follow_pitch_rule(pitch)
    else:
        pitch.plan_next("", None)
    return Outcome(f"Done: “{summary}” for “{pitch}”. {next_words(pitch)}", touch)


def let_rest(contact: Contact, today: date) -> Outcome:
    if not contact.is_reachable:
        return Outcome(f"“{contact}” asked to be left alone, which stays as it is.", is_change=False)
    rest(contact, today)
    return Outcome(f"“{contact}” rests now. {next_words(contact)}")


def record_no_reply(pitch: Opportunity, today: date) -> Outcome:
    """The pitch ended in silence; the person rests, unless more is going on with them."""
    if not pitch.awaits_reply:
        text = f"“{pitch}” is at “{pitch.get_stage_display()}” and waits for no reply."
        return Outcome(text, is_change=False)
    is_silent = pitch_history_of(pitch, touches_with([pitch.contact_id])).answered_on is None
    pitch.stage, pitch.closed_reason = Stage.LOST, Opportunity.ClosedReason.NO_REPLY
    pitch.save(update_fields=["stage", "closed_reason"])
    pitch.plan_next("", None)
    pitch.record_stage(Stage.PITCHED)
    change = pitch.stage_changes.latest_first().first()
    text = f"Recorded that no reply came to “{pitch}”."
    if is_silent and pitch.open_contact and _may_rest(pitch.open_contact):
        text = f"{text} {let_rest(pitch.open_contact, today).text}"
    return Outcome(text, change=change)


def hide(row: Planned, until: date) -> Outcome:
    row.snooze(until)
    return Outcome(f"“{row}” is out of sight until {day_in_words(until)}.")


def move_to(row: Planned, on: date) -> Outcome:
    """The owner’s own day, which beats the rule until the next touch."""
    row.plan_next(row.next_step, on)
    return Outcome(f"“{row}” comes up on {day_in_words(on)}, as you chose.")


def back_to_rule(row: Contact | Opportunity) -> Outcome:
    """No pin and no snooze any more."""
    if isinstance(row, Contact):
        follow_rule(row)
    elif row.awaits_reply:
        follow_pitch_rule(row)
    else:
        row.plan_next(row.next_step, row.next_on, is_pinned=row.is_next_pinned)
    return Outcome(f"“{row}” follows the rule again. {next_words(row)}")


def next_words(row: Planned) -> str:
    """What comes now, for the end of any message about the row."""
    if row.next_on is None:
        return "Nothing is planned next."
    return f"Next, on {day_in_words(row.comes_on or row.next_on)}: {row.next_step}."


def _move_on(contact: Contact, today: date) -> Outcome:
    stages = list(Contact.Stage)
    contact.enter_stage(stages[stages.index(Contact.Stage(contact.stage)) + 1], today)
    follow_rule(contact)
    return Outcome(f"“{contact}” is now at “{contact.get_stage_display()}”. {next_words(contact)}")


def _usual_channel(contact: Contact) -> str:
    """Where they were in touch last; one is rarely twice at the same event."""
    latest = contact.interactions.filter(trashed_at=None).latest_first().first()
    return latest.channel if latest and latest.channel != Channel.EVENT else Channel.EMAIL


def _may_rest(contact: Contact) -> bool:
    kept = (Contact.Stage.CLIENT, Contact.Stage.DORMANT, Contact.Stage.DO_NOT_CONTACT)
    others = Opportunity.objects.filter(contact=contact, trashed_at=None).watched()
    return contact.stage not in kept and not others.exists()
