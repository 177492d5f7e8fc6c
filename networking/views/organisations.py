from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import SignedInRequest, form_page, own_or_404, page_of, render_page, save_or_show
from networking.forms import OrganisationFilter, OrganisationForm
from networking.locks import form_page_in_turn
from networking.models import Contact, Opportunity, Organisation
from networking.rows import opportunity_rows, organisation_rows, person_rows
from networking.views.prefill import prefilled
from networking.views.trash import put_back, trash_with_undo, trashable_or_404

ROWS_SHOWN = 50


@require_safe
def organisation_index(request: SignedInRequest) -> HttpResponse:
    filters = OrganisationFilter.read(request.GET)
    found = filters.apply(Organisation.objects.for_user(request.user))
    page = page_of(request, found.with_counts())
    context = {"filters": filters, "page": page, "rows": organisation_rows(page)}
    return render_page(request, "networking/organisation_index.html", context, partial="list")


@require_safe
def organisation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = own_or_404(request, Organisation.objects.for_user(request.user), pk)
    today = timezone.localdate()
    people = Contact.objects.for_user(request.user).filter(organisation=organisation)
    pitches = Opportunity.objects.for_user(request.user).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "people": person_rows(people.recently_touched().select_related("organisation")[:ROWS_SHOWN], today),
        "pitches": opportunity_rows(pitches.select_related("organisation", "contact")[:ROWS_SHOWN], today),
        "formats": organisation.formats.all(),
        "rows_shown": ROWS_SHOWN,
    }
    return render(request, "networking/organisation_detail.html", context)


@form_page_in_turn
def organisation_create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, Organisation(owner=request.user), prefilled(request, OrganisationForm))


@form_page_in_turn
def organisation_update(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, own_or_404(request, Organisation.objects.for_user(request.user), pk))


@form_page
def organisation_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = trashable_or_404(request, Organisation.objects.all(), pk)
    if request.method == "POST":
        trash_with_undo(request, organisation)
        return redirect("networking:organisation-index")
    context = {
        "organisation": organisation,
        "pitches": Opportunity.objects.for_user(request.user).filter(organisation=organisation).count(),
        "people": Contact.objects.for_user(request.user).filter(organisation=organisation).count(),
    }
    return render(request, "networking/organisation_delete.html", context)


@require_POST
@form_page_in_turn
def organisation_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = trashable_or_404(request, Organisation.objects.all(), pk)
    put_back(request, organisation)
    return redirect(organisation)


def _edit(
    request: SignedInRequest, organisation: Organisation, initial: dict[str, Any] | None = None
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, instance=organisation, initial=initial)
    return save_or_show(request, form, "networking/organisation_form.html")
