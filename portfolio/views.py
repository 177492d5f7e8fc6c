"""The pages of the portfolio: the list, a sample, its files, the catalogue and the trash."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cmetrack.http import (
    UNPROCESSABLE,
    SignedInRequest,
    form_page,
    offer_undo,
    own_or_404,
    page_of,
    render_page,
    save_or_show,
)
from portfolio.filters import SampleFilters, SampleStart
from portfolio.forms import FilesForm, SampleForm
from portfolio.models import Format, Sample
from portfolio.models.samples import SampleQuerySet
from portfolio.showing import obstacles

DOWNLOAD_HEADERS = {
    # Else the middleware compresses it: a waste on what is compressed already, and it takes away the
    # length, so that no browser can tell how far the download is.
    "Content-Encoding": "identity",
    # Should a browser open it after all, it can do nothing there.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
SHELF_LEADS = {
    Format.Shelf.IN_DEMAND: "What hiring editors say they need most.",
    Format.Shelf.PORTFOLIO_ONLY: "Shown as a sample, never commissioned.",
}


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    samples = Sample.objects.for_user(request.user)
    filters = SampleFilters.read(request.GET, samples=samples)
    page = page_of(request, filters.apply(samples).listed())
    context = {"filters": filters, "page": page}
    return render_page(request, "portfolio/index.html", context, partial="fragment")


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
    sample = own_or_404(request, _samples(request), pk)
    return _show(request, sample, FilesForm(sample=sample))


@form_page
def update(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, _samples(request), pk)
    form = SampleForm(request.POST if request.method == "POST" else None, instance=sample)
    return save_or_show(request, form, "portfolio/form.html", {"sample": sample})


@require_POST
@transaction.atomic
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, _samples(request), pk)
    status = request.POST.get("status", "")
    if status in Sample.Status.values:
        sample.move(status)
        messages.success(request, f"“{sample}” is now: {sample.get_status_display().lower()}.")
    else:
        messages.error(request, "Choose one of the five states.")
    return redirect(sample)


@form_page
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, _samples(request), pk)
    if request.method == "POST":
        sample.trash()
        offer_undo(request, f"Moved “{sample}” to the trash.", sample.restore_url)
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
    # Of any state, so that a second click finds it too.
    sample = own_or_404(request, Sample.objects.trashed_or_not(request.user), pk)
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
    # Not locked: a large upload would keep every other writer waiting.
    sample = get_object_or_404(_samples(request), pk=pk)
    if request.method != "POST":
        return _show(request, sample, FilesForm(sample=sample))
    form = FilesForm(request.POST, request.FILES, sample=sample)
    if not form.is_valid():
        return _show(request, sample, form)
    for file in form.save():
        messages.success(request, f"Saved “{file}” as version {file.version}.")
    if sample.is_permission_granted:
        messages.info(request, "The file changed: check that the permission you were given still covers it.")
    return redirect(sample)


@require_safe
def file_download(request: SignedInRequest, pk: int, file_pk: int) -> FileResponse:
    file = get_object_or_404(own_or_404(request, _samples(request), pk).files, pk=file_pk)
    try:
        content = file.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file is missing from storage.") from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
        headers=DOWNLOAD_HEADERS,
    )


@form_page
def file_delete(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    sample = own_or_404(request, _samples(request), pk)
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
        (shelf.label, SHELF_LEADS.get(shelf, ""), [format_ for format_ in offered if format_.shelf == shelf])
        for shelf in Format.Shelf
    ]
    return render(request, "portfolio/formats.html", {"groups": groups})


def _samples(request: SignedInRequest) -> SampleQuerySet:
    return Sample.objects.for_user(request.user).select_related("format")


def _show(request: SignedInRequest, sample: Sample, form: FilesForm) -> HttpResponse:
    """The page of a sample, with the form for its files as it stands (422 if that was refused)."""
    moves = [(status, label) for status, label in Sample.Status.choices if status != sample.status]
    context = {
        "sample": sample,
        "files": sample.files.all(),
        "form": form,
        "moves": moves,
        "obstacles": obstacles(sample),
    }
    return render(request, "portfolio/detail.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _files_in_words(sample: Sample) -> list[str]:
    return [f"version {file.version}: {file.name}" for file in sample.files.all()]
