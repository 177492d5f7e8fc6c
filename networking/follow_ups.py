"""What is due, and what comes in the next two weeks, with people and pitches together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from networking.models import Contact, Opportunity
from networking.rows import OpportunityRow, PersonRow, opportunity_rows, person_rows

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=14)
SHOWN = 50


@dataclass(frozen=True)
class Part:
    """People and pitches by date; `says_when` unless the title says it already."""

    title: str
    rows: list[PersonRow | OpportunityRow]
    says_when: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class FollowUps:
    """`nearest` is there only when nothing else is; `is_cut` says that more rows exist than shown."""

    parts: list[Part]
    nearest: Part | None
    is_nothing_due: bool
    is_cut: bool


def follow_ups_of(user: User, today: date) -> FollowUps:
    people = Contact.objects.for_user(user).select_related("organisation")
    pitches = Opportunity.objects.for_user(user).select_related("organisation", "contact")
    people_due, people_coming = list(people.due(today)[:SHOWN]), list(people.coming(today)[:SHOWN])
    pitches_due, pitches_coming = list(pitches.due(today)[:SHOWN]), list(pitches.coming(today)[:SHOWN])
    part = _cutter([*people_due, *people_coming], [*pitches_due, *pitches_coming], today)
    parts = [
        part("Overdue", date.min, today - ONE_DAY),
        part("Today", today, today),
        part("Next 14 days", today + ONE_DAY, today + AHEAD),
    ]
    return FollowUps(
        parts=[filled for filled in parts if filled],
        nearest=None if any(parts) else _nearest(people_coming, pitches_coming, today),
        is_nothing_due=not (people_due or pitches_due),
        is_cut=SHOWN in (len(people_due), len(people_coming), len(pitches_due), len(pitches_coming)),
    )


def _cutter(
    people: list[Contact], pitches: list[Opportunity], today: date
) -> Callable[[str, date, date], Part]:
    rows: list[tuple[date, PersonRow | OpportunityRow]] = [
        *zip(_days(people), person_rows(people, today), strict=True),
        *zip(_days(pitches), opportunity_rows(pitches, today), strict=True),
    ]
    rows.sort(key=lambda dated: dated[0])

    def part(title: str, first: date, last: date) -> Part:
        return Part(title, [row for on, row in rows if first <= on <= last], not first == last == today)

    return part


def _nearest(people: list[Contact], pitches: list[Opportunity], today: date) -> Part | None:
    dated = [*_days(people[:1]), *_days(pitches[:1])]
    return _cutter(people[:1], pitches[:1], today)("Next in line", min(dated), min(dated)) if dated else None


def _days(rows: Iterable[Contact | Opportunity]) -> list[date]:
    # Only rows with a day are due or coming.
    return [row.next_on or date.min for row in rows]
