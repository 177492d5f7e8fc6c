"""Bringing people along in a file, step by step: choose, look at the columns, look at the rows, confirm."""

from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cmetrack.http import SignedInRequest, form_page, own_or_404, page_of, show_form
from networking.forms import ColumnsForm, ImportForm
from networking.imports.looking import preview, progress_of, report
from networking.imports.undoing import take_back
from networking.imports.writing import write_some
from networking.models import ImportBatch
from networking.tasks import SECONDS, runs_apart, write_import

EXAMPLE = Path(__file__).parent.parent / "imports" / "example.csv"
EXAMPLE_ROWS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def import_index(request: SignedInRequest) -> HttpResponse:
    batch = ImportBatch(owner=request.user)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()), instance=batch)
    # Reading a large file takes seconds, in which nobody else should wait to write.
    if form.is_valid():
        with transaction.atomic():
            batch = form.save()
        return redirect(batch)
    page = page_of(request, ImportBatch.objects.for_user(request.user).latest_first())
    return show_form(request, form, "networking/import_index.html", {"page": page})


@require_safe
def import_example(request: SignedInRequest) -> FileResponse:
    return FileResponse(EXAMPLE.open("rb"), as_attachment=True, filename="people.csv")


@form_page
def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = own_or_404(request, ImportBatch.objects.for_user(request.user), pk)
    if batch.confirmed_at:
        return redirect(batch)
    data = request.POST if request.method == "POST" else None
    examples = list(batch.rows.pending().values_list("cells", flat=True)[:EXAMPLE_ROWS])
    form = ColumnsForm(data, instance=batch, examples=examples)
    if form.is_valid():
        form.save()
        return redirect("networking:import-preview", batch.pk)
    return show_form(request, form, "networking/import_columns.html", {"batch": batch})


@require_safe
def import_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _get_batch(request, pk)
    if batch.confirmed_at:
        return redirect(batch)
    look = preview(batch, timezone.localdate(), request.GET.get("list", ""), request.GET.get("page"))
    return render(request, "networking/import_preview.html", {"batch": batch, "look": look})


@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        batch = own_or_404(request, ImportBatch.objects.for_user(request.user), pk)
        is_first = batch.confirm(timezone.now())
    if is_first:
        write_import.enqueue(batch.pk)
    return redirect(batch)


@require_safe
def import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _get_batch(request, pk)
    if not batch.confirmed_at:
        return redirect(batch.next_step_url)
    if batch.is_being_written:
        context = {"batch": batch, "progress": progress_of(batch, timezone.now(), by_worker=runs_apart())}
        return render(request, "networking/import_progress.html", context)
    look = report(batch, request.GET.get("list", ""), request.GET.get("page"))
    return render(request, "networking/import_detail.html", {"batch": batch, "look": look})


@require_POST
def import_go_on(request: SignedInRequest, pk: int) -> HttpResponse:
    # Here and not as a task: this is asked for where no worker is, or where it has stopped.
    batch = _get_batch(request, pk)
    write_some(batch.pk, SECONDS)
    return redirect(batch)


@require_POST
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = take_back(_get_batch(request, pk).pk)
    messages.success(request, batch.undone_words)
    return redirect(batch)


@require_POST
@transaction.atomic
def import_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget a file. People who came with it stay; the list of its rows and its undo go."""
    batch = own_or_404(request, ImportBatch.objects.for_user(request.user), pk)
    if batch.is_being_written:
        messages.warning(request, f"“{batch}” is being written. Let it finish, then forget it.")
        return redirect(batch)
    batch.delete()
    messages.success(request, f"“{batch}” is forgotten.")
    return redirect("networking:import-index")


def _get_batch(request: SignedInRequest, pk: int) -> ImportBatch:
    """To read only: whoever changes it locks it."""
    return get_object_or_404(ImportBatch.objects.for_user(request.user), pk=pk)
