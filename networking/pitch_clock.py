"""What follows a pitch: a nudge, a closing note, and then nothing more (domain.md E).

Never more than three messages without a reply, the pitch itself among them. When they answer, the
clock stops; when nobody does, it proposes to record that and never records it by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from networking.clock import Move, Plan, as_planned, awake, chosen
from networking.due_words import counted, day_in_words
from networking.models import Interaction, PitchStep
from networking.working_days import after_working_days

ANSWERED = "They answered: say where it stands now"
Key = PitchStep.Key

type Steps = Mapping[str, PitchStep]


@dataclass(frozen=True)
class PitchHistory:
    """A pitch, the days of the messages after it, and the day of the first answer."""

    pitched_on: date
    messages: tuple[date, ...] = ()
    answered_on: date | None = None


def pitch_by_rule(history: PitchHistory, steps: Steps, today: date | None = None) -> Move:
    """The next move; given the day, messages whose time has passed are not made up for."""
    if history.answered_on:
        return Move(ANSWERED, after_working_days(history.answered_on, 1), "An answer is logged.")
    key = _next_key(len(history.messages))
    if today and today > steps[Key.NO_REPLY].ends_on(history.pitched_on):
        key = Key.NO_REPLY
    step = steps[key]
    on = max(step.opens_on(history.pitched_on), _earliest(history, steps))
    return Move(step.step, on, _why(step, history), Interaction.Kind.FOLLOW_UP, is_rest=key == Key.NO_REPLY)


def next_pitch_move(plan: Plan, history: PitchHistory, steps: Steps, today: date) -> Move:
    """What to show today: the owner's own plan, or what the rule says."""
    if plan.is_pinned:
        return chosen(plan)
    rule = pitch_by_rule(history, steps)
    planned = as_planned(plan, rule)
    return awake(pitch_by_rule(history, steps, today) if planned is rule else planned, plan)


def _next_key(messages: int) -> str:
    return PitchStep.MESSAGES[messages] if messages < len(PitchStep.MESSAGES) else Key.NO_REPLY


def _earliest(history: PitchHistory, steps: Steps) -> date:
    """A late message leaves them as much time to answer as the pitch did."""
    nudge = steps[Key.NUDGE]
    return nudge.opens_on(max((history.pitched_on, *history.messages)))


def _why(step: PitchStep, history: PitchHistory) -> str:
    pitched = day_in_words(history.pitched_on)
    if step.key == Key.NO_REPLY:
        sent = counted(1 + len(history.messages), "message")
        return f"{sent} without an answer since your pitch of {pitched}. Time to let go."
    days = "working day" if step.is_in_working_days else "day"
    return f"Rule: {days} {step.first_day} to {step.last_day} after your pitch of {pitched}."
