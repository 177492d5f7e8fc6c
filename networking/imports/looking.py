"""What an import would do, row by row, and what it did; for the pages that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count

from networking.imports.matching import Index, Outcome, Plan, plan_for
from networking.imports.persons import NO_NAME, person_of
from networking.models import ImportBatch, ImportRow

ROWS_SHOWN = 50
# A worker writes a part in a second or two: one silent for so long is gone.
STOPPED_AFTER = timedelta(seconds=30)
# What is filled in, as people call it.
WORDS = {
    "role_title": "role", "email": "e-mail", "linkedin_url": "LinkedIn", "met_at": "where you met",
    "reason_to_write": "reason to write", "kind": "kind", "notes": "notes",
    "vcard_uid": "address book number", "tags": "tags", "organisation": "organisation",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row as a page shows it."""

    number: int
    name: str
    detail: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    """One of the four lists, with its number of rows."""

    key: str
    label: str
    count: int
    is_shown: bool


@dataclass(frozen=True)
class Look:
    """The lists by their size, and a page of the one that is looked at."""

    groups: list[Group]
    page: Page
    lines: Sequence[Line]

    @property
    def fresh(self) -> int:
        """How many rows bring something: somebody new, or what was missing of somebody."""
        return sum(group.count for group in self.groups if group.key in (Outcome.NEW, Outcome.CHANGED))


@dataclass(frozen=True)
class Progress:
    """How far an import is. `drives` is where the page itself asks for the next part."""

    done: int
    total: int
    drives: bool
    has_stopped: bool


def progress_of(batch: ImportBatch, now: datetime, *, by_worker: bool) -> Progress:
    total, waiting = batch.rows.count(), batch.rows.pending().count()
    has_stopped = by_worker and now - batch.updated_at > STOPPED_AFTER
    return Progress(total - waiting, total, not by_worker, has_stopped)


def preview(batch: ImportBatch, today: date, shown: str, number: str | None) -> Look:
    """What confirming would do. Nothing is written."""
    index = Index.of(batch.owner)
    lines: dict[str, list[Line]] = {outcome: [] for outcome in Outcome}
    for row in batch.rows.all().order_by("number", "pk"):
        person = person_of(row.cells, batch.mapping, today) if not row.outcome else None
        if person is None:
            lines[Outcome.UNUSABLE].append(Line(row.number, "", _cells(row), row.note or NO_NAME))
            continue
        plan = plan_for(person, index)
        lines[plan.outcome].append(Line(row.number, person.name, _detail(plan), plan.note))
    return _look({outcome: len(found) for outcome, found in lines.items()}, lines, shown, number)


def report(batch: ImportBatch, shown: str, number: str | None) -> Look:
    """What became of each row."""
    counted = batch.rows.order_by().values_list("outcome").annotate(Count("pk"))
    counts = dict(counted)
    shown = _first_filled(counts, shown)
    rows = Paginator(batch.rows.with_outcome(shown), ROWS_SHOWN).get_page(number)
    return Look(_groups(counts, shown), rows, [_line(row, batch) for row in rows])


def _look(counts: dict[str, int], lines: dict[str, list[Line]], shown: str, number: str | None) -> Look:
    shown = _first_filled(counts, shown)
    page = Paginator(lines[shown], ROWS_SHOWN).get_page(number)
    return Look(_groups(counts, shown), page, list(page))


def _first_filled(counts: dict[str, int], shown: str) -> str:
    if shown in Outcome:
        return shown
    return next((outcome for outcome in Outcome if counts.get(outcome)), Outcome.NEW)


def _groups(counts: dict[str, int], shown: str) -> list[Group]:
    return [Group(o, o.label, counts.get(o, 0), o == shown) for o in Outcome]


def _detail(plan: Plan) -> str:
    person = plan.person
    if plan.outcome == Outcome.CHANGED:
        return f"Fills in: {', '.join(_filled(plan.fills, len(plan.details)))}"
    return " · ".join(filter(None, (person.role_title, person.organisation, *person.emails[:1])))


def _filled(fills: Sequence[str] | dict[str, str], details: int) -> list[str]:
    more = [f"{details} further address{'' if details == 1 else 'es'}"] if details else []
    return [*(WORDS[name] for name in fills), *more]


def _line(row: ImportRow, batch: ImportBatch) -> Line:
    contact = row.contact
    if contact is None:
        return _line_without(row, batch)
    fields = [name for fill in row.filled for name in fill["after"]]
    filled = _filled(fields, sum(len(fill["details"]) for fill in row.filled))
    detail = f"Filled in: {', '.join(filled)}" if filled and row.outcome == Outcome.CHANGED else ""
    url = contact.get_absolute_url() if contact.trashed_at is None else ""
    return Line(row.number, contact.name, detail or contact.role_title, row.note, url)


def _line_without(row: ImportRow, batch: ImportBatch) -> Line:
    """One that names nobody, or somebody who is no longer here."""
    person = person_of(row.cells, batch.mapping, date.max)
    if person is None:
        return Line(row.number, "", _cells(row), row.note)
    gone = "Taken back." if batch.undone_at else "Deleted since."
    return Line(row.number, person.name, person.organisation, f"{gone} {row.note}".strip())


def _cells(row: ImportRow) -> str:
    """The beginning of a row that has no name to show."""
    return " · ".join(filter(None, row.cells))[:120]
