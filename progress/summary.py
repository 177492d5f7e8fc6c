"""Everything Today shows, read across the apps in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from accounts.models import User
from milestones.evidence import evaluate
from milestones.models import Focus, Rating
from milestones.standing import Path
from networking.capturing import ToSort, to_sort_of
from networking.due_rows import DueRow, due_rows
from networking.follow_ups import nearest_of
from networking.models import Contact, Opportunity
from portfolio.models import ReviewRequest, Sample
from portfolio.showing import may_be_shown
from progress.activity import Activity, Line, latest
from progress.journey import JourneyFacts, JourneyState, journey_state, what_next
from progress.next_actions import Action, Records, next_actions

ROWS = 6
# A pitch answered within days is no news; after a week the silence is worth seeing.
WAITING_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Today:
    state: JourneyState
    what_next: str
    path: Path
    actions: list[Action]
    due: list[DueRow]
    nearest: DueRow | None
    waiting: list[Line]
    to_sort: ToSort
    activity: list[Activity]
    is_newcomer: bool


def summarise(user: User, today: date) -> Today:
    """What the person needs to know this morning."""
    path = evaluate(user)
    records = _records(user, today)
    facts = _facts(user, path, records)
    due = due_rows(records.people_due, records.opportunities_due, today)[:ROWS]
    activity = latest(user, ROWS)
    return Today(
        state=journey_state(facts),
        what_next=what_next(facts),
        path=path,
        actions=next_actions(path, _without_resting(records, due), today),
        due=due,
        nearest=None if due else nearest_of(user, today),
        waiting=_waiting(user, today),
        to_sort=to_sort_of(user),
        activity=activity,
        is_newcomer=not (records.has_people or records.has_samples or activity),
    )


def _records(user: User, today: date) -> Records:
    people = Contact.objects.for_user(user).select_related("organisation")
    opportunities = Opportunity.objects.for_user(user).select_related("organisation")
    samples = Sample.objects.for_user(user)
    reviews = ReviewRequest.objects.for_user(user)
    return Records(
        people_due=list(people.due(today)[:ROWS]),
        opportunities_due=list(opportunities.due(today)[:ROWS]),
        reviews=list(reviews.undecided().select_related("sample")[:ROWS]),
        to_rate_again=Focus.objects.to_rate_again(user, today),
        drafts=list(samples.drafts().listed()[:ROWS]),
        has_people=people.exists(),
        has_samples=samples.exists(),
    )


def _facts(user: User, path: Path, records: Records) -> JourneyFacts:
    samples = Sample.objects.for_user(user)
    stage, reached = Opportunity.Stage, Opportunity.objects.for_user(user).reached()
    return JourneyFacts(
        is_oriented=path.milestones[0].is_complete if path.milestones else False,
        samples_begun=samples.begun().count() if records.has_samples else 0,
        samples_shareable=samples.filter(may_be_shown()).count() if records.has_samples else 0,
        has_rated_all=Rating.objects.has_all(user),
        pitches=reached[stage.PITCHED],
        people_connected=Contact.objects.for_user(user).connected_or_later().count(),
        conversations=reached[stage.CONVERSATION],
        landed=reached[stage.LANDED],
        delivered=reached[stage.DELIVERED],
    )


def _without_resting(records: Records, due: list[DueRow]) -> Records:
    """Nobody is to be in touch with those whom the clock proposes to let rest."""
    resting = {row.url for row in due if row.is_rest}
    return replace(
        records,
        people_due=[row for row in records.people_due if row.get_absolute_url() not in resting],
        opportunities_due=[row for row in records.opportunities_due if row.get_absolute_url() not in resting],
    )


def _waiting(user: User, today: date) -> list[Line]:
    """Pitches without an answer for a week or more, longest first."""
    pitched = Opportunity.objects.for_user(user).waiting(today - WAITING_AFTER)
    return [
        Line(
            pitch.title,
            pitch.organisation.name,
            pitch.get_absolute_url(),
            f"{(today - (pitch.pitched_on or today)).days} days ago",
        )
        for pitch in pitched.select_related("organisation")[:ROWS]
    ]
