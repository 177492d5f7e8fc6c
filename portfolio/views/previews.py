"""Looking inside a version without opening it: its pages as pictures, or its words."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest, own_or_404
from portfolio.models import SampleFile
from portfolio.previews import CONTENT_TYPE, NoPictureError, draw_page, words_of
from portfolio.views.one_sample import own_samples

PICTURE_HEADERS = {
    "Content-Disposition": "inline",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    # A version never changes. An hour only, so that it does not outlive signing out for long.
    "Cache-Control": "private, max-age=3600, immutable",
}


@require_safe
def file_pages(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    file = _own_file(request, pk, file_pk)
    context = {"sample": file.sample, "file": file, "words": words_of(file)}
    return render(request, "portfolio/file_pages.html", context)


@require_safe
def file_preview(request: SignedInRequest, pk: int, file_pk: int, page: int) -> HttpResponse:
    try:
        picture = draw_page(_own_file(request, pk, file_pk), page)
    except NoPictureError as problem:
        raise Http404(str(problem)) from problem
    return HttpResponse(picture, CONTENT_TYPE, headers=PICTURE_HEADERS)


def _own_file(request: SignedInRequest, pk: int, file_pk: int) -> SampleFile:
    sample = own_or_404(request, own_samples(request), pk)
    file: SampleFile = get_object_or_404(sample.files.select_related("sample"), pk=file_pk)
    return file
