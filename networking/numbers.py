"""One's own pitches in numbers: counts first, a share only where there is enough to share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max
from django.urls import reverse

from accounts.models import User
from networking.due_words import counted
from networking.models import Interaction, Opportunity, OpportunityQuerySet, StageChange

# A percentage of fewer than these says more than is known.
ENOUGH = 10
NOT_ENOUGH = "Not enough data yet"
SAMPLES_SHOWN = 20
# The width of the longest bar, in units of the drawing.
WIDTH = 100

Stage = Opportunity.Stage


@dataclass(frozen=True)
class Bar:
    """A line of the picture: how many, and how long its bar is."""

    name: str
    count: int
    width: str


@dataclass(frozen=True)
class Fact:
    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class SampleUse:
    title: str
    url: str
    sent: int
    answered: int


@dataclass(frozen=True)
class Numbers:
    funnel: list[Bar]
    facts: list[Fact]
    samples: list[SampleUse]
    reasons: list[Bar]


def numbers_of(user: User, today: date) -> Numbers:
    """Everything on the page, in the same few queries however much there is."""
    mine = Opportunity.objects.for_user(user)
    reached = mine.reached()
    facts = _facts(user, mine, reached, today)
    return Numbers(_funnel(reached), facts, _samples(mine), _reasons(mine))


def share(part: int, whole: int) -> str:
    """“3 of 8”; with a percentage from ten on."""
    if not whole:
        return NOT_ENOUGH
    words = f"{part} of {whole}"
    return f"{words}, {round(100 * part / whole)} %" if whole >= ENOUGH else words


def _funnel(reached: dict[str, int]) -> list[Bar]:
    """How many ever came as far as each stage, wherever they stand now."""
    return _bars((stage.label, reached[stage]) for stage in Opportunity.FORWARD_STAGES)


def _facts(user: User, mine: OpportunityQuerySet, reached: dict[str, int], today: date) -> list[Fact]:
    been = _been_at(user)
    sent = mine.sent().aggregate(all=Count("pk"), answered=Count("pk", filter=Opportunity.ANSWERED))
    waiting = mine.awaiting_reply().count()
    days = _days_since(user, mine, today)
    return [
        Fact("Pitches sent", str(sent["all"])),
        Fact(
            "Answered",
            share(sent["answered"], sent["all"]),
            f"{waiting} still waiting. A no is an answer; silence is not a no." if waiting else "",
        ),
        Fact("Conversations", str(reached[Stage.CONVERSATION])),
        Fact("Tests", str(been.get(Stage.TEST_BRIEF, 0))),
        Fact("Quotes", str(been.get(Stage.QUOTED, 0))),
        Fact("Landed", str(reached[Stage.LANDED])),
        Fact("Since your last outreach", NOT_ENOUGH if days is None else counted(days, "day")),
    ]


def _been_at(user: User) -> dict[str, int]:
    """How many were ever at a stage that is often passed over."""
    moves = StageChange.objects.for_user(user).shown().order_by().values_list("after")
    return dict(moves.annotate(n=Count("opportunity", distinct=True)))


def _days_since(user: User, mine: OpportunityQuerySet, today: date) -> int | None:
    touches = Interaction.objects.for_user(user).exclude(direction=Interaction.Direction.INCOMING)
    last = touches.filter(happened_on__lte=today).aggregate(on=Max("happened_on"))["on"]
    sent = mine.filter(pitched_on__lte=today).aggregate(on=Max("pitched_on"))["on"]
    days = [day for day in (last, sent) if day]
    return (today - max(days)).days if days else None


def _samples(mine: OpportunityQuerySet) -> list[SampleUse]:
    """Which samples went with pitches, the most used first."""
    used = mine.sent().filter(samples__trashed_at=None, samples__isnull=False).order_by()
    rows = used.values_list("samples", "samples__title").annotate(
        sent=Count("pk"), answered=Count("pk", filter=Opportunity.ANSWERED)
    )
    latest = rows.order_by("-sent", "samples__title", "samples")[:SAMPLES_SHOWN]
    return [
        SampleUse(title, reverse("portfolio:detail", args=[pk]), sent, answered)
        for pk, title, sent, answered in latest
    ]


def _reasons(mine: OpportunityQuerySet) -> list[Bar]:
    ended = mine.filter(stage__in=Opportunity.CLOSED_STAGES).order_by().values_list("closed_reason")
    names = dict(Opportunity.ClosedReason.choices)
    rows = ended.annotate(n=Count("pk")).order_by("-n", "closed_reason")
    return _bars((names.get(reason, "Not said"), count) for reason, count in rows)


def _bars(rows: Iterable[tuple[str, int]]) -> list[Bar]:
    rows = list(rows)
    longest = max((count for _, count in rows), default=0)
    return [Bar(str(name), n, f"{WIDTH * n / longest:.1f}" if longest else "0") for name, n in rows]
