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


def download(file: SampleFile, name: str = "") -> FileResponse:
    """The file as an answer, under `name` or the one it came with; a 404 if it is gone from storage."""
    try:
        content = file.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file is missing from storage.") from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=name or file.name,
        content_type=file.content_type,
        headers=DOWNLOAD_HEADERS,
    )
