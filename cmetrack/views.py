"""Addresses of the server itself, not of any app."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cmetrack.saving import FULL, is_out_of_room


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For whatever watches over the server: does it answer, and does its database?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves on pages that name no icon, such as the admin's."""
    return redirect(static("img/favicon.png"))


@require_safe
def nothing(request: HttpRequest) -> HttpResponse:
    """Stands where an address of somebody else's code would tell too much."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """Our page for what nobody foresaw. A full disk has a status of its own, for whoever watches."""
    is_full = is_out_of_room(sys.exc_info()[1])
    return HttpResponse(render_to_string("500.html", {"is_full": is_full}), status=FULL if is_full else 500)
