"""The table of coverage as a picture: where everything stands, for a template that draws it in SVG.

The numbers are units of the drawing, about a pixel each on a phone 360 px wide. They leave here as
text: a template would take longer over them than over everything else on the page.
"""

import textwrap
from dataclasses import dataclass
from typing import NamedTuple

from portfolio.coverage import Cell, Coverage

WIDTH = 320
LABELS = 120
ROW = 28
LARGEST_CELL = 44
GAP = 3
LINE = 12
LETTER = 6.8
LONGEST_HEAD = 18
LONGEST_LINE = 19


class Label(NamedTuple):
    """A line of text and where it begins, as “x y”."""

    text: str
    place: str


class Mark(NamedTuple):
    """One cell: where its box begins, as “x y”, how far it has come and how many samples have."""

    place: str
    level: str
    number: int
    words: str


@dataclass(frozen=True)
class HeatMap:
    width: int
    height: str
    # Of every box, and the middle of it.
    box: tuple[str, str]
    middle: str
    columns: list[Label]
    rows: list[Label]
    marks: list[Mark]


def draw(coverage: Coverage) -> HeatMap:
    """The formats worth seeing, one below the other; every width of a table fits into the same frame."""
    heads = [_short(column.name) for column in coverage.columns]
    top = max(map(len, heads), default=0) * LETTER + GAP * 2
    step = min(LARGEST_CELL, (WIDTH - LABELS) / max(len(heads), 1))
    shown = [row for _, rows in coverage.shown for row in rows]
    return HeatMap(
        width=WIDTH,
        height=f"{top + ROW * len(shown):.1f}",
        box=(f"{step - GAP:.1f}", f"{ROW - GAP:.1f}"),
        middle=_place((step - GAP) / 2, (ROW - GAP) / 2),
        columns=[
            Label(head, _place(LABELS + step * n + step / 2, top - GAP * 2)) for n, head in enumerate(heads)
        ],
        rows=[line for n, row in enumerate(shown) for line in _lines(row.format.name, top + ROW * n)],
        marks=[
            _mark(cell, _place(LABELS + step * n + GAP / 2, top + ROW * m + GAP / 2))
            for m, row in enumerate(shown)
            for n, cell in enumerate(row.cells)
        ],
    )


def _mark(cell: Cell, place: str) -> Mark:
    held = ", ".join(filter(None, (f"{cell.count} {cell.level}", cell.rest)))
    words = f"{cell.format.name}, {cell.column.name}: {held}" if cell.count else ""
    return Mark(place, cell.level, cell.count, words)


def _lines(name: str, top: float) -> list[Label]:
    """A format's name in one line or two, in the middle of its row."""
    lines = textwrap.wrap(name, LONGEST_LINE, max_lines=2, placeholder="…")
    first = top + ROW / 2 - LINE * (len(lines) - 1) / 2
    return [Label(line, _place(0, first + LINE * n)) for n, line in enumerate(lines)]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_HEAD else f"{name[: LONGEST_HEAD - 1]}…"


def _place(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
