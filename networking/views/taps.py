"""One-tap answers to what is due. Each changes a row once, leads back to its page and can be undone."""

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import reselect, reswap, retarget

from cmetrack.http import UNPROCESSABLE, SignedInRequest
from networking import doing
from networking.forms import DayForm, SnoozeForm
from networking.forms.days import SPANS
from networking.locks import form_page_in_turn
from networking.models import Contact, Opportunity
from networking.models.planned import Planned
from networking.moving import move_at_once
from networking.planning import pitches_with
from networking.stages import STAGES
from networking.undoing import tap
from networking.views.contacts import get_contact
from networking.views.opportunity_stages import get_opportunity

type Row = Contact | Opportunity


@require_POST
@form_page_in_turn
def done(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    return _tap(request, contact, partial(doing.do_next, contact, timezone.localdate()))


@require_POST
@form_page_in_turn
def rest(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    return _tap(request, contact, partial(doing.let_rest, contact, timezone.localdate()))


@require_POST
@form_page_in_turn
def follow_rule(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    return _tap(request, contact, partial(doing.back_to_rule, contact))


@form_page_in_turn
def snooze(request: SignedInRequest, pk: int) -> HttpResponse:
    return _choose_day(request, get_contact(request, pk), SnoozeForm, doing.hide)


@form_page_in_turn
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    return _choose_day(request, get_contact(request, pk), DayForm, doing.move_to)


@require_POST
@form_page_in_turn
def opportunity_done(request: SignedInRequest, pk: int) -> HttpResponse:
    pitch = get_opportunity(request, pk)
    return _tap(request, pitch, partial(doing.do_next_after_pitch, pitch, timezone.localdate()))


@require_POST
@form_page_in_turn
def opportunity_stage(request: SignedInRequest, pk: int) -> HttpResponse:
    pitch, stage = get_opportunity(request, pk), request.POST.get("stage", "")
    if stage not in STAGES or STAGES[stage].must_ask(pitch):
        move = reverse("networking:opportunity-move", args=[pk])
        return redirect(f"{move}?{urlencode({'stage': stage})}")
    return _tap(request, pitch, partial(move_at_once, pitch, stage, timezone.localdate()))


@require_POST
@form_page_in_turn
def opportunity_no_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    pitch = get_opportunity(request, pk)
    return _tap(request, pitch, partial(doing.record_no_reply, pitch, timezone.localdate()))


@require_POST
@form_page_in_turn
def opportunity_follow_rule(request: SignedInRequest, pk: int) -> HttpResponse:
    pitch = get_opportunity(request, pk)
    return _tap(request, pitch, partial(doing.back_to_rule, pitch))


@form_page_in_turn
def opportunity_snooze(request: SignedInRequest, pk: int) -> HttpResponse:
    return _choose_day(request, get_opportunity(request, pk), SnoozeForm, doing.hide)


@form_page_in_turn
def opportunity_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    return _choose_day(request, get_opportunity(request, pk), DayForm, doing.move_to)


def back(request: SignedInRequest, fallback: str) -> HttpResponse:
    """To the page of ours that the tap came from."""
    there = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return HttpResponseRedirect(there if is_ours else fallback)


def _tap(request: SignedInRequest, row: Row, deed: Callable[[], doing.Outcome]) -> HttpResponse:
    tap(request, row, deed, *may_change_with(row))
    return back(request, row.get_absolute_url())


def may_change_with(row: Row) -> list[Planned]:
    """A touch moves the plan of its person and of every pitch to them."""
    person = row if isinstance(row, Contact) else row.open_contact
    rows: list[Planned] = [person, *pitches_with(person)] if person else []
    return [other for other in rows if other != row]


def _choose_day(
    request: SignedInRequest,
    row: Row,
    form_class: type[DayForm],
    deed: Callable[[Row, date], doing.Outcome],
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = form_class(data, today=timezone.localdate())
    if form.is_valid():
        return _tap(request, row, partial(deed, row, form.cleaned_data["on"]))
    spans = SPANS if isinstance(form, SnoozeForm) else ()
    context = {"row": row, "form": form, "spans": spans, "next": request.POST.get("next", "")}
    response = render(request, "networking/day.html", context, status=UNPROCESSABLE if data else 200)
    # A fragment of a list has no room for what was refused: the whole page shows it.
    return reswap(retarget(reselect(response, "#main"), "#main"), "outerHTML")
