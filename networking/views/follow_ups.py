from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from networking.follow_ups import follow_ups_of


@require_safe
def follow_ups(request: SignedInRequest) -> HttpResponse:
    found = follow_ups_of(request.user, timezone.localdate())
    return render(request, "networking/follow_ups.html", {"found": found})
