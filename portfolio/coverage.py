"""Which formats a person's samples cover in which therapeutic areas, and what is missing most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db import models
from django.db.models import Case, Count, Value, When
from django.urls import reverse

from accounts.models import User
from portfolio.filters import NO_AREA
from portfolio.models import Format, Sample
from portfolio.models.formats import in_a_sentence
from portfolio.showing import may_be_shown
from portfolio.spelling import Names

AREAS_SHOWN = 8
FLAT_NAMES = 5


class Level(models.TextChoices):
    """How far a sample has come. The furthest one speaks for its cell."""

    DRAFT = "draft", "draft"
    READY = "ready", "ready"
    SHAREABLE = "shareable", "shareable"


EMPTY = "empty"
FURTHEST_FIRST = (Level.SHAREABLE, Level.READY, Level.DRAFT)
type Counts = Counter[Level]
HOW_SOON: list[str] = [Format.FirstSample.YES, Format.FirstSample.MAYBE, Format.FirstSample.LATER]


@dataclass(frozen=True)
class Piece:
    """So many samples of one format, area and level; the area is "" where none is named."""

    format_id: int
    area: str
    level: Level
    count: int


@dataclass(frozen=True)
class Column:
    """A therapeutic area, or one of the two columns that gather the rest."""

    name: str
    # As the list's filter knows it, and as a new sample starts with it; "" where neither can.
    filter: str = ""
    start: str = ""


OTHER_AREAS = Column("Other areas")
NO_AREA_NAMED = Column("No area named", filter=NO_AREA)


@dataclass(frozen=True)
class Cell:
    """What there is of one format in one column."""

    format: Format
    column: Column
    counts: Counts

    @cached_property
    def level(self) -> str:
        return next((str(level) for level in FURTHEST_FIRST if self.counts[level]), EMPTY)

    @cached_property
    def count(self) -> int:
        """How many samples have come as far as the cell says."""
        return self.counts[Level(self.level)] if self.level != EMPTY else 0

    @cached_property
    def rest(self) -> str:
        """What else there is, in words: “1 ready, 2 draft”."""
        lower = [level for level in FURTHEST_FIRST if self.counts[level] and level != self.level]
        return ", ".join(f"{self.counts[level]} {level.label}" for level in lower)

    @cached_property
    def url(self) -> str:
        """The samples of this cell, or the form that starts its first one; "" for many areas at once."""
        if self.level == EMPTY:
            return start_url(self.format, self.column.start)
        if not self.column.filter:
            # No list holds these and no others.
            return ""
        wanted = {"format": self.format.key, "area": self.column.filter}
        return f"{reverse('portfolio:index')}?{urlencode(wanted)}"


@dataclass(frozen=True)
class Row:
    """One format across all columns."""

    format: Format
    cells: list[Cell]

    @cached_property
    def is_begun(self) -> bool:
        return any(cell.counts for cell in self.cells)

    @property
    def url(self) -> str:
        return start_url(self.format)


@dataclass(frozen=True)
class Suggestion:
    """What to write next, and why that."""

    format: Format
    area: str
    reason: str

    @property
    def in_words(self) -> str:
        return in_a_sentence(self.format.name)

    @property
    def url(self) -> str:
        return start_url(self.format, self.area)


@dataclass(frozen=True)
class Coverage:
    columns: list[Column]
    rows: list[Row]
    suggestion: Suggestion | None

    @property
    def is_wide(self) -> bool:
        """Whether there are too many columns for names that lie flat."""
        return len(self.columns) > FLAT_NAMES

    @property
    def names_no_area(self) -> bool:
        """Whether there are samples, and none of them says which field it is about."""
        return self.columns == [NO_AREA_NAMED]

    @property
    def shown(self) -> list[tuple[str, list[Row]]]:
        """What is in demand, and whatever else has been begun."""
        wanted = [row for row in self.rows if row.format.is_in_demand]
        begun = [row for row in self.rows if row.is_begun and not row.format.is_in_demand]
        return [
            group for group in ((Format.Shelf.IN_DEMAND.label, wanted), ("Also begun", begun)) if group[1]
        ]

    @property
    def folded(self) -> list[Row]:
        """Formats without any sample that are not in demand."""
        return [row for row in self.rows if not (row.format.is_in_demand or row.is_begun)]

    @property
    def folded_group(self) -> list[tuple[str, list[Row]]]:
        return [("Not begun", self.folded)]

    @property
    def filled(self) -> int:
        return sum(bool(cell.counts) for row in self.rows for cell in row.cells)


def coverage_of(user: User) -> Coverage:
    """What the samples of `user` cover, read in two queries."""
    return cover(list(Format.objects.all()), _pieces(user))


def cover(formats: Sequence[Format], pieces: Sequence[Piece]) -> Coverage:
    """The table of `pieces`: formats in demand first, the areas used most first."""
    used = {piece.format_id for piece in pieces}
    # A retired format stays for as long as somebody has samples of it.
    rows = sorted(
        (format_ for format_ in formats if not format_.is_retired or format_.pk in used),
        key=lambda format_: (not format_.is_in_demand, format_.position),
    )
    names = Names((piece.area, piece.count) for piece in pieces)
    columns = _columns(names, pieces)
    counts = _counted(pieces, names, columns)
    table = [Row(format_, [Cell(format_, c, counts[format_.pk, c]) for c in columns]) for format_ in rows]
    return Coverage(columns, table, suggest(rows, pieces))


def suggest(formats: Iterable[Format], pieces: Iterable[Piece]) -> Suggestion | None:
    """The next sample: in the strongest area what is in demand and missing, else another format there.

    Two or three strong pieces in one field beat ten mixed ones (domain.md G), so it never leads away
    from an area before that is covered.
    """
    pieces = list(pieces)
    names = Names((piece.area, piece.count) for piece in pieces)
    on_offer = [f for f in formats if not (f.is_retired or f.is_portfolio_only)]
    on_offer.sort(key=lambda f: (not f.is_in_demand, HOW_SOON.index(f.first_sample), f.position))
    for area in _strongest_first(names, pieces) or [""]:
        have = {piece.format_id for piece in pieces if names.usual(piece.area) == area}
        missing = next((format_ for format_ in on_offer if format_.pk not in have), None)
        if missing:
            return Suggestion(missing, area, _reason(missing, area, len(have)))
    return None


def start_url(format_: Format, area: str = "") -> str:
    """The form for a new sample, with this much filled in."""
    wanted = {"format": format_.key, "therapeutic_area": area}
    return f"{reverse('portfolio:create')}?{urlencode({k: v for k, v in wanted.items() if v})}"


def _pieces(user: User) -> list[Piece]:
    level = Case(
        When(may_be_shown(), then=Value(Level.SHAREABLE)),
        When(status=Sample.Status.READY, then=Value(Level.READY)),
        default=Value(Level.DRAFT),
        output_field=models.CharField(),
    )
    begun = Sample.objects.for_user(user).begun().order_by().annotate(level=level)
    counted = begun.values_list("format_id", "therapeutic_area", "level").annotate(Count("pk"))
    return [Piece(format_id, area, Level(level), count) for format_id, area, level, count in counted]


def _columns(names: Names, pieces: Iterable[Piece]) -> list[Column]:
    often = Counter[str]()
    for piece in pieces:
        often[names.usual(piece.area)] += piece.count
    unnamed = often.pop("", 0)
    areas = sorted(often, key=lambda area: (-often[area], area.casefold()))
    columns = [Column(area, area, area) for area in areas[:AREAS_SHOWN]]
    columns += [OTHER_AREAS] * (len(areas) > AREAS_SHOWN)
    return columns + [NO_AREA_NAMED] * bool(unnamed)


def _counted(
    pieces: Iterable[Piece], names: Names, columns: Iterable[Column]
) -> defaultdict[tuple[int, Column], Counts]:
    named = {column.start: column for column in columns if column.start}
    counts: defaultdict[tuple[int, Column], Counts] = defaultdict(Counter)
    for piece in pieces:
        area = names.usual(piece.area)
        column = named.get(area, OTHER_AREAS) if area else NO_AREA_NAMED
        counts[piece.format_id, column][piece.level] += piece.count
    return counts


def _strongest_first(names: Names, pieces: Iterable[Piece]) -> list[str]:
    """The named areas by what one could show of them, then by what is ready, then by what is begun."""
    strength: defaultdict[str, Counts] = defaultdict(Counter)
    for piece in pieces:
        if piece.area:
            strength[names.usual(piece.area)][piece.level] += piece.count
    return sorted(strength, key=lambda a: ([-strength[a][level] for level in FURTHEST_FIRST], a.casefold()))


def _reason(missing: Format, area: str, have: int) -> str:
    sought = "one of the formats that hiring editors say they need most"
    if not area:
        return f"A good start: {sought}." if missing.is_in_demand else "You have none of it yet."
    so_far = f"Your portfolio is strongest in {in_a_sentence(area)}"
    if missing.is_in_demand:
        return f"{so_far} and lacks this there: {sought}."
    formats = "one format" if have == 1 else f"{have} formats"
    return f"{so_far}, with {formats} so far. Another one there shows your range better than a new field."
