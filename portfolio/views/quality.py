"""The quality checklist of a sample."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cmetrack.http import CONFLICT, UNPROCESSABLE, SignedInRequest, form_page, own_or_404
from portfolio.forms.quality import QualityForm
from portfolio.models import Sample


@form_page
def quality(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, Sample.objects.for_user(request.user), pk)
    form = QualityForm(sample, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, form, UNPROCESSABLE if form.is_bound else 200)
    if form.clashes(request.POST.get("seen", "")):
        return _show(request, form, CONFLICT)
    form.save(timezone.localdate())
    said = "The checklist is complete." if sample.quality_checked_on else "Your answers are saved."
    messages.success(request, said)
    return redirect(sample)


def _show(request: SignedInRequest, form: QualityForm, status: int) -> HttpResponse:
    """The checklist as it was filled in; saved again, its answers are about the sample as it is now."""
    sample = form.sample
    context = {
        "sample": sample,
        "form": form,
        "answered": sample.quality_answered(),
        "is_stale": status == CONFLICT,
        "latest": sample.files.first() if status == CONFLICT else None,
    }
    return render(request, "portfolio/quality.html", context, status=status)
