"""When to be in touch with a person next, and when to stop: functions of what happened and of the day.

A touch resets the clock. What came from them and what went to them are told apart: the steps of a
stage (domain.md E) are taken in turn, one a message, until an answer begins them anew. After as many
unanswered messages as the stage allows, or after a long silence, the clock proposes to let the
person rest; it never changes a stage by itself. A day that the owner chose beats the rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

from networking.due_words import counted, day_in_words, in_days
from networking.models import CadenceRule, Contact, Interaction
from networking.working_days import working_day

Stage, Kind, Direction = Contact.Stage, Interaction.Kind, Interaction.Direction

LET_REST = "Let it rest, unless they answer"
# For people who work for a funder, wherever a step would be an offer of work.
LEARN = "Be in touch to learn, never to pitch"
OFFERS = (Kind.PITCH, Kind.FOLLOW_UP)
SELLING = (Stage.WARM_LEAD, Stage.CLIENT)
# Before this somebody heard from is one to answer, whatever the stage says to do.
EARLY = (Stage.IDENTIFIED, Stage.RESEARCHED, Stage.WARMED)
SILENT = (Stage.DORMANT, Stage.DO_NOT_CONTACT)
# Seen by many, and waiting for nobody's answer.
PUBLIC = (Kind.ENGAGEMENT, Kind.EVENT)
# Takes two, whatever was noted of its direction.
MUTUAL = (Kind.CONVERSATION, Kind.FEEDBACK)


@dataclass(frozen=True)
class Touch:
    """A touch as the clock sees it: they were heard from, or a message waits for them, or neither."""

    on: date
    is_heard: bool = False
    is_message: bool = False

    @classmethod
    def of(cls, on: date, kind: str, direction: str) -> "Touch":
        is_heard = direction in (Direction.INCOMING, Direction.BOTH) or kind in MUTUAL
        return cls(on, is_heard, is_message=not is_heard and kind not in PUBLIC)


@dataclass(frozen=True)
class History:
    """What happened with one person: the touches oldest first, and since when the stage stands."""

    stage: str
    since: date
    touches: tuple[Touch, ...] = ()
    is_met: bool = False
    is_funder: bool = False

    def after(self, touch: Touch) -> "History":
        """The same with one more touch."""
        # Sorting keeps the order within a day, so the new one comes last in its own.
        return replace(self, touches=tuple(sorted((*self.touches, touch), key=attrgetter("on"))))

    @property
    def last(self) -> Touch | None:
        return self.touches[-1] if self.touches else None

    @property
    def start(self) -> date:
        """The day from which the clock counts."""
        return max(self.since, self.last.on) if self.last else self.since

    @property
    def unanswered(self) -> int:
        """How many messages went out since they were heard from."""
        count = 0
        for touch in reversed(self.touches):
            # Who is put down as connected or further has answered, also where nobody logged it.
            if touch.is_heard or (self.stage in Contact.CONNECTED_STAGES and touch.on < self.since):
                break
            count += touch.is_message
        return count


@dataclass(frozen=True)
class Plan:
    """What is planned and stored: by the rule, or by the owner where it is pinned."""

    step: str = ""
    on: date | None = None
    is_pinned: bool = False
    snoozed_until: date | None = None


@dataclass(frozen=True)
class Move:
    """What to do, on which day and why; `kind` is what doing it logs, empty where it is no touch."""

    step: str = ""
    on: date | None = None
    why: str = ""
    kind: str = Kind.MESSAGE
    is_rest: bool = False


NOTHING = Move()
type Rules = Mapping[str, CadenceRule]


def by_rule(history: History, rules: Rules) -> Move:
    """What the rule says, whatever day it is: the same history gives the same move."""
    if history.stage == Stage.DO_NOT_CONTACT:
        return NOTHING
    rule = rules[_situation(history)]
    steps, count = rule.steps, history.unanswered
    if not steps:
        return NOTHING
    step = steps[min(count, len(steps) - 1)]
    on = working_day(history.start + timedelta(step.days))
    if rule.touches and count >= rule.touches and history.stage not in SILENT:
        return Move(LET_REST, on, _limit_words(count, rule), is_rest=True)
    why = _rule_words(step.days, on, history)
    if history.is_funder and (step.kind in OFFERS or history.stage in SELLING):
        return Move(LEARN, on, why)
    return Move(step.text, on, why, step.kind)


def next_move(plan: Plan, history: History, rules: Rules, today: date) -> Move:
    """What to show today: the owner's own plan, or the rule's, or that it has been quiet for too long."""
    if history.stage == Stage.DO_NOT_CONTACT:
        return NOTHING
    if plan.is_pinned:
        return chosen(plan)
    quiet = _quiet(history, rules[history.stage], today)
    return awake(quiet or as_planned(plan, by_rule(history, rules)), plan)


def chosen(plan: Plan) -> Move:
    """A day that the owner chose, whatever any rule says."""
    return awake(Move(plan.step, plan.on, "You chose this day. It stands until your next touch."), plan)


def as_planned(plan: Plan, move: Move) -> Move:
    """The move of a rule where it is what is planned; else only the plan, with no reason made up."""
    if (plan.step, plan.on) == (move.step, move.on):
        return move
    return Move(plan.step, plan.on, "Planned for this day." if plan.on else "")


def awake(move: Move, plan: Plan) -> Move:
    """The same on the day the snooze ends, where that is later."""
    until = plan.snoozed_until
    if move.on is None or until is None or until <= move.on:
        return move
    return replace(move, on=until, why=f"Snoozed until {day_in_words(until)}. {move.why}")


def _situation(history: History) -> str:
    """The key of the rule that fits: the stage's, or that of somebody who waits for a first word."""
    last = history.last
    if last is None:
        return CadenceRule.MET if history.is_met and history.stage not in SILENT else history.stage
    is_new = history.stage in EARLY or (history.stage == Stage.DORMANT and last.on > history.since)
    return CadenceRule.MET if last.is_heard and is_new else history.stage


def _quiet(history: History, rule: CadenceRule, today: date) -> Move | None:
    if history.last is None or not rule.quiet_days or history.stage in SILENT:
        return None
    since = working_day(history.start + timedelta(rule.quiet_days))
    if since > today:
        return None
    why = f"Quiet for {(today - history.last.on).days} days: let it rest, or make a fresh start."
    return Move(LET_REST, since, why, is_rest=True)


def _limit_words(count: int, rule: CadenceRule) -> str:
    return f"{counted(count, 'message')} without an answer: enough for now at “{rule}”."


def _rule_words(days: int, on: date, history: History) -> str:
    last = history.last
    after = "your last touch" if last and last.on >= history.since else "they came to this stage"
    monday = ", moved from the weekend to Monday" if on != history.start + timedelta(days) else ""
    return f"Rule: {in_days(days)} after {after}{monday}."
