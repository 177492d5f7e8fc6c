"""What the shell of every page shows of this app."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest
from django.utils import timezone

from networking.models import Contact, Opportunity


def due_count(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`due_count` for templates: asked for only where it is shown, and once a page."""
    # A request refused before anybody was recognised has no user, and still gets an error page.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}

    @cache
    def count() -> int:
        today = timezone.localdate()
        people = Contact.objects.for_user(user).due(today).order_by().values("pk")
        pitches = Opportunity.objects.for_user(user).due(today).order_by().values("pk")
        return people.union(pitches, all=True).count()

    return {"due_count": count}
