"""The list of templates, and one's own: written, changed, thrown away and brought back."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import SignedInRequest, form_page, own_or_404, save_or_show
from networking.forms import OwnTemplateForm
from networking.messages import refusal
from networking.models import MessageTemplate, OwnTemplate
from networking.views.messages import sources_of
from networking.views.trash import put_back, trash_with_undo, trashable_or_404


@require_safe
def templates(request: SignedInRequest) -> HttpResponse:
    sources, _ = sources_of(request, is_saving=False)
    own, shared = OwnTemplate.objects.for_user(request.user), MessageTemplate.objects.all()
    context = {
        "templates": [row for row in shared if not refusal(row, sources.contact)],
        "own": [row for row in own if not refusal(row, sources.contact)],
        "contact": sources.contact,
        "opportunity": sources.opportunity,
        "query": request.GET.urlencode(),
    }
    return render(request, "networking/templates.html", context)


@form_page
def own_template_create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, OwnTemplate(owner=request.user))


@form_page
def own_template_update(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, own_or_404(request, OwnTemplate.objects.for_user(request.user), pk))


@form_page
def own_template_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    template = trashable_or_404(request, OwnTemplate.objects.all(), pk)
    if request.method == "POST":
        trash_with_undo(request, template)
        return redirect("networking:templates")
    context = {"object": template, "goes_with": [], "cancel_url": template.get_absolute_url()}
    return render(request, "confirm_delete.html", context)


@require_POST
@transaction.atomic
def own_template_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    template = trashable_or_404(request, OwnTemplate.objects.all(), pk)
    put_back(request, template)
    return redirect(template)


def _edit(request: SignedInRequest, template: OwnTemplate) -> HttpResponse:
    form = OwnTemplateForm(request.POST if request.method == "POST" else None, instance=template)
    return save_or_show(request, form, "networking/own_template_form.html")
