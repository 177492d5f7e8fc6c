"""OpenDocument files: not locked, no macros inside, and what they tell about people."""

import io
import zipfile
from collections.abc import Iterator
from itertools import chain

from portfolio.inspection.archives import opened
from portfolio.inspection.findings import (
    LOCKED,
    MACROS,
    TECHNICAL,
    Findings,
    TroubleError,
    by_whom,
    counted,
    labelled,
)
from portfolio.inspection.parts import Element, elements

_META = {
    "initial-creator": "Author",
    "creator": "Last changed by",
    "printed-by": "Printed by",
    "title": "Title",
    "subject": "Subject",
    "description": "Description",
    "keyword": "Keywords",
}
_TELLING = {
    "annotation", "creator", "hidden-text", "hidden-paragraph", "page", "table", "style",
    "drawing-page-properties", "table-properties",
}  # fmt: skip
_AROUND = {"tracked-changes", "notes"}
_HIDDEN_TEXT = {"hidden-text", "hidden-paragraph"}
# Lists of what a library holds. They stay behind when the last macro has gone.
_LISTS = ("script-lb.xml", "script-lc.xml")


def look(content: io.BytesIO) -> Findings:
    """Refuses what is locked and macros; otherwise what the file tells. Raises TroubleError."""
    with opened(content) as archive:
        if any(part.tag == "encryption-data" for part in elements(archive, "META-INF/manifest.xml")):
            raise TroubleError(LOCKED)
        _check_macros(archive)
        inside = list(_telling(archive, "content.xml"))
        styles = [*inside, *_telling(archive, "styles.xml")]
        found = chain(_properties(archive), _comments(inside), _changes(inside), _hidden(inside, styles))
        return Findings(tuple(found))


def _check_macros(archive: zipfile.ZipFile) -> None:
    archive.getinfo("content.xml")
    for name in archive.NameToInfo:
        is_basic = name.startswith("Basic/") and not name.endswith(("/", *_LISTS))
        is_script = name.startswith("Scripts/") and not name.endswith("/")
        if is_basic or is_script:
            raise TroubleError(MACROS)


def _telling(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    """The few elements that matter here: a large table has a million others."""
    for part in elements(archive, name):
        if part.tag == "event-listener" and "script:" in part.attributes.get("href", ""):
            raise TroubleError(MACROS)
        if part.tag in _TELLING or not _AROUND.isdisjoint(part.around):
            yield part


def _properties(archive: zipfile.ZipFile) -> Iterator[str]:
    meta = list(elements(archive, "meta.xml"))
    yield from labelled({part.tag: part.text for part in meta}, _META)
    for part in meta:
        name = part.attributes.get("name", "ICV")
        if part.tag == "user-defined" and part.text.strip() and name not in TECHNICAL:
            yield f"{name}: {part.text}"
        elif part.tag == "template" and part.attributes.get("title"):
            yield f"Template: {part.attributes['title']}"


def _comments(inside: list[Element]) -> Iterator[str]:
    number = sum(part.tag == "annotation" for part in inside)
    if number:
        authors = [part.text for part in inside if part.tag == "creator" and "annotation" in part.around]
        yield counted(number, "comment") + by_whom(authors)


def _changes(inside: list[Element]) -> Iterator[str]:
    if any("tracked-changes" in part.around for part in inside):
        authors = [part.text for part in inside if part.tag == "creator" and "change-info" in part.around]
        yield "Tracked changes" + by_whom(authors)


def _hidden(inside: list[Element], styles: list[Element]) -> Iterator[str]:
    if any(part.tag in _HIDDEN_TEXT for part in inside):
        yield "Hidden text"
    slides = _styled(inside, "page", _styles_with(styles, "visibility", "hidden"))
    if slides:
        yield counted(slides, "hidden slide")
    sheets = _styled(inside, "table", _styles_with(styles, "display", "false"))
    if sheets:
        yield counted(sheets, "hidden sheet")
    if any("notes" in part.around and part.text.strip() for part in inside if part.tag in {"p", "span"}):
        yield "Speaker notes"


def _styles_with(styles: list[Element], key: str, value: str) -> set[str]:
    """The names of the styles that have a property of this value. Properties end before their style."""
    found, matches = set(), False
    for part in styles:
        if part.tag == "style":
            found |= {part.attributes.get("name", "")} if matches else set()
            matches = False
        elif part.attributes.get(key) == value and "style" in part.around:
            matches = True
    return found


def _styled(inside: list[Element], tag: str, names: set[str]) -> int:
    return sum(part.tag == tag and part.attributes.get("style-name") in names for part in inside)
