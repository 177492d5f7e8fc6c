"""Checks the addresses of the resources: their form always, whether they answer only with a network."""

from datetime import date
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from milestones.models import Resource

# Seconds.
TIMEOUT = 10
# Some sites turn away a client without a name.
HEADERS = {"User-Agent": "Mozilla/5.0 (CMEtrack link check)"}


def is_later_check(told: Resource, known: Resource) -> bool:
    """Whether `told` tells of a later check; a look at the form says less than an address that answered."""
    if told.checked_on is None:
        return False
    before = known.checked_on or date.min
    if told.was_opened != known.was_opened:
        return told.was_opened and told.checked_on >= before
    return told.checked_on > before


def malformed(resource: Resource) -> str:
    """What is wrong with the form of the address, empty when nothing is."""
    try:
        parts = urlsplit(resource.url)
    except ValueError:
        return "cannot be read as an address"
    if parts.scheme not in ("http", "https"):
        return "does not begin with https:// or http://"
    if "." not in parts.netloc or " " in resource.url:
        return "names no site that could answer"
    return ""


def dead(resource: Resource) -> str:
    """What is wrong when somebody opens the address, empty when it answers."""
    # Only addresses whose form was checked come here, so no local file is opened.
    request = Request(resource.url, headers=HEADERS)  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310
            return ""
    except HTTPError as error:
        return f"answers {error.code}"
    except (OSError, HTTPException) as error:
        return f"does not answer ({error})"
