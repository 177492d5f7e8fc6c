"""A step asks for a touch, such as an event: with whom was it? The form of that person comes next."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest, page_of
from milestones import wording
from milestones.readers import FOR_STEP
from networking.models import Contact, Interaction

PEOPLE_SHOWN = 20
LONGEST_SEARCH = 100


@require_safe
def touch(request: SignedInRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
    mine = Contact.objects.for_user(request.user).reachable().select_related("organisation")
    page = page_of(request, mine.matching(words).recently_touched(), PEOPLE_SHOWN)
    kind, start = _start(request)
    context = {
        "page": page,
        "rows": [(person, _address("interaction-create", start, person.pk)) for person in page],
        "heading": wording.log_a_touch(kind),
        "words": words,
        "start": start,
        "add_url": _address("create", {"name": words, FOR_STEP: start[FOR_STEP]}),
    }
    return render(request, "milestones/touch.html", context)


def _start(request: SignedInRequest) -> tuple[str, dict[str, str]]:
    """The kind of touch that is meant, and what the form of a person starts with. Nonsense is ignored."""
    kind = request.GET.get("kind", "")
    if kind not in Interaction.Kind:
        kind = Interaction.Kind.MESSAGE
    start = {"kind": kind, FOR_STEP: request.GET.get(FOR_STEP, "")}
    return kind, start


def _address(view: str, query: dict[str, Any], *args: Any) -> str:
    return f"{reverse(f'networking:{view}', args=args)}?{urlencode(query)}"
