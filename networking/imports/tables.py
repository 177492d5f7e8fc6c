"""Text to a table: the delimiter, the header somewhere near the top, and rows that are sound."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import Any

from networking.imports.columns import recognised
from networking.imports.decoding import UnreadableError

DELIMITERS = ",;\t|"
# How far down a header may stand: exports begin with notes of different lengths.
HEADER_WITHIN = 30
MOST_ROWS = 20_000
MOST_COLUMNS = 300
# So far we count, empty ones included; whoever brings more has brought something else than people.
MOST_RECORDS = 10 * MOST_ROWS
# One more, so that a row with too many is told from one that fits.
WIDEST = MOST_COLUMNS + 1
CELL_LENGTH = 20_000
# A file with more quotes left open than this is broken as a whole.
MOST_BROKEN = 200
BROKEN = "A quotation mark in this row is never closed, or stands where none may."
TOO_WIDE = "This row has more columns than the header, so nobody can tell what belongs where."

# Where it begins in the file, and its cells.
type Record = tuple[int, list[str]]


@dataclass
class Table:
    """Rows by their number in the file, and those that cannot be used, with the reason."""

    header: list[str]
    rows: list[Record] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def table_of(text: str) -> Table:
    """The table in a text whose cells are separated by commas, semicolons, tabs or bars.

    Raises:
        UnreadableError: there is no table in it, or one larger than we take.
    """
    # Not `splitlines`, which also breaks at marks that are part of a cell.
    lines = list(StringIO(text, newline=""))
    delimiter = _delimiter(lines)
    records = list(islice(_records(lines, delimiter), MOST_RECORDS))
    sound = [(number, cells) for number, cells, is_broken in records if not is_broken and any(cells)]
    if not sound:
        raise UnreadableError("There are no rows in this file.")
    begins, header, rows = _parted(sound)
    if len(rows) > MOST_ROWS:
        raise UnreadableError(
            f"This file has {_counted(records, len(rows))} rows. Up to {MOST_ROWS:,} fit at once: split it."
        )
    table = Table(header[:MOST_COLUMNS])
    table.refused = [(number, BROKEN) for number, _, is_broken in records if is_broken and number > begins]
    for number, cells in rows:
        if any(cell for cell in cells[len(header) :]):
            table.refused.append((number, TOO_WIDE))
        else:
            table.rows.append((number, [cell[:CELL_LENGTH] for cell in cells[: len(table.header)]]))
    return table


def _parted(sound: list[Record]) -> tuple[int, list[str], list[Record]]:
    """The line the header begins on, 0 where there is none; the names of the columns; and the rows."""
    at = _header_at([cells for _, cells in sound[:HEADER_WITHIN]])
    if at is None:
        return 0, _numbered(len(sound[0][1])), sound
    begins, header = sound[at]
    return begins, header, sound[at + 1 :]


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Each record with the line it begins on; one with broken quotes ends with its line."""
    start, broken = 0, 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        begun = 0
        try:
            for cells in reader:
                yield start + begun + 1, [cell.strip() for cell in cells[:WIDEST]], False
                begun = reader.line_num
            return
        except csv.Error:
            broken += 1
            if broken > MOST_BROKEN:
                raise UnreadableError(
                    f"The quotation marks in this file are broken from row {start + begun + 1} on."
                ) from None
            yield start + begun + 1, [], True
            start += begun + 1


def _counted(records: list[Any], rows: int) -> str:
    return f"{rows:,}" if len(records) < MOST_RECORDS else f"more than {MOST_ROWS:,}"


def _delimiter(lines: list[str]) -> str:
    """The one by which a header is recognised best, else the one that gives the widest rows."""
    return max(DELIMITERS, key=lambda delimiter: _fit(lines, delimiter))


def _fit(lines: list[str], delimiter: str) -> tuple[int, int]:
    cells = [row for _, row, _ in islice(_records(lines[:HEADER_WITHIN], delimiter), HEADER_WITHIN)]
    widths = Counter(len(row) for row in cells if len(row) > 1)
    return max(map(recognised, cells), default=0), max(widths, default=0, key=lambda w: (widths[w], w))


def _header_at(rows: list[list[str]]) -> int | None:
    """Which row holds the names of the columns; None where the file begins with a person."""
    known = [recognised(cells) for cells in rows]
    if max(known) > 1:
        return known.index(max(known))
    return None if any("@" in cell or "://" in cell for cell in rows[0]) else 0


def _numbered(count: int) -> list[str]:
    return [f"Column {number}" for number in range(1, count + 1)]
