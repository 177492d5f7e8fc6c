from typing import Any

from django.core.management.base import BaseCommand, CommandError

from milestones.content_entries import ContentError
from milestones.seeding import Report, load_content


class Command(BaseCommand):
    help = "Bring milestones, formats and message templates up to the content files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_content()
        except ContentError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self.stdout.write(summary(report))
        for heading, names in left_alone(report):
            self.stdout.write("\n  ".join([heading, *names]))


def summary(report: Report) -> str:
    if report.is_nothing_to_do:
        return "Content: nothing to do."
    done = (
        (verb, ", ".join(f"{count} {name}" for name, count in counts.items()))
        for verb, counts in (("added", report.created), ("updated", report.updated))
    )
    return "Content: " + "; ".join(f"{verb} {what}" for verb, what in done if what) + "."


def left_alone(report: Report) -> list[tuple[str, list[str]]]:
    kept = (
        ("Left alone, because an editor changed it:", report.edited),
        ("Not made again, because an editor deleted it:", report.deleted),
        ("Left alone, because it was made by hand under the same key:", report.foreign),
        ("Not shown to people yet, because an editor’s own changes wait to be published:", report.waiting),
        ("No longer in the files; delete it in the admin if nobody needs it:", report.dropped),
    )
    return [(heading, names) for heading, names in kept if names]
