"""Each person reads dates in their own time zone."""

from collections.abc import Callable
from datetime import tzinfo

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.timezones import zone_or_utc


class TimeZoneMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone_of(request)):
            return self.get_response(request)


def _zone_of(request: HttpRequest) -> tzinfo | None:
    """The zone of whoever is signed in; nobody's when the database is gone, and the page says so itself."""
    try:
        return zone_or_utc(request.user.time_zone) if request.user.is_authenticated else None
    except DatabaseError:
        return None
