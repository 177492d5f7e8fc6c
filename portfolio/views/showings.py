"""Who saw a sample one to one: noted, and taken back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest, form_page, own_or_404, show_form
from portfolio.forms import PrivateShowingForm
from portfolio.models import PrivateShowing
from portfolio.views.one_sample import own_samples


@form_page
def showing_create(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    data = request.POST if request.method == "POST" else None
    showing = PrivateShowing(owner=request.user, sample=sample)
    form = PrivateShowingForm(data, instance=showing, today=timezone.localdate())
    if form.is_valid():
        messages.success(request, f"Noted: {form.save()} saw it.")
        return redirect(f"{sample.get_absolute_url()}#showings")
    return show_form(request, form, "portfolio/showing_form.html", {"sample": sample})


@require_POST
@transaction.atomic
def showing_delete(request: SignedInRequest, pk: int, showing_pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    showing = get_object_or_404(sample.private_showings, pk=showing_pk)
    showing.delete()
    messages.success(request, f"Removed the note that {showing} saw it.")
    return redirect(f"{sample.get_absolute_url()}#showings")
