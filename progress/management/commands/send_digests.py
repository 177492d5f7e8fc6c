"""Send the summaries by mail whose hour has come. Run it every few minutes, by the worker or by cron."""

from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize
from django.utils import timezone

from progress.digests import send_digests


class Command(BaseCommand):
    help = "Sends the summaries by mail whose hour has come. Safe to run often, and twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_digests(timezone.now())
        if sent:
            self.stdout.write(f"Sent {sent} summar{pluralize(sent, 'y,ies')}.")
