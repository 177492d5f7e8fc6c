"""Who is a reader of a page for strangers: neither its owner nor a program."""

import re

from django.http import HttpRequest

# Programs that fetch a page for a preview, an index or a check of mail. CUBOT makes phones.
MACHINES = re.compile(
    r"(?<!cu)bot|crawl|spider|preview|scan|slurp|facebookexternalhit|whatsapp|curl|wget|python-requests",
    re.IGNORECASE,
)


def is_a_reader(request: HttpRequest, owner_id: int) -> bool:
    """Whether `request` is somebody looking at a page of this owner: a GET, by another person's browser."""
    return is_fetched(request, owner_id) and not MACHINES.search(request.headers.get("User-Agent", ""))


def is_fetched(request: HttpRequest, owner_id: int) -> bool:
    """Whether what is asked for leaves us, for anybody but the owner: a file that left has been shown."""
    return request.method == "GET" and request.user.pk != owner_id
