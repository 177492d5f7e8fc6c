"""Work that takes longer than a page may: Django's tasks, in a worker where one runs, else at once."""

from django.tasks import task
from django.tasks.backends.immediate import ImmediateBackend

from networking.imports.writing import write_some

# Short, so that other tasks get their turn, and a request without a worker comes to its end.
SECONDS = 1.5


@task()
def write_import(batch_pk: int) -> None:
    """Write a part of a confirmed import; a worker goes on by itself until all is written."""
    is_left = write_some(batch_pk, SECONDS)
    if is_left and runs_apart():
        write_import.enqueue(batch_pk)


def runs_apart() -> bool:
    """Whether a worker does what is enqueued, and not the request that asks for it."""
    return not isinstance(write_import.get_backend(), ImmediateBackend)
