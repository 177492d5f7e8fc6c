"""The quality checklist of a sample."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page, own_or_404
from portfolio.forms.quality import QualityForm
from portfolio.models import Sample


@form_page
def quality(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, Sample.objects.for_user(request.user), pk)
    form = QualityForm(sample, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save(timezone.localdate())
        said = "The checklist is complete." if sample.quality_checked_on else "Your answers are saved."
        messages.success(request, said)
        return redirect(sample)
    context = {"sample": sample, "form": form, "answered": sample.quality_answered()}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "portfolio/quality.html", context, status=status)
