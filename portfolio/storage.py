"""Stored files follow their rows: gone when the row is gone, gone when the row never came."""

import hashlib
import logging
import uuid
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from cmetrack.saving import FULL, NotSavedError, is_out_of_room
from portfolio.file_types import PAGES_SHOWN

logger = logging.getLogger(__name__)

FILES, PREVIEWS = "samples", "previews"


def new_stored_name() -> str:
    """A random name in storage that keeps nothing of what the file was called."""
    return f"{FILES}/{uuid.uuid4().hex}"


def preview_name(stored: str, page: int) -> str:
    """Where the picture of a page lies: as hard to guess as the file itself."""
    return f"{PREVIEWS}/{stored.rpartition('/')[2]}-{page}.webp"


def delete_stored(names: Iterable[str]) -> None:
    """Delete these files, with the pictures of their pages, once the current transaction is certain."""
    doomed = [each for name in names for each in (name, *previews_of(name))]

    def delete() -> None:
        for name in doomed:
            default_storage.delete(name)

    transaction.on_commit(delete)


def previews_of(stored: str) -> list[str]:
    """The names that pictures of a file's pages have, drawn or not."""
    return [preview_name(stored, page) for page in range(1, PAGES_SHOWN + 1)]


@dataclass(frozen=True)
class Stored:
    """Where a file lies in storage, and what tells its content from any other."""

    name: str
    sha256: str


class Store:
    """Remembers what it stored, so that all of it can be taken back."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._stored: dict[File, Stored] = {}

    def add(self, content: File) -> Stored:
        """Store `content`; only the first time it is added."""
        if content not in self._stored:
            sha256 = _sha256(content)
            # Noted before writing: a disk that fills up leaves half a file behind.
            self._names.append(new_stored_name())
            self._stored[content] = Stored(_written(self._names[-1], content), sha256)
        return self._stored[content]

    def take_back(self, *, but: Set[str] = frozenset()) -> None:
        """Delete all that was stored, but for these names."""
        for name in self._names:
            if name not in but:
                default_storage.delete(name)


@contextmanager
def storing() -> Iterator[Store]:
    """What is stored inside is taken back if anything fails before the end.

    Open it around the transaction that writes the rows, not inside one: storing takes time, and on
    SQLite every other writer would wait for it.
    """
    store = Store()
    try:
        yield store
    except BaseException:
        store.take_back()
        raise


def _written(name: str, content: File) -> str:
    try:
        return default_storage.save(name, content)
    except OSError as problem:
        if not is_out_of_room(problem):
            raise
        logger.error("The disk is full: %s bytes could not be stored.", content.size)
        raise NotSavedError(
            "There is no room left on our side, so nothing was saved. Try again later.", FULL
        ) from problem


def _sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
