"""Marking what one has read, heard or used."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest
from milestones.models import Milestone, Resource, ResourceRead
from milestones.publishing import one_or_404, published_or_404
from milestones.views.path import milestone_context


@require_POST
def read(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    resource = _get_resource(slug, pk)
    ResourceRead.objects.get_or_create(owner=request.user, resource=resource)
    return _show(request, resource)


@require_POST
def unread(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    resource = _get_resource(slug, pk)
    ResourceRead.objects.for_user(request.user).filter(resource=resource).delete()
    return _show(request, resource)


def _get_resource(slug: str, pk: int) -> Resource:
    milestone: Milestone = published_or_404(slug)
    return one_or_404(milestone.resources.all(), pk)


def _show(request: SignedInRequest, resource: Resource) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{resource.milestone.get_absolute_url()}#resources")
    context = milestone_context(request, resource.milestone) | {"is_update": True}
    context["resource"] = one_or_404(context["resources"], resource.pk)
    return render(request, "milestones/detail.html#marked", context)
