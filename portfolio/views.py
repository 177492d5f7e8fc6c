"""The pages of the portfolio: the list, a sample, its files, the catalogue and the trash."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cmetrack.http import (
    UNPROCESSABLE,
    SignedInRequest,
    form_page,
    offer_undo,
    page_of,
    render_page,
    save_or_show,
)
from portfolio.filters import SampleFilters, SampleStart
from portfolio.forms import FilesForm, SampleForm
from portfolio.models import Format, Sample


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    samples = Sample.objects.for_user(request.user)
    filters = SampleFilters(request.GET, samples=samples)
    page = page_of(request, filters.apply().listed())
    context = {"filters": filters, "page": page}
    return render_page(request, "portfolio/index.html", context, partial="results")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    sample = Sample(owner=request.user)
    if request.method == "POST":
        form = SampleForm(request.POST, request.FILES, instance=sample)
    else:
        form = SampleForm(instance=sample, initial=SampleStart(request.GET).values())
    return save_or_show(request, form, "portfolio/form.html")


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _get_sample(request, pk)
    return _show(request, sample, FilesForm(sample=sample))


@form_page
def update(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _get_sample(request, pk)
    form = SampleForm(request.POST if request.method == "POST" else None, instance=sample)
    return save_or_show(request, form, "portfolio/form.html", {"sample": sample})


@require_POST
@transaction.atomic
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _get_sample(request, pk)
    status = request.POST.get("status", "")
    if status in Sample.Status.values:
        sample.move(status)
        messages.success(request, f"“{sample}” is now: {sample.get_status_display().lower()}.")
    else:
        messages.error(request, "Choose one of the five states.")
    return redirect(sample)


@form_page
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _get_sample(request, pk)
    if request.method == "POST":
        sample.trash()
        offer_undo(request, f"Moved “{sample}” to the trash.", reverse("portfolio:restore", args=[pk]))
        return redirect("portfolio:index")
    context = {
        "object": sample,
        "goes_with": _files_in_words(sample),
        "cancel_url": sample.get_absolute_url(),
    }
    return render(request, "confirm_delete.html", context)


@require_POST
@transaction.atomic
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    mine = Sample.objects.filter(owner=request.user).select_for_update()
    sample = get_object_or_404(mine, pk=pk)
    sample.restore()
    messages.success(request, f"“{sample}” is back.")
    return redirect(sample)


@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, Sample.objects.trashed(request.user).listed())
    now = timezone.now()
    rows = [(sample, sample.days_left(now)) for sample in page]
    return render(request, "portfolio/trash.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def file_create(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _get_sample(request, pk, lock=False)
    if request.method != "POST":
        return _show(request, sample, FilesForm(sample=sample))
    form = FilesForm(request.POST, request.FILES, sample=sample)
    if not form.is_valid():
        return _show(request, sample, form)
    for file in form.save():
        messages.success(request, f"Saved “{file}” as version {file.version}.")
    if sample.permission in Sample.GRANTED:
        messages.info(request, "The file changed: check that the permission you were given still covers it.")
    return redirect(sample)


@require_safe
def file_download(request: SignedInRequest, pk: int, file_pk: int) -> FileResponse:
    file = get_object_or_404(_get_sample(request, pk).files, pk=file_pk)
    try:
        content = file.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file is missing from storage.") from missing
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    # Should a browser open it after all, it can do nothing there.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@form_page
def file_delete(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    sample = _get_sample(request, pk)
    file = get_object_or_404(sample.files, pk=file_pk)
    if request.method == "POST":
        file.remove()
        messages.success(request, f"Deleted version {file.version}, “{file}”.")
        return redirect(sample)
    return render(request, "portfolio/file_delete.html", {"sample": sample, "file": file})


@require_safe
def formats(request: SignedInRequest) -> HttpResponse:
    offered = list(Format.objects.offered().with_counts(request.user))
    groups = [
        ("In demand", "What hiring editors say they need most.", [f for f in offered if f.is_in_demand]),
        ("More deliverables", "", [f for f in offered if not f.is_in_demand and not f.is_portfolio_only]),
        (
            "For your portfolio only",
            "Shown as a sample, never commissioned.",
            [f for f in offered if f.is_portfolio_only],
        ),
    ]
    return render(request, "portfolio/formats.html", {"groups": groups})


def _get_sample(request: SignedInRequest, pk: int, *, lock: bool | None = None) -> Sample:
    """The user's sample; locked while a POST changes it, so that no other change slips in between."""
    samples = Sample.objects.for_user(request.user).select_related("format")
    if lock if lock is not None else request.method == "POST":
        samples = samples.select_for_update(of=("self",))
    return get_object_or_404(samples, pk=pk)


def _show(request: SignedInRequest, sample: Sample, form: FilesForm) -> HttpResponse:
    """The page of a sample, with the form for its files as it stands (422 if that was refused)."""
    moves = [(status, label) for status, label in Sample.Status.choices if status != sample.status]
    context = {"sample": sample, "files": sample.files.all(), "form": form, "moves": moves}
    return render(request, "portfolio/detail.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _files_in_words(sample: Sample) -> list[str]:
    return [f"version {file.version}: {file.name}" for file in sample.files.all()]
