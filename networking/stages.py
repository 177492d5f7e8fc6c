"""What each stage of an opportunity means, what it asks for, and what it cannot do without.

Both forms that can change a stage go by this table, so neither is a way round it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from networking.models import Opportunity

UNPAID = (
    "Unpaid work is good evidence, but not a landed project: log it as a volunteer sample in your portfolio."
)
REQUIRED = {
    "organisation": "Name the organisation that commits to pay.",
    "is_paid": UNPAID,
    "agreement": "Choose how they agreed in writing. A spoken yes is not landed yet.",
    "agreed_on": "Enter the day of the written agreement.",
    "pitched_on": "Enter the day you sent it.",
    "channel": "Choose how you sent it.",
    "closed_reason": "Choose the reason that comes closest.",
    "next_on": "Enter the day on which you will look at it again.",
    "test_pay": "Say whether they pay for the test.",
    "delivered_on": "Enter the day you delivered it.",
    "paid_on": "Enter the day the money came.",
}
DELIVERABLE_OR_ROLE = ("format", "role")
DUE_OR_START = ("due_on", "starts_on")
EITHER = {
    DELIVERABLE_OR_ROLE: "Choose the deliverable or, for a job, write the role.",
    DUE_OR_START: "Enter when it is due or, for a job, when it starts.",
}
NEXT = ("next_step", "next_on")


@dataclass(frozen=True)
class StageRule:
    """`asks` are the fields shown on moving here, `requires` those that must be filled;
    of each pair in `either` one is enough. What the stage `after` which it comes cannot do without, it
    cannot either. Where it `asks_anew`, former answers do not count.
    """

    meaning: str
    asks: tuple[str, ...] = NEXT
    requires: tuple[str, ...] = ()
    either: tuple[tuple[str, str], ...] = ()
    after: "StageRule | None" = None
    asks_anew: bool = False

    def missing(self, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Each field that is lacking, with what to tell the person."""
        if self.after:
            yield from self.after.missing(data)
        for name in self.requires:
            if not data.get(name):
                yield name, REQUIRED[name]
        for pair in self.either:
            if not any(data.get(name) for name in pair):
                yield pair[0], EITHER[pair]

    def needs(self) -> tuple[str, ...]:
        """Every field that it goes by."""
        before = self.after.needs() if self.after else ()
        return (*before, *self.requires, *(name for pair in self.either for name in pair))

    def asked_of(self, opportunity: Opportunity) -> tuple[str, ...]:
        """The fields to show on moving this one here: what was passed over is asked for too."""
        before = self.after.asked_of(opportunity) if self.after and self.after.must_ask(opportunity) else ()
        return (*before, *self.asks)

    def must_ask(self, opportunity: Opportunity) -> bool:
        """Whether moving it here takes an answer first, which one tap cannot give."""
        known = {name: getattr(opportunity, name) for name in self.needs()}
        return self.asks_anew or any(self.missing(known))


Stage = Opportunity.Stage
LANDED = StageRule(
    "They committed in writing to pay for a piece of CME, CE or CPD, or for a job writing it.",
    asks=(
        "organisation", "format", "role", "is_paid", "is_writing_test", "agreement", "agreed_on",
        "due_on", "starts_on", "fee", "currency",
    ),
    requires=("organisation", "is_paid", "agreement", "agreed_on"),
    either=(DELIVERABLE_OR_ROLE, DUE_OR_START),
)  # fmt: skip
DELIVERED = StageRule(
    "It is with the client. A good day to ask for permission to show it, and for a kind word.",
    asks=("delivered_on",),
    requires=("delivered_on",),
    after=LANDED,
)
PAID = StageRule("Done and paid for.", asks=("paid_on",), requires=("paid_on",), after=DELIVERED)
STAGES: dict[str, StageRule] = {
    Stage.LEAD: StageRule("A possible need you have spotted."),
    Stage.QUALIFIED: StageRule("It is CME work, there is a real buyer, and you know of no conflict."),
    Stage.PITCHED: StageRule(
        "You sent a pitch or an application made for them.",
        asks=("pitched_on", "channel", "samples", "share_link", *NEXT),
        requires=("pitched_on", "channel"),
    ),
    Stage.CONVERSATION: StageRule("You are talking about work, both ways."),
    Stage.TEST_BRIEF: StageRule(
        "They gave you a writing test or a trial. Agree on the hours before you start.",
        asks=("test_pay", "test_hours", "due_on", *NEXT),
        requires=("test_pay",),
    ),
    Stage.QUOTED: StageRule(
        "You sent scope, fee and dates.", asks=("fee", "currency", "starts_on", "due_on", *NEXT)
    ),
    Stage.VERBAL_YES: StageRule("Agreed in principle; nothing in writing yet."),
    Stage.LANDED: LANDED,
    Stage.DELIVERED: DELIVERED,
    Stage.PAID: PAID,
    Stage.LOST: StageRule(
        "It will not happen this time. Why, and what you take from it, is worth a line.",
        asks=("closed_reason", "lesson"),
        requires=("closed_reason",),
        asks_anew=True,
    ),
    Stage.WITHDRAWN: StageRule(
        "You said no. Why, and what you take from it, is worth a line.",
        asks=("closed_reason", "lesson"),
        requires=("closed_reason",),
        asks_anew=True,
    ),
    Stage.ON_HOLD: StageRule(
        "Parked, with a day on which you look at it again.", asks=NEXT, requires=("next_on",), asks_anew=True
    ),
}  # fmt: skip
