"""The path, and one milestone of it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from milestones.evidence import evaluate
from milestones.glossary import terms_to_explain
from milestones.models import Milestone, Resource, ResourceRead
from milestones.publishing import published_or_404


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    return render(request, "milestones/index.html", {"path": evaluate(request.user)})


@require_safe
def detail(request: SignedInRequest, slug: str) -> HttpResponse:
    return render(request, "milestones/detail.html", milestone_context(request, published_or_404(slug)))


def milestone_context(
    request: SignedInRequest, milestone: Milestone, outline: Iterable[Milestone] | None = None
) -> dict[str, Any]:
    """What the page of a milestone shows, for the person who asks; a preview brings its own `outline`."""
    path = evaluate(request.user, outline)
    standing = path.milestone_or_404(milestone)
    before, after = path.around(standing)
    return {
        "milestone": milestone,
        "standing": standing,
        "total": len(path.milestones),
        "number": path.milestones.index(standing) + 1,
        "terms": terms_to_explain(),
        "resources": _dated(milestone),
        "read": ResourceRead.objects.of(request.user, milestone),
        "past": [row for row in path.past if row.step.milestone_id == milestone.pk],
        "before": before,
        "after": after,
    }


def _dated(milestone: Milestone) -> list[Resource]:
    """Its resources with when and how their links were last checked, which waits for no publishing."""
    now = Resource.objects.filter(milestone=milestone).in_bulk()
    resources = list(milestone.resources.all())
    for resource in resources:
        if here := now.get(resource.pk):
            resource.checked_on, resource.was_opened = here.checked_on, here.was_opened
    return resources
