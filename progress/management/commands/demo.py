"""Somebody to be while looking around: a person with a history, and an editor."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from progress.demo.build import build_story, read_story

PERSON_EMAIL = "ana@example.org"
EDITOR_EMAIL = "editor@example.org"


class Command(BaseCommand):
    help = "Make a demo person with three months of history, and an editor. Only with DEBUG on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo is for a local copy: it refuses to run when DEBUG is off.")
        person = User.objects.filter(email=PERSON_EMAIL).first()
        if person is None:
            person = self._make_person()
        editor, _ = User.objects.get_or_create(email=EDITOR_EMAIL, defaults={"name": "Eva Editor"})
        call_command("make_editor", EDITOR_EMAIL, stdout=self.stdout)
        for role, user in (("Demo person", person), ("Editor", editor)):
            self.stdout.write(f"  {role:<12} {user.email}   password: {self._new_password(user)}")
        self.stdout.write("  Serve with `make run` and sign in as either. The editor works in /admin/.")

    @transaction.atomic
    def _make_person(self) -> User:
        who = read_story()["person"]
        person = User.objects.create_user(PERSON_EMAIL, welcomed_at=timezone.now(), **who)
        build_story(person, timezone.localdate())
        return person

    def _new_password(self, user: User) -> str:
        """Drawn anew each time: nothing to look up, and none that everybody knows."""
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save(update_fields=["password"])
        return password
