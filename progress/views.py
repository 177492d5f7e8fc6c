"""The first page: Today for those who signed in, what this is for everybody else."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from progress.greeting import greeting
from progress.summary import summarise


@login_not_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    if request.user.is_anonymous:
        return render(request, "progress/landing.html")
    return _today(cast(SignedInRequest, request))


def _today(request: SignedInRequest) -> HttpResponse:
    now = timezone.localtime()
    context = {
        "today": summarise(request.user, now.date()),
        "greeting": greeting(now.hour, request.user.get_short_name()),
        "date": now.date(),
    }
    return render(request, "progress/today.html", context)
