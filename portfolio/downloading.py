"""Hands a stored file out, as an attachment that can do nothing. Whether it may be had is asked before."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.utils.text import slugify

from portfolio.models import SampleFile

LONGEST_NAME = 60
DOWNLOAD_HEADERS = {
    # Else the middleware compresses it: a waste on what is compressed already, and it takes away the
    # length, so that no browser can tell how far the download is.
    "Content-Encoding": "identity",
    # Should a browser open it after all, it can do nothing there.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def download_or_404(file: SampleFile) -> FileResponse:
    """As `download`, for people who need not know what has become of a file, nor what it was called."""
    try:
        return download(file, outward_name(file))
    except FileNotFoundError as missing:
        raise Http404("The file is missing from storage.") from missing


def outward_name(file: SampleFile) -> str:
    """What others save a file as. Its own name may tell whose work it was, and stays here."""
    return f"{slugify(file.sample.title)[:LONGEST_NAME] or 'sample'}{PurePath(file.name).suffix.lower()}"


def download(file: SampleFile, name: str = "") -> FileResponse:
    """The file as an answer, under `name` or the one it came with.

    Raises FileNotFoundError if it is gone from storage.
    """
    content = file.file.open("rb")
    return FileResponse(
        content,
        as_attachment=True,
        filename=name or file.name,
        content_type=file.content_type,
        headers=DOWNLOAD_HEADERS,
    )
