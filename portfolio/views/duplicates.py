"""A sample started anew in another format."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest, own_or_404
from portfolio.forms import DuplicateForm
from portfolio.views.one_sample import own_samples, show_sample


@require_POST
@transaction.atomic
def duplicate(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    form = DuplicateForm(request.POST, source=sample)
    if not form.is_valid():
        return show_sample(request, sample, duplicate_form=form)
    draft = form.save()
    messages.success(request, f"“{draft}” is a draft now. Make its title yours.")
    return redirect(draft.edit_url)
