"""Compare what is stored with what the database knows. It changes nothing unless told to."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize
from django.utils import timezone

from portfolio.models import SampleFile
from portfolio.storage import FILES, PREVIEWS, previews_of

# An upload stores first and writes its row afterwards: what is younger may be on its way.
SURELY_LEFT = timedelta(days=1)


class Command(BaseCommand):
    help = "Reports files that are missing from storage, and stored files that belong to nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--delete", action="store_true", help="Also delete what has belonged to nothing for a day."
        )

    def handle(self, *args: Any, delete: bool, **options: Any) -> None:
        # Storage first: whatever is added meanwhile has its row by the time those are read.
        stored = set(_stored())
        known = set(SampleFile.objects.values_list("file", flat=True))
        left = stored - known - {preview for name in known for preview in previews_of(name)}
        self._report(left, "belongs to nothing", "belong to nothing")
        if delete:
            gone = [name for name in left if _is_old(name)]
            for name in gone:
                default_storage.delete(name)
            self.stdout.write(f"Deleted {len(gone)} of them; the others are younger than a day.")
        missing = {name for name in known - stored if not default_storage.exists(name)}
        self._report(missing, "is missing", "are missing")
        if missing:
            raise CommandError("Bring what is missing back from a backup.")

    def _report(self, names: Iterable[str], one: str, many: str) -> None:
        names = sorted(names)
        self.stdout.write(f"{len(names)} file{pluralize(len(names))} {one if len(names) == 1 else many}.")
        for name in names:
            self.stdout.write(f"  {name}")


def _stored() -> Iterator[str]:
    for folder in (FILES, PREVIEWS):
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                yield f"{folder}/{name}"


def _is_old(name: str) -> bool:
    try:
        return default_storage.get_modified_time(name) < timezone.now() - SURELY_LEFT
    except FileNotFoundError:
        return False
