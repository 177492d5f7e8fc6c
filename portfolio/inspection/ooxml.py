"""Word, PowerPoint and Excel files: no macros inside, and what they tell about people."""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from portfolio.inspection import ole
from portfolio.inspection.archives import opened
from portfolio.inspection.findings import (
    MACROS,
    TECHNICAL,
    Findings,
    TroubleError,
    by_whom,
    counted,
    labelled,
)
from portfolio.inspection.kinds import content_types
from portfolio.inspection.parts import Element, elements

_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|/activex/|\.(doc|dot|xls|xlt|ppt|pot|pps|xla)m$", re.I)
_ZIP = b"PK\x03\x04"
_EMBEDDED = re.compile(r"/embeddings/")
_CORE = {
    "creator": "Author",
    "lastModifiedBy": "Last changed by",
    "title": "Title",
    "subject": "Subject",
    "description": "Description",
    "keywords": "Keywords",
    "category": "Category",
}
_APP = {"Company": "Company", "Manager": "Manager", "HyperlinkBase": "Where its links begin"}
_WORD_TEXT = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml$")
_COMMENTS = re.compile(r"(word/comments\d*|ppt/comments/.*|xl/comments.*)\.xml$")
_PEOPLE = re.compile(r"(word/people|ppt/commentAuthors|ppt/authors|xl/persons/.*)\.xml$")
_TRACKED = {
    "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel",
    "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange",
}  # fmt: skip
_OFF = {"0", "false", "off"}
_LINKS_LISTED = 3
_STARTS_PROGRAM = (
    "can start another program when it is opened (DDE). Take that out, save it and choose it again."
)
_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def look(content: io.BytesIO) -> Findings:
    """Refuses macros; otherwise what the file tells. Raises TroubleError."""
    with opened(content) as archive:
        _check_macros(archive)
        finders = (_properties, _comments, _in_the_text, _slides, _sheets, _elsewhere)
        return Findings(tuple(chain.from_iterable(find(archive) for find in finders)))


def _check_macros(archive: zipfile.ZipFile) -> None:
    if any(_MACROS.search(name) for name in archive.NameToInfo):
        raise TroubleError(MACROS)
    for name in _embedded(archive):
        _check_embedded(archive.read(name))


def _embedded(archive: zipfile.ZipFile) -> list[str]:
    """The files inside the file: those in the folder for them, and whatever begins like one elsewhere."""
    return [name for name in archive.NameToInfo if _EMBEDDED.search(name) or _begins_a_file(archive, name)]


