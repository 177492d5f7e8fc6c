"""Delete for good what we keep for a while only: the trash, and files people were brought in with.

Every model whose query set knows how to `purge` joins by that. Run it daily.
"""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize
from django.utils import timezone


class Command(BaseCommand):
    help = "Deletes for good what has been in the trash for more than 30 days. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        rows = (model._default_manager.all() for model in apps.get_models())
        gone = sum(found.purge(now) for found in rows if hasattr(found, "purge"))
        if gone:
            self.stdout.write(f"Deleted {gone} row{pluralize(gone)} for good.")
