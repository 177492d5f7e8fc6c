"""The first page: Today for those who signed in, what this is for everybody else."""

from itertools import groupby
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cmetrack.http import SignedInRequest, render_page
from cmetrack.secret_addresses import for_strangers
from progress.activity import latest
from progress.cv import MOST, cv_lines
from progress.cv_filters import CvFilters
from progress.digests import user_of
from progress.greeting import greeting
from progress.summary import summarise

ON_TIMELINE = 50
# Ten thousand events back; each page reads those before it.
LAST_PAGE = 200


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


@for_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    # Mail programs post here by themselves (RFC 8058). Opening the page changes nothing, because
    # scanners of mail open every link.
    person = user_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        person.stop_digests()
    return render(request, "progress/digest_stop.html", {"is_off": person.digest == person.Digest.OFF})


@require_safe
def timeline(request: SignedInRequest) -> HttpResponse:
    page = _page(request.GET.get("page", ""))
    start, end = (page - 1) * ON_TIMELINE, page * ON_TIMELINE
    # One more than is shown tells whether there is more.
    activity = latest(request.user, end + 1)
    months = [
        (month, list(rows))
        for month, rows in groupby(activity[start:end], key=lambda row: row.on.replace(day=1))
    ]
    older = page + 1 if len(activity) > end and page < LAST_PAGE else None
    context = {"months": months, "newer": page - 1, "older": older}
    return render(request, "progress/timeline.html", context)


@require_safe
def cv(request: SignedInRequest) -> HttpResponse:
    filters = CvFilters.read(request.GET, today=timezone.localdate())
    context = {
        "filters": filters,
        "cv": cv_lines(request.user, filters),
        "most": MOST,
        "section": "portfolio",
    }
    return render_page(request, "progress/cv.html", context, partial="fragment")


def _page(text: str) -> int:
    """The page that an address names; anything else is the first."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LAST_PAGE)) + 1 else 1
    return min(max(number, 1), LAST_PAGE)
