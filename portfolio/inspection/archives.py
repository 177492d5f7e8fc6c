"""The ZIP archives that office files are, checked before anything in them is unpacked."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from portfolio.inspection.findings import DAMAGED, LOCKED, SAVE_AGAIN, TroubleError

_MB = 1024 * 1024
MB_UNPACKED = 250
# Up to this size a ratio says nothing: an empty slide packs well.
MB_WITHOUT_SUSPICION = 20
TIMES_LARGER = 100
MB_OF_NAMES = 2
_END = b"PK\x05\x06"
_END_SIZE = 22
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_IS_ENCRYPTED = 0x1


@contextmanager
def opened(content: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The archive, known to be whole and of a bearable size. Raises TroubleError, or what zipfile raises."""
    size = content.seek(0, 2)
    _check_end(content, size)
    with zipfile.ZipFile(content) as archive:
        parts = archive.infolist()
        _check_parts(parts, size)
        _read_all(archive, parts)
        yield archive


def is_archive(content: IO[bytes]) -> bool:
    """Whether a program that reads ZIP archives would find one, wherever it begins."""
    content.seek(0)
    return zipfile.is_zipfile(content)


def _check_end(content: IO[bytes], size: int) -> None:
    """The archive's own end is the file's end, and its list of names is of a bearable length."""
    content.seek(max(0, size - _END_SIZE))
    end = content.read()
    if len(end) < _END_SIZE or not end.startswith(_END) or end[-2:] != b"\0\0":
        raise TroubleError(DAMAGED)
    (names,) = struct.unpack("<L", end[12:16])
    if names > MB_OF_NAMES * _MB:
        raise TroubleError(f"has far more parts than a document. {SAVE_AGAIN}")


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        raise TroubleError(LOCKED)
    unpacked = sum(part.file_size for part in parts)
    suspicious = unpacked > MB_WITHOUT_SUSPICION * _MB and unpacked > size * TIMES_LARGER
    if suspicious or unpacked > MB_UNPACKED * _MB:
        raise TroubleError(
            f"would unpack to {unpacked // _MB} MB, far more than a document of its size. {SAVE_AGAIN}"
        )
    names = {part.filename for part in parts}
    # Two programs may read such an archive in two ways, and then we would look into another file.
    begins_later = min((part.header_offset for part in parts), default=0) > 0
    if len(names) < len(parts) or begins_later or {part.compress_type for part in parts} - _PACKINGS:
        raise TroubleError(DAMAGED)


def _read_all(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack every part once, to see that it is whole. What it unpacks to is bounded by what it declares."""
    for part in parts:
        with archive.open(part) as packed:
            while packed.read(_MB):
                pass
