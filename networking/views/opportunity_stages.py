"""Moving an opportunity from stage to stage, up to the one that is celebrated."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cmetrack.http import UNPROCESSABLE, SignedInRequest, own_or_404, show_form
from networking.forms import MoveForm, OpportunityForm
from networking.locks import form_page_in_turn, lock_organisation_of
from networking.models import Opportunity
from networking.moving import LANDED_FIRST, is_first_landed
from networking.sent import note_showings, warn_of_unreleased
from networking.stages import STAGES
from portfolio.models import Sample


@form_page_in_turn
def opportunity_move(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    data = request.POST if request.method == "POST" else None
    stage = (request.GET if data is None else data).get("stage")
    if stage not in STAGES:
        return _ask_where_to(request, opportunity)
    form = MoveForm(data, instance=opportunity, today=timezone.localdate(), stage=stage)
    context = {"opportunity": opportunity, "stage": Opportunity.Stage(stage), "rule": STAGES[stage]}
    return save_opportunity_or_show(request, form, "networking/opportunity_move.html", context)


def save_opportunity_or_show(
    request: SignedInRequest, form: OpportunityForm, template: str, context: dict[str, Any]
) -> HttpResponse:
    """As `save_or_show`, with a better message for the first one landed."""
    if not form.is_valid():
        return show_form(request, form, template, context)
    is_first = is_first_landed(form.instance, form.instance.stage)
    saved = form.save()
    messages.success(request, LANDED_FIRST if is_first else form.done_words())
    tell_sent(request, saved, form.just_sent())
    return redirect(saved)


def tell_sent(request: SignedInRequest, opportunity: Opportunity, samples: list[Sample]) -> None:
    """Note who saw what may be shown one to one only, say so, and warn of what nobody released."""
    if said := note_showings(opportunity, samples):
        messages.info(request, said)
    if warning := warn_of_unreleased(samples):
        messages.warning(request, warning)


def get_opportunity(request: SignedInRequest, pk: int) -> Opportunity:
    """One of the person's opportunities; locked while it is being changed."""
    lock_organisation_of(request, pk)
    related = ("organisation", "contact", "format", "share_link")
    return own_or_404(request, Opportunity.objects.for_user(request.user).select_related(*related), pk)


def _ask_where_to(request: SignedInRequest, opportunity: Opportunity) -> HttpResponse:
    stages = [(stage, stage.label, STAGES[stage].meaning) for stage in Opportunity.Stage]
    context = {"opportunity": opportunity, "stages": [s for s in stages if s[0] != opportunity.stage]}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "networking/opportunity_move.html", context, status=status)
