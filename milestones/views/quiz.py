"""The quiz at the end of a milestone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from milestones.publishing import published_or_404


@require_safe
def quiz(request: SignedInRequest, slug: str) -> HttpResponse:
    return render(request, "milestones/quiz.html", {"milestone": published_or_404(slug)})
