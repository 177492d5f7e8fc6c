"""After anything was saved, steps whose proof now exists close by themselves."""

import logging
from collections.abc import Callable

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from milestones.closing import close_steps

logger = logging.getLogger(__name__)

CHANGING = {"POST", "PUT"}
# Editors' work and account pages hold no evidence; the account may even be gone afterwards.
ELSEWHERE = ("/admin/", "/accounts/")


class StepClosingMiddleware:
    """Stands directly after MessageMiddleware, which stores what is said here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _may_have_saved(request, response):
            _close_and_tell(request)
        return response


def _may_have_saved(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method in CHANGING
        and response.status_code < 400
        and not request.path.startswith(ELSEWHERE)
        and request.user.is_authenticated
    )


def _close_and_tell(request: HttpRequest) -> None:
    try:
        closed = close_steps(request.user, timezone.localdate())  # type: ignore[arg-type]
    except DatabaseError:
        # The person's own change is saved already; the next one will close the step.
        logger.exception("Could not close steps")
        return
    for step in closed:
        messages.success(request, f"Step closed: {step}.")
