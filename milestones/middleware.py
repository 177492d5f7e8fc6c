"""After anything was saved, steps whose proof now exists close by themselves."""

import logging
from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from cmetrack.http import SignedInRequest, offer_to_open
from milestones.closing import close_met
from milestones.evidence import evaluate
from milestones.readers import FOR_STEP
from milestones.standing import Path

logger = logging.getLogger(__name__)

# Editors' work and account pages hold no evidence; the account may even be gone afterwards.
# allauth's pages belong to no app.
ELSEWHERE = {"admin", "accounts", ""}
# Saved in the middle of a sentence: a step says that it is closed when its owner presses the button.
HALF_WAY = {"portfolio:draft-create", "portfolio:draft-update"}


class StepClosingMiddleware:
    """Stands directly after MessageMiddleware, which stores what is said here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _may_have_saved(request, response):
            return response
        signed_in = cast(SignedInRequest, request)
        if _close_and_tell(signed_in) and _is_fragment(signed_in, response):
            # No page follows that would show it; htmx puts this where the page has its messages.
            response.write(render_to_string("_messages.html", {"oob": True}, request))
        return response


def _may_have_saved(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "POST"
        and response.status_code < 400
        and request.resolver_match is not None
        and request.resolver_match.app_name not in ELSEWHERE
        and request.resolver_match.view_name not in HALF_WAY
        and request.user.is_authenticated
    )


def _close_and_tell(request: SignedInRequest) -> bool:
    """Close what can be closed and say so; whether there is anything to say."""
    try:
        path = evaluate(request.user)
        closed = close_met(request.user, path, timezone.localdate())
    except DatabaseError:
        # The person's own change is saved already; the next one will close the step.
        logger.exception("Could not close steps")
        return False
    for step in closed:
        told = f"Step closed: {step}."
        page = step.get_absolute_url()
        if request.path.startswith(page):
            messages.success(request, told)
        else:
            offer_to_open(request, told, page)
    return _lead_back(request, path) or bool(closed)


def _lead_back(request: SignedInRequest, path: Path) -> bool:
    """What the step still asks for whose link led to this form; whether there is such a step."""
    wanted = request.GET.get(FOR_STEP, "")
    state = next((state for state in path.steps if str(state.step.pk) == wanted), None)
    if state is None or state.is_closed:
        return False
    missing = "; ".join(state.still_asked)
    offer_to_open(request, f"“{state.step}” still asks for: {missing}.", state.step.get_absolute_url())
    return True


def _is_fragment(request: SignedInRequest, response: HttpResponse) -> bool:
    # A redirect shows a page of its own, and so does an answer without content.
    return bool(request.htmx and response.status_code == 200 and response.content)
