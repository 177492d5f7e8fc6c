"""Which formats a portfolio covers in which therapeutic areas."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from portfolio.coverage import coverage_of
from portfolio.heat_map import draw


@require_safe
def coverage(request: SignedInRequest) -> HttpResponse:
    found = coverage_of(request.user)
    context = {"coverage": found, "picture": draw(found)}
    return render(request, "portfolio/coverage.html", context)
