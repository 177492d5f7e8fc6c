"""Office files from before 2007: not locked, no macros inside, and what they tell about people."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from portfolio.inspection.findings import LOCKED, MACROS, Findings, TroubleError, counted, labelled

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the oldest formats keep in places that only their own program reads.
UNSEEN = "Comments and tracked changes, which nobody can list in this old format"
_LABELS = {
    "author": "Author",
    "last_saved_by": "Last changed by",
    "company": "Company",
    "manager": "Manager",
    "title": "Title",
    "subject": "Subject",
    "comments": "Description",
    "keywords": "Keywords",
    "category": "Category",
}
_MACRO_PLACES = {"_vba_project", "_vba_project_cur", "vba"}
_PACKED_FILE = "\x01ole10native"
# A presentation says in one record of fixed shape that it has a macro project.
_PPT_MACROS = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00", re.DOTALL)
_PPT_LOCKED = struct.pack("<L", 0xF3D1C4DF)
_DOC_LOCKED = 0x0100
_XLS_LOCKED, _XLS_SHEET, _XLS_END = 0x2F, 0x85, 0x0A
_MACRO_SHEET = 1
_UTF_8 = 65001


def look(content: io.BytesIO) -> Findings:
    """Refuses what is locked, macros and packed files; otherwise what the file tells. Raises TroubleError."""
    check_macros(content)
    ole = olefile.OleFileIO(content)
    sheets = list(_sheets(ole))
    hidden = sum(is_hidden for is_hidden in sheets)
    _check_lock(ole)
    found = [*labelled(_properties(ole), _LABELS), UNSEEN]
    if hidden:
        found.append(counted(hidden, "hidden sheet"))
    return Findings(tuple(found))


def check_macros(content: io.BytesIO) -> None:
    """Refuse macros, and files packed inside: they can be anything. Raises TroubleError."""
    content.seek(0)
    ole = olefile.OleFileIO(content)
    places = {place.lower() for path in ole.listdir(storages=True) for place in path}
    slides = _stream(ole, "PowerPoint Document")
    if places & _MACRO_PLACES or _PPT_MACROS.search(slides):
        raise TroubleError(MACROS)
    if _PACKED_FILE in places:
        raise TroubleError("carries another file inside. Remove that from it, save it and choose it again.")


def _check_lock(ole: olefile.OleFileIO) -> None:
    word, user = _stream(ole, "WordDocument"), _stream(ole, "Current User")
    flags = struct.unpack_from("<H", word, 10)[0] if word else 0
    if flags & _DOC_LOCKED or _PPT_LOCKED in user[:16] or ole.exists("EncryptedSummary"):
        raise TroubleError(LOCKED)


def _sheets(ole: olefile.OleFileIO) -> Iterator[bool]:
    """Whether each sheet of a workbook is hidden; a lock or a sheet of macros raises TroubleError."""
    for kind, record in _records(_stream(ole, "Workbook") or _stream(ole, "Book")):
        if kind == _XLS_LOCKED:
            raise TroubleError(LOCKED)
        if kind == _XLS_SHEET:
            if record[5] == _MACRO_SHEET:
                raise TroubleError(MACROS)
            yield record[4] & 0x3 > 0
        elif kind == _XLS_END:
            return


def _records(workbook: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook: a kind, a length, and as many bytes."""
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def _properties(ole: olefile.OleFileIO) -> dict[str, str]:
    told = ole.get_metadata()
    pages = {"title", "subject", "author", "keywords", "comments", "last_saved_by"}
    return {
        key: _decoded(getattr(told, key), told.codepage if key in pages else told.codepage_doc)
        for key in _LABELS
    }


def _decoded(value: bytes | str | None, codepage: int | None) -> str:
    if not isinstance(value, bytes):
        return value or ""
    # A code page is stored as a signed number: that of UTF-8 has turned negative.
    page = (codepage or 1252) % 0x10000
    try:
        return value.decode("utf-8" if page == _UTF_8 else f"cp{page}", errors="replace")
    except LookupError:
        return value.decode("cp1252", errors="replace")


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    return bytes(ole.openstream(name).read()) if ole.exists(name) else b""
