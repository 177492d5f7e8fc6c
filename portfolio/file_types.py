"""What a file really is, told by its content, and whether we take it."""

import codecs
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

import puremagic

from cmetrack.validators import without_hidden_characters

NAME_MAX = 255


@dataclass(frozen=True)
class FileType:
    """A kind of file we take: how it is called, stored and named."""

    name: str
    content_type: str
    endings: tuple[str, ...]


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_TYPES = {
    "pdf": FileType("a PDF", "application/pdf", (".pdf",)),
    "docx": FileType("a Word document", f"{_OOXML}.wordprocessingml.document", (".docx",)),
    "pptx": FileType("a PowerPoint presentation", f"{_OOXML}.presentationml.presentation", (".pptx",)),
    "xlsx": FileType("an Excel workbook", f"{_OOXML}.spreadsheetml.sheet", (".xlsx",)),
    "doc": FileType("an old Word document", "application/msword", (".doc",)),
    "ppt": FileType("an old PowerPoint presentation", "application/vnd.ms-powerpoint", (".ppt",)),
    "xls": FileType("an old Excel workbook", "application/vnd.ms-excel", (".xls",)),
    "odt": FileType("an OpenDocument text", f"{_ODF}.text", (".odt",)),
    "odp": FileType("an OpenDocument presentation", f"{_ODF}.presentation", (".odp",)),
    "ods": FileType("an OpenDocument spreadsheet", f"{_ODF}.spreadsheet", (".ods",)),
    "png": FileType("a PNG picture", "image/png", (".png",)),
    "jpeg": FileType("a JPEG picture", "image/jpeg", (".jpg", ".jpeg")),
    "gif": FileType("a GIF picture", "image/gif", (".gif",)),
    "webp": FileType("a WebP picture", "image/webp", (".webp",)),
    "text": FileType("plain text", "text/plain", (".txt",)),
    "markdown": FileType("Markdown", "text/markdown", (".md",)),
}
ACCEPTED_ENDINGS = tuple(ending for kind in _TYPES.values() for ending in kind.endings)
ACCEPTED_IN_WORDS = (
    "PDF, Word, PowerPoint, Excel, OpenDocument, PNG, JPEG, GIF, WebP, plain text and Markdown"
)

# What puremagic calls the picture formats and PDF.
_MAGIC_ENDINGS = {
    ".pdf": "pdf",
    ".png": "png",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".gif": "gif",
    ".webp": "webp",
}
_OTHERS = {"program": "a program", "zip": "a ZIP archive"}
_PROGRAMS = {".exe", ".dll", ".class", ".appimage", ".com", ".msi", ".dex"}
_PROGRAM_NAMES = ("ELF", "Mach-O", "xecutable")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
)


class FileRefusedError(Exception):
    """Why a file is refused, in words for the person who chose it."""


def recognise(name: str, content: IO[bytes]) -> FileType:
    """The type of `content`, which its name must not contradict. Raises FileRefusedError."""
    ending = PurePath(name).suffix.lower()
    claimed = next((key for key, kind in _TYPES.items() if ending in kind.endings), None)
    if claimed is None:
        raise FileRefusedError(f"“{name}” is not a kind of file we can keep. We take {ACCEPTED_IN_WORDS}.")
    content.seek(0)
    found = _kind_of(content)
    content.seek(0)
    if found == "locked":
        raise FileRefusedError(
            f"“{name}” is locked with a password. Save a copy without one and choose that."
        )
    if found != claimed and not (claimed == "markdown" and found == "text"):
        looks = (
            f"it looks like {_OTHERS.get(found) or _TYPES[found].name}"
            if found
            else "we cannot tell what it is"
        )
        raise FileRefusedError(f"“{name}” is not {_TYPES[claimed].name}: {looks}.")
    return _TYPES[claimed]


def tidy_name(name: str) -> str:
    """A file's name without folders or hidden characters, short enough, with its ending kept."""
    # Browsers send a quotation mark in a file's name as %22.
    name = without_hidden_characters(name.replace("%22", '"')).replace("\\", "/").rsplit("/", 1)[-1].strip()
    ending = PurePath(name).suffix
    if len(ending) > 10:
        ending = ""
    return name if len(name) <= NAME_MAX else name[: NAME_MAX - len(ending)] + ending


def _kind_of(content: IO[bytes]) -> str | None:
    """A key of _TYPES, or another word for what the bytes are, or None."""
    head = content.read(4096)
    looks: dict[bytes, Callable[[IO[bytes]], str | None]] = {b"PK\x03\x04": _zip_kind, _OLE: _ole_kind}
    for start, look in looks.items():
        if head.startswith(start):
            return look(content)
    return _magic_kind(head) or _text_kind(
        content, utf_16=head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    )


def _magic_kind(head: bytes) -> str | None:
    # Short signatures, such as the "BM" of a bitmap, also begin honest sentences.
    matches = [match for match in puremagic.magic_string(head) if len(match.byte_match) > 2 or b"\0" in head]
    endings = {match.extension.lower() for match in matches}
    if endings & _PROGRAMS or any(word in match.name for match in matches for word in _PROGRAM_NAMES):
        return "program"
    return next((kind for ending, kind in _MAGIC_ENDINGS.items() if ending in endings), None)


def _zip_kind(content: IO[bytes]) -> str:
    """Which office format a ZIP archive is, by the parts it has to have."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            declared = archive.open("mimetype").read(200).decode("ascii") if "mimetype" in names else ""
    except _BROKEN_ZIP:
        return "zip"
    folders = (
        {name.split("/", 1)[0] for name in names if "/" in name} if "[Content_Types].xml" in names else set()
    )
    for folder, kind in (("word", "docx"), ("ppt", "pptx"), ("xl", "xlsx")):
        if folder in folders:
            return kind
    return next((kind for kind in ("odt", "odp", "ods") if declared == _TYPES[kind].content_type), "zip")


def _ole_kind(content: IO[bytes]) -> str | None:
    """Which old office format it is, by the names in its directory."""
    content.seek(0)
    whole = content.read()
    streams = (
        ("EncryptedPackage", "locked"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("Workbook", "xls"),
        ("Book", "xls"),
    )
    return next((kind for stream, kind in streams if stream.encode("utf-16-le") in whole), None)


def _text_kind(content: IO[bytes], *, utf_16: bool) -> str | None:
    """Text has no control characters but those for lines and tabs, whatever its alphabet."""
    content.seek(0)
    whole = content.read()
    if utf_16:
        whole = whole.decode("utf-16", errors="replace").encode()
    return None if _CONTROLS.search(whole) else "text"
