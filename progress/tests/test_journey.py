import pytest

from progress.journey import RATE_NEXT, WHAT_NEXT, JourneyFacts, JourneyState, journey_state, what_next

NOTHING = {
    "is_oriented": False,
    "samples_begun": 0,
    "samples_shareable": 0,
    "has_rated_all": False,
    "pitches": 0,
    "people_connected": 0,
    "conversations": 0,
    "landed": 0,
    "delivered": 0,
}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, JourneyState.EXPLORING),
        ({"is_oriented": True}, JourneyState.ORIENTED),
        ({"samples_begun": 1}, JourneyState.PRACTISING),
        ({"samples_begun": 2, "samples_shareable": 2}, JourneyState.PRACTISING),
        ({"samples_begun": 2, "samples_shareable": 1, "has_rated_all": True}, JourneyState.PRACTISING),
        ({"samples_shareable": 2, "has_rated_all": True}, JourneyState.PORTFOLIO_READY),
        ({"people_connected": 4}, JourneyState.EXPLORING),
        ({"people_connected": 5}, JourneyState.REACHING_OUT),
        ({"pitches": 1}, JourneyState.REACHING_OUT),
        ({"conversations": 1}, JourneyState.IN_CONVERSATION),
        ({"landed": 1}, JourneyState.LANDED),
        ({"landed": 1, "delivered": 1}, JourneyState.DELIVERED),
        # The furthest one counts, whatever was skipped on the way.
        ({"is_oriented": True, "samples_begun": 2, "landed": 1}, JourneyState.LANDED),
        ({"is_oriented": True, "samples_begun": 2}, JourneyState.PRACTISING),
    ],
)
def test_shows_the_furthest_state_reached(facts, state):
    assert journey_state(JourneyFacts(**NOTHING | facts)) == state


def test_every_state_says_what_comes_next():
    assert set(WHAT_NEXT) == set(JourneyState)


@pytest.mark.parametrize(
    ("shareable", "said"), [(1, WHAT_NEXT[JourneyState.PRACTISING]), (2, RATE_NEXT), (3, RATE_NEXT)]
)
def test_asks_for_no_sample_that_is_there(shareable, said):
    facts = JourneyFacts(**NOTHING | {"samples_begun": 3, "samples_shareable": shareable})

    assert what_next(facts) == said
