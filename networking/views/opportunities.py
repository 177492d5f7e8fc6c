from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import SignedInRequest, form_page, offer_undo, page_of, render_page
from networking.forms import OpportunityFilter, OpportunityForm
from networking.models import Opportunity, OpportunityQuerySet, StageChange
from networking.rows import board_columns, opportunity_rows
from networking.stages import STAGES
from networking.views.opportunity_stages import get_opportunity, save_opportunity_or_show
from networking.views.prefill import prefilled_opportunity

CHANGES_SHOWN = 50
# Where the list of what to settle before a yes is of use.
BEFORE_YES = (Opportunity.Stage.CONVERSATION, Opportunity.Stage.QUOTED, Opportunity.Stage.VERBAL_YES)


@require_safe
def opportunity_index(request: SignedInRequest) -> HttpResponse:
    mine = Opportunity.objects.for_user(request.user).select_related("organisation", "contact")
    filters = OpportunityFilter.read(request.GET, owner=request.user)
    page = page_of(request, _narrow(mine, filters))
    rows = opportunity_rows(page, timezone.localdate())
    is_board = filters.chosen("view") == "board"
    columns = board_columns(rows) if is_board else []
    context = {"filters": filters, "page": page, "rows": rows, "is_board": is_board, "columns": columns}
    return render_page(request, "networking/opportunity_index.html", context, partial="list")


@require_safe
def opportunity_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    history = StageChange.objects.for_user(request.user).filter(opportunity=opportunity)
    context = {
        "opportunity": opportunity,
        "row": opportunity_rows([opportunity], timezone.localdate())[0],
        "rule": STAGES[opportunity.stage],
        "asks_care": opportunity.stage in BEFORE_YES,
        "samples": opportunity.samples.for_user(request.user),
        "history": history.latest_first()[:CHANGES_SHOWN],
    }
    return render(request, "networking/opportunity_detail.html", context)


@form_page
def opportunity_create(request: SignedInRequest) -> HttpResponse:
    initial = prefilled_opportunity(request, OpportunityForm)
    return _edit(request, Opportunity(owner=request.user), initial)


@form_page
def opportunity_update(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_opportunity(request, pk))


@form_page
def opportunity_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    if request.method == "POST":
        opportunity.trash()
        undo = reverse("networking:opportunity-restore", args=[pk])
        offer_undo(request, f"Moved “{opportunity}” to the trash.", undo)
        return redirect("networking:opportunity-index")
    context = {"object": opportunity, "goes_with": [], "cancel_url": opportunity.get_absolute_url()}
    return render(request, "confirm_delete.html", context)


@require_POST
@transaction.atomic
def opportunity_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    trashed = Opportunity.objects.trashed(request.user).select_related("organisation")
    opportunity = get_object_or_404(trashed.select_for_update(of=("self",)), pk=pk)
    if opportunity.organisation.trashed_at:
        text = f"Put “{opportunity.organisation}” back first: this opportunity is with them."
        messages.warning(request, text)
        return redirect("networking:trash")
    opportunity.restore()
    messages.success(request, f"“{opportunity}” is back.")
    return redirect(opportunity)


def _narrow(opportunities: OpportunityQuerySet, filters: OpportunityFilter) -> OpportunityQuerySet:
    found = opportunities.matching(filters.chosen("q"))
    if organisation := filters.chosen("organisation"):
        found = found.filter(organisation=organisation)
    if stage := filters.chosen("stage"):
        found = found.open() if stage == "open" else found.filter(stage=stage)
    today = timezone.localdate()
    by_due = {"due": found.due, "coming": found.coming}.get(filters.chosen("due"))
    return by_due(today) if by_due else found


def _edit(
    request: SignedInRequest, opportunity: Opportunity, initial: dict[str, Any] | None = None
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = OpportunityForm(data, instance=opportunity, initial=initial, today=timezone.localdate())
    return save_opportunity_or_show(request, form, "networking/opportunity_form.html", {})
