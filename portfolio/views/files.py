"""The files of a sample: adding versions, handing them to their owner, deleting them."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cmetrack.http import SignedInRequest, form_page, own_or_404
from portfolio.downloading import download
from portfolio.forms import FilesForm
from portfolio.views.one_sample import own_samples, show_sample


@require_http_methods(["GET", "HEAD", "POST"])
def file_create(request: SignedInRequest, pk: int) -> HttpResponse:
    # Not locked: a large upload would keep every other writer waiting.
    sample = get_object_or_404(own_samples(request), pk=pk)
    if request.method != "POST":
        return show_sample(request, sample, FilesForm(sample=sample))
    form = FilesForm(request.POST, request.FILES, sample=sample)
    if not form.is_valid():
        return show_sample(request, sample, form)
    for file in form.save():
        messages.success(request, f"Saved “{file}” as version {file.version}.")
    if sample.is_permission_granted:
        messages.info(request, "The file changed: check that the permission you were given still covers it.")
    return redirect(sample)


@require_safe
def file_download(request: SignedInRequest, pk: int, file_pk: int) -> FileResponse:
    file = get_object_or_404(own_or_404(request, own_samples(request), pk).files, pk=file_pk)
    return download(file)


@form_page
def file_delete(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    file = get_object_or_404(sample.files, pk=file_pk)
    if request.method == "POST":
        file.remove()
        messages.success(request, f"Deleted version {file.version}, “{file}”.")
        return redirect(sample)
    return render(request, "portfolio/file_delete.html", {"sample": sample, "file": file})
