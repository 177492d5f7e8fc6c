"""What is due, page by page, what comes in the next two weeks, and who has gone quiet."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet, Value

from accounts.models import User
from networking.cadence import cadence_rules
from networking.clock import SILENT, Rules
from networking.due_rows import DueRow, due_rows
from networking.models import Contact, ContactQuerySet, Opportunity
from networking.models.planned import COMES_ON, PlannedQuerySet

AHEAD = timedelta(days=14)
# Each row brings its answers along, so a page holds fewer of them than other lists do.
DUE_SHOWN = 25
AHEAD_SHOWN = 15
QUIET_SHOWN = 10


@dataclass(frozen=True)
class Part:
    """Rows by date; `says_when` unless the title says it already."""

    title: str
    rows: list[DueRow]
    says_when: bool = True

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class FollowUps:
    """`nearest` is there only when nothing else is; `is_cut` says that more comes up than is shown."""

    parts: list[Part]
    nearest: Part | None
    quiet: Part
    is_cut: bool


def due_keys(user: User, today: date) -> QuerySet[Any]:
    """Kind and key of every person and pitch that is due, longest waiting first."""
    people = _keys("contact", Contact.objects.for_user(user).due(today))
    pitches = _keys("opportunity", Opportunity.objects.for_user(user).due(today))
    return people.union(pitches, all=True).order_by("comes", "noun", "pk")


def follow_ups_of(user: User, page: Page[Any], today: date) -> FollowUps:
    """The rows of one page of `due_keys`; on the first one also what is coming and who is quiet."""
    rules = cadence_rules()
    mine, sent = Contact.objects.for_user(user), _pitches(user)
    people = list(mine.filter(pk__in=[pk for noun, pk, _ in page if noun == "contact"]))
    pitches = list(sent.filter(pk__in=[pk for noun, pk, _ in page if noun == "opportunity"]))
    if page.number == 1:
        people += [*mine.coming(today)[:AHEAD_SHOWN], *gone_quiet(mine, rules, today)[:QUIET_SHOWN]]
        pitches += sent.coming(today)[:AHEAD_SHOWN]
    return _in_parts(due_rows(people, pitches, today, rules), today)


def nearest_of(user: User, today: date) -> DueRow | None:
    """What comes up next, on a day with nothing due."""
    people, pitches = Contact.objects.for_user(user).coming(today), _pitches(user).coming(today)
    return next(iter(due_rows(people[:1], pitches[:1], today)), None)


def gone_quiet(contacts: ContactQuerySet, rules: Rules, today: date) -> ContactQuerySet:
    """People with nothing planned who have been quiet for longer than their stage allows."""
    quiet = Q()
    for stage, rule in rules.items():
        if rule.quiet_days and stage not in SILENT:
            long_ago = today - timedelta(rule.quiet_days)
            quiet |= Q(stage=stage, last_touch_on__lte=long_ago, stage_set_on__lte=long_ago)
    silent = contacts.filter(quiet, next_on=None) if quiet else contacts.none()
    return silent.order_by("last_touch_on", "pk")


def _pitches(user: User) -> PlannedQuerySet[Opportunity]:
    return Opportunity.objects.for_user(user).select_related("organisation", "contact")


def _keys(noun: str, rows: PlannedQuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().annotate(noun=Value(noun), comes=COMES_ON).values_list("noun", "pk", "comes")


def _in_parts(rows: list[DueRow], today: date) -> FollowUps:
    planned = [(row.on, row) for row in rows if row.on]
    ahead = [(on, row) for on, row in planned if on > today][:AHEAD_SHOWN]
    parts = [
        Part("Overdue", [row for on, row in planned if on < today]),
        Part("Today", [row for on, row in planned if on == today], says_when=False),
        Part("Next 14 days", [row for on, row in ahead if on <= today + AHEAD]),
    ]
    nearest = Part("Next in line", [row for _, row in ahead[:1]])
    return FollowUps(
        parts=[part for part in parts if part],
        nearest=None if any(parts) or not nearest else nearest,
        quiet=Part("Gone quiet", [row for row in rows if row.on is None], says_when=False),
        is_cut=len(ahead) == AHEAD_SHOWN,
    )
