from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import SignedInRequest, page_of
from networking.follow_ups import DUE_SHOWN, due_keys, follow_ups_of
from networking.locks import form_page_in_turn
from networking.undoing import undo as take_back
from networking.views.taps import back


@require_safe
def follow_ups(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(request, due_keys(request.user, today), DUE_SHOWN)
    context = {"found": follow_ups_of(request.user, page, today), "page": page}
    return render(request, "networking/follow_ups.html", context)


@require_POST
@form_page_in_turn
def undo(request: SignedInRequest) -> HttpResponse:
    take_back(request, request.GET.get("tap", ""))
    return back(request, reverse("networking:follow-ups"))
