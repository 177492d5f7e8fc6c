"""Who is a reader of a page for strangers: neither its owner nor a program."""

from django.http import HttpRequest

# Programs that fetch a page for a preview, an index or a check of mail are no readers.
MACHINES = (
    "bot",
    "crawl",
    "spider",
    "preview",
    "scan",
    "slurp",
    "facebookexternalhit",
    "whatsapp",
    "curl",
    "wget",
    "python-requests",
)


def is_a_reader(request: HttpRequest, owner_id: int) -> bool:
    """Whether `request` is somebody looking at a page of this owner: a GET, by another person's browser."""
    program = request.headers.get("User-Agent", "").lower()
    is_owner = request.user.pk == owner_id
    return request.method == "GET" and not is_owner and not any(word in program for word in MACHINES)
