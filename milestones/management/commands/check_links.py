from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from milestones.links import dead, is_later_check, malformed
from milestones.models import Resource


class Command(BaseCommand):
    help = "Check and date the addresses of the resources: their form, and with --open whether they answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--open", action="store_true", help="Open each address, and note those that answer."
        )

    def handle(self, *args: Any, open: bool, **options: Any) -> None:  # noqa: A002 - named by its option
        resources = list(Resource.objects.current().select_related("milestone"))
        wrong = [(resource, problem) for resource in resources if (problem := malformed(resource))]
        sound = [resource for resource in resources if resource not in dict(wrong)]
        if open:
            wrong += [(resource, problem) for resource in sound if (problem := dead(resource))]
        self._date([resource for resource in sound if resource not in dict(wrong)], was_opened=open)
        for resource, problem in wrong:
            self.stdout.write(f"{resource.milestone}, “{resource}”: {resource.url} {problem}.")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(resources)} addresses need a look.")
        self.stdout.write(f"{len(resources)} addresses, nothing wrong.")

    def _date(self, resources: list[Resource], *, was_opened: bool) -> None:
        for resource in resources:
            told = Resource(checked_on=timezone.localdate(), was_opened=was_opened)
            if is_later_check(told, resource):
                resource.checked_on, resource.was_opened = told.checked_on, told.was_opened
                resource.save(update_fields=["checked_on", "was_opened"])
