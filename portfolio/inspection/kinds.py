"""What a file really is, told by its content: its name may say something else."""

import codecs
import re
import zipfile
from collections.abc import Callable
from typing import IO

from portfolio.file_types import TYPES
from portfolio.inspection.archives import opened
from portfolio.inspection.findings import LOCKED, MACROS, TroubleError
from portfolio.inspection.parts import elements

# What puremagic calls the picture formats and PDF.
_MAGIC_ENDINGS = {
    ".pdf": "pdf",
    ".png": "png",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".gif": "gif",
    ".webp": "webp",
}
_AS_PDF = "Save it as a PDF and choose that."
_OTHERS = {
    "program": "it looks like a program. Choose another file.",
    "zip": "it looks like a ZIP archive. Take the file you mean out of it and choose that.",
    "rtf": f"it looks like rich text (RTF). {_AS_PDF}",
    "web": f"it looks like a web page. {_AS_PDF}",
}
_PROGRAMS = {".exe", ".dll", ".class", ".appimage", ".com", ".msi", ".dex"}
_PROGRAM_NAMES = ("ELF", "Mach-O", "xecutable")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
# Remarks are read once and not given back: there are endless ways to cut a row of them into remarks.
_WEB = re.compile(rb"(?>\s*(<!--.*?-->\s*)*)<(!doctype html|html|svg|\?xml)\b", re.IGNORECASE | re.DOTALL)
_MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|macrosheet|activeX", re.IGNORECASE)
# The main part of an Office file, by the end of its content type.
_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "docx",
    "presentationml.presentation.main+xml": "pptx",
    "spreadsheetml.sheet.main+xml": "xlsx",
}
_OLD_OFFICE = {"WordDocument": "doc", "PowerPoint Document": "ppt", "Workbook": "xls", "Book": "xls"}


def check_kind(claimed: str, content: IO[bytes]) -> None:
    """Refuse content that is not what `claimed`, a key of TYPES, says. Raises TroubleError."""
    found = _kind_of(content)
    content.seek(0)
    if found == claimed or (TYPES[claimed].family == "text" and found in {"text", "web"}):
        # A text about markup may begin with it. It stays text: nobody's browser is ever told otherwise.
        return
    if claimed == "pdf" and b"%PDF-" in content.read(1024):
        # Readers look for the beginning that far in, so that another file has room before it.
        raise TroubleError(
            "is a PDF with something else before its beginning. Print it to a new PDF and choose that."
        )
    raise TroubleError(f"is not {TYPES[claimed].name}: {_looks_like(found)}")


def is_plainly_text(content: IO[bytes]) -> bool:
    """Whether a file begins like nothing else and holds no byte that text has not."""
    content.seek(0)
    head = content.read(4096)
    is_text = not head.startswith((_ZIP, _OLE, _RTF)) and not _magic_kind(head) and _is_text(content, head)
    content.seek(0)
    return is_text


def _looks_like(found: str | None) -> str:
    if found in TYPES:
        kind = TYPES[found]
        return f"it looks like {kind.name}. Give it the ending {kind.endings[0]} and choose it again."
    return _OTHERS.get(found or "", f"we cannot tell what it is. {_AS_PDF}")


def _kind_of(content: IO[bytes]) -> str | None:
    """A key of TYPES, or another word for what the bytes are, or None."""
    content.seek(0)
    head = content.read(4096)
    looks: dict[bytes, Callable[[IO[bytes]], str | None]] = {_ZIP: _zip_kind, _OLE: _ole_kind}
    for start, look in looks.items():
        if head.startswith(start):
            return look(content)
    if head.startswith(_RTF):
        return "rtf"
    return _magic_kind(head) or _text_kind(content, head)


def _magic_kind(head: bytes) -> str | None:
    import puremagic  # noqa: PLC0415 - Office files do without it

    # Short signatures, such as the "BM" of a bitmap, also begin honest sentences.
    matches = [match for match in puremagic.magic_string(head) if len(match.byte_match) > 2 or b"\0" in head]
    endings = {match.extension.lower() for match in matches}
    if endings & _PROGRAMS or any(word in match.name for match in matches for word in _PROGRAM_NAMES):
        return "program"
    return next((kind for ending, kind in _MAGIC_ENDINGS.items() if ending in endings), None)


def _zip_kind(content: IO[bytes]) -> str:
    """Which office format a ZIP archive is, by what it says of itself."""
    with opened(content) as archive:
        names = archive.NameToInfo
        types = content_types(archive)
        for end, kind in _MAIN_PARTS.items():
            if any(told.endswith(end) for told in types):
                return kind
        declared = archive.open("mimetype").read(200) if "mimetype" in names else b""
    return next((kind for kind, it in TYPES.items() if it.content_type.encode() == declared), "zip")


def content_types(archive: zipfile.ZipFile) -> list[str]:
    """What an Office file says that its parts are, whatever they are called. Macros raise TroubleError."""
    types = [part.attributes.get("ContentType", "") for part in elements(archive, "[Content_Types].xml")]
    if any(_MACRO_TYPES.search(told) for told in types):
        raise TroubleError(MACROS)
    return types


def _ole_kind(content: IO[bytes]) -> str | None:
    """Which old office format it is, by the names in its directory."""
    import olefile  # noqa: PLC0415 - all other files do without it

    content.seek(0)
    ole = olefile.OleFileIO(content)
    if ole.exists("EncryptedPackage"):
        raise TroubleError(LOCKED)
    return next((kind for stream, kind in _OLD_OFFICE.items() if ole.exists(stream)), None)


def _text_kind(content: IO[bytes], head: bytes) -> str | None:
    if not _is_text(content, head):
        return None
    return "web" if _WEB.match(head) else "text"


def _is_text(content: IO[bytes], head: bytes) -> bool:
    """Text has no control characters but those for lines and tabs, whatever its alphabet."""
    content.seek(0)
    whole = content.read()
    if head.startswith(_UTF_16):
        whole = whole.decode("utf-16", errors="replace").encode()
    return not _CONTROLS.search(whole)
