"""What only saving can find out: that somebody else was faster, or that there is no room left."""

import errno
from http import HTTPStatus

from django import forms

FULL = HTTPStatus.INSUFFICIENT_STORAGE


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def is_out_of_room(problem: BaseException | None) -> bool:
    """Whether a disk is full, or as full as it may get."""
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
