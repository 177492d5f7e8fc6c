from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from milestones.editors import EDITORS


class Command(BaseCommand):
    help = "Let a person edit the content at /admin/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The address they sign in with.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = User.objects.filter(email__iexact=email.strip()).first()
        group = Group.objects.filter(name=EDITORS).first()
        if person is None:
            raise CommandError(f"Nobody signs in with {email}. They have to sign up first.")
        if group is None:
            raise CommandError("There are no editors’ rights yet: run load_content first.")
        person.is_staff = True
        person.save(update_fields=["is_staff"])
        person.groups.add(group)
        self.stdout.write(f"{person.email} may now edit the content at /admin/.")
