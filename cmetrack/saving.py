"""What only saving can find out: that somebody else was faster, or that there is no room left."""

import errno
import sqlite3
from http import HTTPStatus

from django import forms
from django.db import DatabaseError

FULL = HTTPStatus.INSUFFICIENT_STORAGE


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
# How PostgreSQL says it: the appendix on error codes of its manual.
_DISK_FULL = "53100"


def is_out_of_room(problem: BaseException | None) -> bool:
    """Whether a disk is full, or as full as it may get: that of the files, or that of the database."""
    if isinstance(problem, DatabaseError):
        told = problem.__cause__
        is_full = getattr(told, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        return is_full or getattr(told, "sqlstate", None) == _DISK_FULL
    return isinstance(problem, OSError) and problem.errno in _NO_ROOM


class NotSavedError(Exception):
    """Why nothing was saved, in words for the person, beside which field, and the status to answer with."""

    def __init__(self, message: str, status: int = 422, field: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.field = field


def say_not_saved(form: forms.BaseForm, problem: NotSavedError) -> None:
    """Show the reason where it belongs: beside the field it names, else beside the chosen files."""
    files = (name for name, field in form.fields.items() if isinstance(field, forms.FileField))
    form.add_error(problem.field or next(files, None), str(problem))
