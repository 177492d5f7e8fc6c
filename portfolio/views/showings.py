"""Who saw a sample one to one: noted, moved to the trash, brought back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest, form_page, offer_undo, own_or_404, show_form
from portfolio.forms import PrivateShowingForm
from portfolio.models import PrivateShowing, Sample
from portfolio.views.one_sample import own_samples


@form_page
def showing_create(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    data = request.POST if request.method == "POST" else None
    showing = PrivateShowing(owner=request.user, sample=sample)
    form = PrivateShowingForm(data, instance=showing, today=timezone.localdate())
    if form.is_valid():
        messages.success(request, f"Noted: {form.save()} saw it.")
        return redirect(_card_of(sample))
    return show_form(request, form, "portfolio/showing_form.html", {"sample": sample})


@require_POST
@transaction.atomic
def showing_delete(request: SignedInRequest, pk: int, showing_pk: int) -> HttpResponse:
    showing = _get_showing(request, pk, showing_pk)
    showing.trash()
    offer_undo(request, f"Moved the note that {showing} saw it to the trash.", showing.restore_url)
    return redirect(_card_of(showing.sample))


@require_POST
@transaction.atomic
def showing_restore(request: SignedInRequest, pk: int, showing_pk: int) -> HttpResponse:
    showing = _get_showing(request, pk, showing_pk)
    showing.restore()
    messages.success(request, f"The note that {showing} saw it is back.")
    return redirect(_card_of(showing.sample))


def _get_showing(request: SignedInRequest, pk: int, showing_pk: int) -> PrivateShowing:
    """The note, in the trash or out of it, so that a second click finds it too; its sample locked first."""
    sample = own_or_404(request, own_samples(request), pk)
    showings = PrivateShowing.objects.trashed_or_not(request.user).filter(sample=sample)
    return own_or_404(request, showings.select_related("sample"), showing_pk)


def _card_of(sample: Sample) -> str:
    return f"{sample.get_absolute_url()}#showings"
