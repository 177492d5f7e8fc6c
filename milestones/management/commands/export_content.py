from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from milestones.exporting import export_content


class Command(BaseCommand):
    help = "Write the content as it stands in the admin back into the content files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR, help="The folder of the checkout.")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        names = export_content(to)
        self.stdout.write("\n  ".join([f"Wrote {len(names)} files:", *names]))
