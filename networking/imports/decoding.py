"""Bytes of a file to text, whatever program wrote it."""

import codecs

from charset_normalizer import from_bytes

# Enough to tell an encoding by; a guess over a whole file takes seconds.
SAMPLE = 64_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# What spreadsheets and address books of this world write where they do not write UTF-8.
LIKELY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "mac_roman",
]  # fmt: skip


class UnreadableError(Exception):
    """Why a file cannot be read, in words for the person who chose it."""


def text_of(content: bytes) -> str:
    """The text in a file.

    Raises:
        UnreadableError: it is empty, or no text at all.
    """
    if not content.strip():
        raise UnreadableError("This file is empty.")
    if content.startswith(WORKBOOKS):
        raise UnreadableError("This is a workbook. Save it as CSV in your spreadsheet and choose that file.")
    # PostgreSQL keeps no NUL characters, and no name holds one.
    return _decoded(content).removeprefix("\ufeff").replace("\x00", "")


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content:
        raise UnreadableError("This is no text file. Choose the CSV or vCard file of your export.")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode(_guessed(content), errors="replace")


def _guessed(content: bytes) -> str:
    # Windows writes this encoding in the west; what it has no letter for was written elsewhere.
    best = from_bytes(content[:SAMPLE], cp_isolation=LIKELY).best()
    if best is None:
        raise UnreadableError("This is no text file. Choose the CSV or vCard file of your export.")
    return best.encoding
