from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from milestones.links import dead, malformed
from milestones.models import Resource


class Command(BaseCommand):
    help = "Check the addresses of the resources: their form, and with --open whether they answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--open", action="store_true", help="Open each address, and date those that answer."
        )

    def handle(self, *args: Any, open: bool, **options: Any) -> None:  # noqa: A002 - named by its option
        resources = list(Resource.objects.current().select_related("milestone"))
        wrong = [(resource, problem) for resource in resources if (problem := malformed(resource))]
        if open:
            sound = [resource for resource in resources if resource not in dict(wrong)]
            wrong += [(resource, problem) for resource in sound if (problem := self._opened(resource))]
        for resource, problem in wrong:
            self.stdout.write(f"{resource.milestone}, “{resource}”: {resource.url} {problem}.")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(resources)} addresses need a look.")
        self.stdout.write(f"{len(resources)} addresses, nothing wrong.")

    def _opened(self, resource: Resource) -> str:
        problem = dead(resource)
        if not problem:
            resource.checked_on = timezone.localdate()
            resource.save(update_fields=["checked_on"])
        return problem
