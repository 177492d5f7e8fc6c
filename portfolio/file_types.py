"""The kinds of file we take: what each is called, how it is stored, and which ending its name has."""

from pathlib import PurePath
from typing import NamedTuple


class FileType(NamedTuple):
    """A kind of file we take. Types of one family are looked into in the same way."""

    name: str
    family: str
    content_type: str
    endings: tuple[str, ...]


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
TYPES = {
    "pdf": FileType("a PDF", "pdf", "application/pdf", (".pdf",)),
    "docx": FileType("a Word document", "ooxml", f"{_OOXML}.wordprocessingml.document", (".docx",)),
    "pptx": FileType(
        "a PowerPoint presentation", "ooxml", f"{_OOXML}.presentationml.presentation", (".pptx",)
    ),
    "xlsx": FileType("an Excel workbook", "ooxml", f"{_OOXML}.spreadsheetml.sheet", (".xlsx",)),
    "doc": FileType("an old Word document", "ole", "application/msword", (".doc",)),
    "ppt": FileType("an old PowerPoint presentation", "ole", "application/vnd.ms-powerpoint", (".ppt",)),
    "xls": FileType("an old Excel workbook", "ole", "application/vnd.ms-excel", (".xls",)),
    "odt": FileType("an OpenDocument text", "odf", f"{_ODF}.text", (".odt",)),
    "odp": FileType("an OpenDocument presentation", "odf", f"{_ODF}.presentation", (".odp",)),
    "ods": FileType("an OpenDocument spreadsheet", "odf", f"{_ODF}.spreadsheet", (".ods",)),
    "png": FileType("a PNG picture", "picture", "image/png", (".png",)),
    "jpeg": FileType("a JPEG picture", "picture", "image/jpeg", (".jpg", ".jpeg")),
    "gif": FileType("a GIF picture", "picture", "image/gif", (".gif",)),
    "webp": FileType("a WebP picture", "picture", "image/webp", (".webp",)),
    "text": FileType("plain text", "text", "text/plain", (".txt",)),
    "markdown": FileType("Markdown", "text", "text/markdown", (".md",)),
}
ACCEPTED_ENDINGS = tuple(ending for kind in TYPES.values() for ending in kind.endings)
ACCEPTED_IN_WORDS = (
    "PDF, Word, PowerPoint, Excel, OpenDocument, PNG, JPEG, GIF, WebP, plain text and Markdown"
)
# Previews show this many pages at most: enough to judge a sample by.
PAGES_SHOWN = 10


class FileRefusedError(Exception):
    """Why a file is refused, in words for the person who chose it."""


def claimed_type(name: str) -> str | None:
    """The key in TYPES that the ending of a name stands for, None when it stands for nothing we take."""
    ending = PurePath(name).suffix.lower()
    return next((key for key, kind in TYPES.items() if ending in kind.endings), None)


def family_of(content_type: str) -> str:
    """The family of files stored as `content_type`."""
    return next((kind.family for kind in TYPES.values() if kind.content_type == content_type), "")
