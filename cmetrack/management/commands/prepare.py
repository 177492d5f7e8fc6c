"""Everything between installed and served, in one process: tables, content, trash."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files import locks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

# Any number that no other program locks in this database.
LOCK = 20_240_517


class Command(BaseCommand):
    help = "Make the database ready to serve: tables, seeded content, trash older than 30 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--announce", metavar="ADDRESS", help="Also say where the app will be.")

    def handle(self, *args: Any, announce: str | None, **options: Any) -> None:
        with _one_at_a_time():
            self._prepare()
        if announce:
            self._announce(announce)

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.stdout.write("Database: tables are up to date.")
        call_command("load_content", stdout=self.stdout)
        call_command("purge_trash", stdout=self.stdout)
        call_command("clearsessions")

    def _announce(self, address: str) -> None:
        mail = "is sent by your mail server" if settings.EMAIL_URL else f"is written to {settings.MAIL_DIR}"
        self.stdout.write(
            f"\n  CMEtrack           {address}\n"
            "  Become an editor   sign up there, then: make editor EMAIL=you@example.org\n"
            f"  Mail               {mail}\n"
            "  Stop               Ctrl+C\n"
        )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Servers that start together prepare one after the other: no table can be made twice."""
    if connection.vendor == "postgresql":
        # In the database, for they may run on different machines.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    else:
        with (settings.DATA_DIR / "prepare.lock").open("w") as file:
            locks.lock(file, locks.LOCK_EX)
            yield
