"""Ticks on the list of what to settle before a yes, and which versions of the samples were sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page
from networking.before_yes import points_of, settle, unsettle
from networking.forms import SentForm
from networking.models import Opportunity
from networking.views.opportunity_stages import get_opportunity, tell_sent


@require_POST
@form_page
def opportunity_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    settle(opportunity, request.POST.get("point", ""))
    return _show_points(request, opportunity)


@require_POST
@form_page
def opportunity_unsettle(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    unsettle(opportunity, request.POST.get("point", ""))
    return _show_points(request, opportunity)


@form_page
def opportunity_sent(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    form = SentForm(request.POST if request.method == "POST" else None, opportunity=opportunity)
    if form.is_valid():
        form.save()
        tell_sent(request, opportunity, form.just_sent())
        return redirect(opportunity)
    context = {"opportunity": opportunity, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "networking/opportunity_sent.html", context, status=status)


def _show_points(request: SignedInRequest, opportunity: Opportunity) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{opportunity.get_absolute_url()}#before-yes")
    # Still there when the last tick is taken back, wherever the opportunity stands.
    context = {"opportunity": opportunity, "care": points_of(opportunity)}
    return render(request, "networking/_before_yes.html", context)
