"""Delete for good what we keep for a while only: the trash, and files people were brought in with.

Every private model whose rows know how to `purge` joins by that. Run it daily.
"""

from typing import Any, cast

from django.apps import apps
from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize
from django.utils import timezone

from cmetrack.ownership import OwnedModel, TrashableQuerySet


class Command(BaseCommand):
    help = "Deletes for good what has been in the trash for more than 30 days. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        private = [model._default_manager for model in apps.get_models() if issubclass(model, OwnedModel)]
        passing = [rows.all() for rows in private if hasattr(rows, "purge")]
        gone = sum(cast(TrashableQuerySet, rows).purge(now) for rows in passing)
        if gone:
            self.stdout.write(f"Deleted {gone} row{pluralize(gone)} for good.")
