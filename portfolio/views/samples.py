"""The pages of samples: the list, one sample, its forms and the trash."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cmetrack.http import (
    SignedInRequest,
    form_page,
    offer_undo,
    own_or_404,
    page_of,
    render_page,
    save_or_show,
)
from portfolio.filters import SampleFilters, SampleStart
from portfolio.forms import NewSampleForm, SampleChangeForm
from portfolio.models import PrivateShowing, Sample, ShareLink
from portfolio.seen_by import who_sees
from portfolio.views.one_sample import in_rows, own_samples, show_sample, states_with_meanings


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    samples = Sample.objects.for_user(request.user)
    filters = SampleFilters.read(request.GET, samples=samples)
    page = page_of(request, filters.apply(samples).listed())
    rows = in_rows(page, timezone.localdate())
    context = {"filters": filters, "page": page, "rows": rows, "states": states_with_meanings()}
    return render_page(request, "portfolio/index.html", context, partial="fragment")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    sample = Sample(owner=request.user)
    if request.method == "POST":
        form = NewSampleForm(request.POST, request.FILES, instance=sample)
    else:
        form = NewSampleForm(instance=sample, initial=SampleStart(request.GET).values())
    return save_or_show(request, form, "portfolio/form.html")


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    return show_sample(request, sample)


@form_page
def update(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    form = SampleChangeForm(request.POST if request.method == "POST" else None, instance=sample)
    pages = ShareLink.objects.for_user(request.user).live(timezone.localdate()).naming(sample)
    return save_or_show(request, form, "portfolio/form.html", {"sample": sample, "pages": pages})


@form_page
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    if request.method == "POST":
        sample.trash()
        offer_undo(request, f"Moved “{sample}” to the trash.", sample.restore_url)
        return redirect("portfolio:index")
    context = {
        "object": sample,
        "goes_with": _files_in_words(sample),
        "readers": who_sees(request.user, sample, timezone.localdate()),
        "cancel_url": sample.get_absolute_url(),
    }
    return render(request, "confirm_delete.html", context)


@require_POST
@transaction.atomic
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    # Of any state, so that a second click finds it too.
    sample = own_or_404(request, Sample.objects.trashed_or_not(request.user), pk)
    sample.restore()
    messages.success(request, f"“{sample}” is back.")
    return redirect(sample)


@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, Sample.objects.trashed(request.user).listed())
    showings = PrivateShowing.objects.trashed(request.user).with_live_sample().select_related("sample")
    now = timezone.now()
    context = {
        "page": page,
        "rows": [(sample, sample.days_left(now)) for sample in page],
        "showings": [(showing, showing.days_left(now)) for showing in showings],
    }
    return render(request, "portfolio/trash.html", context)


def _files_in_words(sample: Sample) -> list[str]:
    return [f"version {file.version}: {file.name}" for file in sample.files.all()]
