from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.timezones import today_of
from cmetrack.http import SignedInRequest
from cmetrack.secret_addresses import for_strangers
from networking.calendar import calendar_of
from networking.models import CalendarFeed


@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    feed = CalendarFeed.objects.for_user(request.user).first()
    address = request.build_absolute_uri(feed.get_absolute_url()) if feed else ""
    # What phones and desktops open in their calendar instead of downloading it.
    subscribe = address.replace("https://", "webcal://", 1) if address.startswith("https://") else ""
    return render(request, "networking/calendar.html", {"address": address, "subscribe": subscribe})


@require_POST
def calendar_create(request: SignedInRequest) -> HttpResponse:
    CalendarFeed.objects.get_or_create(owner=request.user)
    messages.success(request, "Your calendar has an address now.")
    return redirect("networking:calendar")


@require_POST
def calendar_replace(request: SignedInRequest) -> HttpResponse:
    for feed in CalendarFeed.objects.for_user(request.user):
        feed.replace()
        messages.success(request, "The old address is dead. Give your calendar the new one.")
    return redirect("networking:calendar")


@require_POST
def calendar_delete(request: SignedInRequest) -> HttpResponse:
    CalendarFeed.objects.for_user(request.user).delete()
    messages.success(request, "The feed is off, and its address is dead.")
    return redirect("networking:calendar")


@for_strangers
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.select_related("owner"), token=token, owner__is_active=True)
    owner: User = feed.owner
    content = calendar_of(owner, today_of(owner), request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="cmetrack.ics"'},
    )
