"""What a person can do: their ratings of thirteen competencies."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest


@require_safe
def competencies(request: SignedInRequest) -> HttpResponse:
    return render(request, "milestones/competencies.html", {})
