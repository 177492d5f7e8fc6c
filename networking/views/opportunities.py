from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import SignedInRequest, form_page, page_of, render_page
from networking.before_yes import before_yes
from networking.board import board_columns
from networking.due_rows import due_rows
from networking.forms import OpportunityFilter, OpportunityForm
from networking.locks import form_page_in_turn, lock_organisation_of
from networking.models import Opportunity, OpportunityQuerySet, StageChange
from networking.numbers import numbers_of
from networking.rows import change_rows, fee_words, opportunity_rows
from networking.sent import sent_samples
from networking.stages import STAGES
from networking.views.opportunity_stages import get_opportunity, save_opportunity_or_show
from networking.views.prefill import prefilled_opportunity
from networking.views.trash import put_back, trash_with_undo, trashable_or_404

CHANGES_SHOWN = 50


@require_safe
def opportunity_index(request: SignedInRequest) -> HttpResponse:
    mine = Opportunity.objects.for_user(request.user).select_related("organisation", "contact")
    filters = OpportunityFilter.read(request.GET, owner=request.user)
    today = timezone.localdate()
    found = filters.apply(mine, today)
    is_board = filters.chosen("view") == "board"
    shown = _board(found, today, filters) if is_board else _table(request, found, today)
    context = {"filters": filters, "is_board": is_board, **shown}
    return render_page(request, "networking/opportunity_index.html", context, partial="list")


@require_safe
def opportunity_numbers(request: SignedInRequest) -> HttpResponse:
    numbers = numbers_of(request.user, timezone.localdate())
    return render(request, "networking/opportunity_numbers.html", {"numbers": numbers})


@require_safe
def opportunity_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = get_opportunity(request, pk)
    history = StageChange.objects.for_user(request.user).filter(opportunity=opportunity)
    today, is_planned = timezone.localdate(), opportunity.is_remindable and opportunity.next_on
    context = {
        "opportunity": opportunity,
        "row": opportunity_rows([opportunity], today)[0],
        "next": due_rows([], [opportunity], today)[0] if is_planned else None,
        "rule": STAGES[opportunity.stage],
        "fee": fee_words(opportunity),
        "samples": sent_samples(opportunity, request.user),
        "care": before_yes(opportunity),
        "history": change_rows(history.latest_first()[:CHANGES_SHOWN]),
    }
    return render(request, "networking/opportunity_detail.html", context)


@form_page_in_turn
def opportunity_create(request: SignedInRequest) -> HttpResponse:
    initial = prefilled_opportunity(request, OpportunityForm)
    return _edit(request, Opportunity(owner=request.user), initial)


@form_page_in_turn
def opportunity_update(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_opportunity(request, pk))


@form_page
def opportunity_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    opportunity = trashable_or_404(request, Opportunity.objects.all(), pk)
    if request.method == "POST":
        trash_with_undo(request, opportunity)
        return redirect("networking:opportunity-index")
    context = {"object": opportunity, "goes_with": [], "cancel_url": opportunity.get_absolute_url()}
    return render(request, "confirm_delete.html", context)


@require_POST
@transaction.atomic
def opportunity_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    lock_organisation_of(request, pk)
    opportunity = trashable_or_404(request, Opportunity.objects.select_related("organisation"), pk)
    if opportunity.organisation.trashed_at:
        text = f"Put “{opportunity.organisation}” back first: this opportunity is with them."
        messages.warning(request, text)
        return redirect("networking:trash")
    put_back(request, opportunity)
    return redirect(opportunity)


def _table(request: SignedInRequest, found: OpportunityQuerySet, today: date) -> dict[str, Any]:
    page = page_of(request, found)
    return {"page": page, "rows": opportunity_rows(page, today), "total": page.paginator.count}


def _board(found: OpportunityQuerySet, today: date, filters: OpportunityFilter) -> dict[str, Any]:
    columns = board_columns(found, today, filters.kept())
    rows = [row for column in columns for row in column.rows]
    return {"columns": columns, "rows": rows, "total": sum(c.total for c in columns)}


def _edit(
    request: SignedInRequest, opportunity: Opportunity, initial: dict[str, Any] | None = None
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = OpportunityForm(data, instance=opportunity, initial=initial, today=timezone.localdate())
    return save_opportunity_or_show(request, form, "networking/opportunity_form.html", {})
