"""How a value stands in a cell of a table: what we export is what we read when it is brought in again."""

import re
from collections.abc import Iterable

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# Google joins several values of one cell like this, and so do we.
_BETWEEN = re.compile(r"\s*:::\s*")


def guarded(text: str) -> str:
    """With a mark before what would run as a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def unguarded(text: str) -> str:
    """Without the mark that `guarded` sets."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULAS) else text


def joined(values: Iterable[str]) -> str:
    return " ::: ".join(values)


def parts(cell: str) -> list[str]:
    """The values that were joined in this cell."""
    return _BETWEEN.split(cell)
