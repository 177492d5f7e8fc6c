"""Where a person stands on the way to a first paid project, told from evidence and never asked."""

from dataclasses import dataclass

from django.db import models


class JourneyState(models.TextChoices):
    """The states of the journey, in order; the furthest one reached is shown."""

    EXPLORING = "exploring", "exploring"
    ORIENTED = "oriented", "oriented"
    PRACTISING = "practising", "practising"
    PORTFOLIO_READY = "portfolio_ready", "portfolio ready"
    REACHING_OUT = "reaching_out", "reaching out"
    IN_CONVERSATION = "in_conversation", "in conversation"
    LANDED = "landed", "landed a first project"
    DELIVERED = "delivered", "delivered a first project"

    @property
    def opening(self) -> str:
        """How the sentence begins that the label ends."""
        return "You have" if self in {JourneyState.LANDED, JourneyState.DELIVERED} else "You are"


@dataclass(frozen=True)
class JourneyFacts:
    """The few facts that the state follows from."""

    is_oriented: bool
    samples_begun: int
    samples_shareable: int
    has_rated_all: bool
    pitches: int
    people_connected: int
    conversations: int
    landed: int
    delivered: int


# Two samples make a portfolio.
ENOUGH_SAMPLES = 2
# Five people who answered make a network; the number is a default of the field's brief.
ENOUGH_PEOPLE = 5

WHAT_NEXT = {
    JourneyState.EXPLORING: "Finish the first milestone, or log any piece of writing you have begun.",
    JourneyState.ORIENTED: "Log your first draft: a short piece in a format that clients commission.",
    JourneyState.PRACTISING: "Take two samples to ready, and let five people know that you write.",
    JourneyState.PORTFOLIO_READY: "Tell five people that you write, and send a first pitch.",
    JourneyState.REACHING_OUT: "Keep the rhythm: one useful touch at a time, until somebody talks work.",
    JourneyState.IN_CONVERSATION: "Answer quickly, quote clearly, and get the agreement in writing.",
    JourneyState.LANDED: "Deliver on the day you promised, then ask for permission to show it.",
    JourneyState.DELIVERED: "Ask for a testimonial and for permission to show it; then on to the next one.",
}


# The two samples are there: what is missing is the look at oneself.
RATE_NEXT = "Your samples are ready to show. Rate yourself on each competency, and your portfolio is ready."


def what_next(facts: JourneyFacts) -> str:
    """The next thing to do, in a sentence."""
    state = journey_state(facts)
    if state == JourneyState.PRACTISING and facts.samples_shareable >= ENOUGH_SAMPLES:
        return RATE_NEXT
    return WHAT_NEXT[state]


def journey_state(facts: JourneyFacts) -> JourneyState:
    """The furthest state that the facts prove."""
    reached = {
        JourneyState.DELIVERED: facts.delivered > 0,
        JourneyState.LANDED: facts.landed > 0,
        JourneyState.IN_CONVERSATION: facts.conversations > 0,
        JourneyState.REACHING_OUT: facts.pitches > 0 or facts.people_connected >= ENOUGH_PEOPLE,
        JourneyState.PORTFOLIO_READY: facts.samples_shareable >= ENOUGH_SAMPLES and facts.has_rated_all,
        JourneyState.PRACTISING: facts.samples_begun > 0,
        JourneyState.ORIENTED: facts.is_oriented,
    }
    return next((state for state, is_reached in reached.items() if is_reached), JourneyState.EXPLORING)
