"""The catalogue of formats."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from portfolio.models import Format

SHELF_LEADS = {
    Format.Shelf.IN_DEMAND: "What hiring editors say they need most.",
    Format.Shelf.PORTFOLIO_ONLY: "Shown as a sample, never commissioned.",
}


@require_safe
def formats(request: SignedInRequest) -> HttpResponse:
    offered = list(Format.objects.offered().with_counts(request.user))
    groups = [
        (shelf.label, SHELF_LEADS.get(shelf, ""), [format_ for format_ in offered if format_.shelf == shelf])
        for shelf in Format.Shelf
    ]
    return render(request, "portfolio/formats.html", {"groups": groups})