def _begins_a_file(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        return part.read(len(ole.START)).startswith((_ZIP, ole.START))


def _check_embedded(part: bytes) -> None:
    """A file inside the file may be what carries the macros."""
    inner = io.BytesIO(part)
    if part.startswith(_ZIP):
        with opened(inner) as archive:
            content_types(archive)
            if any(_MACROS.search(name) for name in archive.NameToInfo):
                raise TroubleError(MACROS)
    elif part.startswith(ole.START):
        ole.check_macros(inner)


def _properties(archive: zipfile.ZipFile) -> Iterator[str]:
    core = {part.tag: part.text for part in elements(archive, "docProps/core.xml")}
    app = {part.tag: part.text for part in elements(archive, "docProps/app.xml")}
    yield from labelled(core, _CORE)
    yield from labelled(app, _APP)
    template = app.get("Template", "").strip()
    if template and not template.lower().startswith(("normal", "office theme")):
        yield f"Template: {template}"
    for part in elements(archive, "docProps/custom.xml"):
        if part.tag == "property" and part.attributes.get("name", "ICV") not in TECHNICAL:
            yield f"Property of its own: {part.attributes['name']}"


def _comments(archive: zipfile.ZipFile) -> Iterator[str]:
    parts = [part for name in _named(archive, _COMMENTS) for part in elements(archive, name)]
    comments = [part for part in parts if part.tag in {"comment", "cm"}]
    people = list(_people(archive))
    named = [part.attributes.get("author", "") for part in parts if part.tag == "comment"]
    named += [part.text for part in parts if part.tag == "author"]
    if comments:
        yield counted(len(comments), "comment") + by_whom([*named, *people])
    elif people:
        yield "People who worked on it" + by_whom(people).removeprefix(", by").join((":", ""))


def _people(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in _named(archive, _PEOPLE):
        for part in elements(archive, name):
            told = part.attributes
            yield told.get("author") or told.get("name") or told.get("displayName") or ""


def _in_the_text(archive: zipfile.ZipFile) -> Iterator[str]:
    """Tracked changes and hidden words of a Word document."""
    authors, fields, is_tracked, is_hidden = [], [], False, False
    for part in chain.from_iterable(elements(archive, name) for name in _named(archive, _WORD_TEXT)):
        if part.tag in _TRACKED:
            is_tracked = True
            authors.append(part.attributes.get("author", ""))
        elif part.tag == "vanish" and part.attributes.get("val") not in _OFF:
            is_hidden = True
        elif part.tag in {"instrText", "fldSimple"}:
            fields.append(part.attributes.get("instr") or part.text)
    # A field's words may be cut into pieces.
    if _DDE.search("".join(fields)):
        raise TroubleError(_STARTS_PROGRAM)
    if is_tracked:
        yield "Tracked changes" + by_whom(authors)
    if is_hidden:
        yield "Hidden text"


def _slides(archive: zipfile.ZipFile) -> Iterator[str]:
    slides = [_root(archive, name) for name in _named(archive, re.compile(r"ppt/slides/[^/]+\.xml$"))]
    hidden = sum(slide.attributes.get("show") in _OFF for slide in slides if slide)
    if hidden:
        yield counted(hidden, "hidden slide")
    notes = _named(archive, re.compile(r"ppt/notesSlides/[^/]+\.xml$"))
    spoken = sum(any(_is_said(part) for part in elements(archive, name)) for name in notes)
    if spoken:
        yield f"Speaker notes on {counted(spoken, 'slide')}"


def _sheets(archive: zipfile.ZipFile) -> Iterator[str]:
    sheets = [part for part in elements(archive, "xl/workbook.xml") if part.tag == "sheet"]
    hidden = sum(sheet.attributes.get("state", "visible") != "visible" for sheet in sheets)
    if hidden:
        yield counted(hidden, "hidden sheet")
    links = _named(archive, re.compile(r"xl/externalLinks/[^/]+\.xml$"))
    if any(part.tag == "ddeLink" for name in links for part in elements(archive, name)):
        raise TroubleError(_STARTS_PROGRAM)
    if any(name.startswith("xl/revisions/") for name in archive.NameToInfo):
        yield "Tracked changes"


def _elsewhere(archive: zipfile.ZipFile) -> Iterator[str]:
    """What lies inside it as a file of its own, and which other files it leads to."""
    embedded = len(_embedded(archive))
    if embedded:
        yield counted(embedded, "file inside it", "files inside it")
    parts = chain.from_iterable(elements(archive, name) for name in _named(archive, re.compile(r"\.rels$")))
    linked = {part.attributes.get("Target", "") for part in parts if _is_linked_file(part.attributes)}
    for target in sorted(linked)[:_LINKS_LISTED]:
        yield f"Link to another file: {unquote(target)}"


def _is_linked_file(told: dict[str, str]) -> bool:
    return told.get("TargetMode") == "External" and not told.get("Type", "").endswith("/hyperlink")


def _is_said(part: Element) -> bool:
    # The number of a slide is a field, not a note.
    return part.tag == "t" and part.around[-1:] == ("r",) and bool(part.text.strip())


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    last = deque(elements(archive, name), maxlen=1)
    return last[0] if last else None


def _named(archive: zipfile.ZipFile, pattern: re.Pattern[str]) -> list[str]:
    return sorted(name for name in archive.NameToInfo if pattern.search(name))
