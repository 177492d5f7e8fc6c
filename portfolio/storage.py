"""Stored files follow their rows: gone when the row is gone, gone when the row never came."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction


def new_stored_name() -> str:
    """A random name in storage that keeps nothing of what the file was called."""
    return f"samples/{uuid.uuid4().hex}"


def delete_stored(names: Iterable[str]) -> None:
    """Delete these files once the current transaction is certain; before that, nothing is lost."""
    doomed = list(names)

    def delete() -> None:
        for name in doomed:
            default_storage.delete(name)

    transaction.on_commit(delete)


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
            self._stored[content] = Stored(default_storage.save(self._names[-1], content), sha256)
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


def _sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
