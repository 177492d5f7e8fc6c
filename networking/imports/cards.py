"""Address cards (vCard 2.1 to 4.0) to a table: every e-mail and link is kept, photographs are not."""

import re
from collections.abc import Iterator
from typing import Any

import vobject

from networking.cells import joined
from networking.imports.columns import Target
from networking.imports.decoding import UnreadableError
from networking.imports.tables import CELL_LENGTH, MOST_ROWS, Table

COLUMNS = (
    Target.NAME, Target.ORGANISATION, Target.ROLE, Target.EMAIL, Target.LINK, Target.TAGS, Target.NOTES,
    Target.UID,
)  # fmt: skip
NOT_READ = "This card cannot be read."
# Pictures, sounds and keys with the lines they go on over: large, and nothing we keep.
_HEAVY = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:][^\n]*\n(?:(?:[ \t]|[A-Za-z0-9+/=]{40,}$)[^\n]*\n)*",
    re.IGNORECASE | re.MULTILINE,
)
# The same names where Apple or others write a profile elsewhere.
_LINKS = ("url", "x-socialprofile", "socialprofile")


def is_cards(text: str) -> bool:
    return text[:2000].lstrip().upper().startswith("BEGIN:VCARD")


def table_of_cards(text: str) -> Table:
    """One row a card, numbered as they stand in the file.

    Raises:
        UnreadableError: there is no whole card in it, or too many.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cards = list(_cards(text))
    if not any(is_whole for _, is_whole in cards):
        raise UnreadableError("There is no whole card in this file.")
    if len(cards) > MOST_ROWS:
        raise UnreadableError(f"This file has {len(cards):,} cards. Up to {MOST_ROWS:,} fit at once.")
    table = Table([target.label for target in COLUMNS])
    for number, (card, is_whole) in enumerate(cards, 1):
        if is_whole and (cells := _read(card)):
            table.rows.append((number, cells))
        else:
            table.refused.append((number, NOT_READ))
    return table


def _cards(text: str) -> Iterator[tuple[str, bool]]:
    """Each card, and whether it has its end: one that does not ends where the next begins."""
    card: list[str] = []
    for line in text.split("\n"):
        word = line.rstrip().upper()
        if word == "BEGIN:VCARD":
            if card:
                yield "\n".join(card), False
            card = [line]
        elif card:
            card.append(line)
            if word == "END:VCARD":
                yield "\n".join(card), True
                card = []
    if card:
        yield "\n".join(card), False


def _read(card: str) -> list[str] | None:
    try:
        return _cells(card)
    except (vobject.base.VObjectError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        # What the library stumbles over: odd encodings, lines without a name, broken escapes, parts in parts.
        return None


def _cells(card: str) -> list[str]:
    read = vobject.readOne(_HEAVY.sub("", card), allowQP=True)
    found = {name: lines for name, lines in read.contents.items() if isinstance(lines, list)}
    cells = (
        _name(found),
        next(_texts(found, "org"), ""),
        next(_texts(found, "title"), "") or next(_texts(found, "role"), ""),
        joined(_texts(found, "email")),
        # Apple escapes the colon too.
        joined(text.replace("\\:", ":") for name in _LINKS for text in _texts(found, name)),
        joined(_texts(found, "categories")),
        "\n".join(_texts(found, "note")),
        next(_texts(found, "uid"), ""),
    )
    return [_storable(cell).strip()[:CELL_LENGTH] for cell in cells]


def _storable(text: str) -> str:
    """Without what no database takes: NUL, and halves of characters out of odd encodings."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _name(found: dict[str, list[Any]]) -> str:
    """The name as it is shown, else its parts in the order in which they are said."""
    if shown := next(_texts(found, "fn"), ""):
        return shown
    for line in found.get("n", []):
        name = line.value
        parts = (getattr(name, part, "") for part in ("prefix", "given", "additional", "family", "suffix"))
        return " ".join(_text(part) for part in parts if part) if not isinstance(name, str) else name
    return ""


def _texts(found: dict[str, list[Any]], name: str) -> Iterator[str]:
    for line in found.get(name, []):
        if text := _text(line.value).strip():
            yield text


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return ", ".join(_text(part) for part in value) if isinstance(value, (list, tuple)) else str(value)
