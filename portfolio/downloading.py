"""Hands a stored file out, as an attachment that can do nothing. Whether it may be had is asked before."""

from django.http import FileResponse, Http404

from portfolio.models import SampleFile

DOWNLOAD_HEADERS = {
    # Else the middleware compresses it: a waste on what is compressed already, and it takes away the
    # length, so that no browser can tell how far the download is.
    "Content-Encoding": "identity",
    # Should a browser open it after all, it can do nothing there.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def download_or_404(file: SampleFile, name: str) -> FileResponse:
    """As `download`, for people who need not know what has become of a file."""
    try:
        return download(file, name)
    except FileNotFoundError as missing:
        raise Http404("The file is missing from storage.") from missing


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
