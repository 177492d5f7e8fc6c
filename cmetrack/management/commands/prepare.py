"""Everything between installed and served, in one process: tables, content, trash."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Make the database ready to serve: tables, seeded content, trash older than 30 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--announce", metavar="ADDRESS", help="Also say where the app will be.")

    def handle(self, *args: Any, announce: str | None, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.stdout.write("Database: tables are up to date.")
        call_command("load_content", stdout=self.stdout)
        call_command("purge_trash", stdout=self.stdout)
        call_command("clearsessions")
        if announce:
            self._announce(announce)

    def _announce(self, address: str) -> None:
        mail = "is sent by your mail server" if settings.EMAIL_URL else f"is written to {settings.MAIL_DIR}"
        self.stdout.write(
            f"\n  CMEtrack           {address}\n"
            "  Become an editor   sign up there, then: make editor EMAIL=you@example.org\n"
            f"  Mail               {mail}\n"
            "  Stop               Ctrl+C\n"
        )
