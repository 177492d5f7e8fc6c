"""Samples that save themselves while somebody types. The page of the form asks for these, nobody else."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url

from cmetrack.http import SignedInRequest, own_or_404, tell_saved
from portfolio.forms import DraftForm, NewDraftForm
from portfolio.models import Sample
from portfolio.quota import wait_for_other_uploads


@require_POST
@transaction.atomic
def draft_create(request: SignedInRequest) -> HttpResponse:
    # The same form may be open twice: who comes second waits here, and finds what the first one began.
    wait_for_other_uploads(request.user.pk)
    return _save(request, NewDraftForm(request.POST, instance=Sample(owner=request.user)))


@require_POST
@transaction.atomic
def draft_update(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, Sample.objects.for_user(request.user), pk)
    return _save(request, DraftForm(request.POST, instance=sample))


def _save(request: SignedInRequest, form: DraftForm | NewDraftForm) -> HttpResponse:
    """Save what can be saved and say so; the page's address becomes that of the draft."""
    sample = form.save() if form.is_valid() else None
    response = render(request, "_save_status.html", {"form": form, "now": timezone.localtime()})
    if sample:
        replace_url(response, sample.edit_url)
    return tell_saved(response, form)
