"""Stored files follow their rows: gone when the row is gone, gone when the row never came."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

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


class Store:
    """Remembers what it stored, so that all of it can be taken back."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def add(self, content: File) -> str:
        """Store `content` and return its name."""
        # Noted before writing: a disk that fills up leaves half a file behind.
        self._names.append(new_stored_name())
        return default_storage.save(self._names[-1], content)

    def take_back(self) -> None:
        for name in self._names:
            default_storage.delete(name)


@contextmanager
def storing() -> Iterator[Store]:
    """A transaction that takes what it stored with it when it fails. Not to be nested in another."""
    store = Store()
    try:
        with transaction.atomic():
            yield store
    except BaseException:
        store.take_back()
        raise
