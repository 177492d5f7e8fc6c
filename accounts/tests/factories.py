"""Sentences that tests about accounts share."""

import re

from conftest import PASSWORD

HUGE = "x" * 100_000


def signup_data(**fields) -> dict[str, str]:
    return {"email": "carol@example.org", "password1": PASSWORD, **fields}


def link_in(mail) -> str:
    """The path of the first link in a mail."""
    return re.search(r"http://testserver(/accounts/\S+)", mail.body)[1]


def profile_data(**fields) -> dict[str, str]:
    return {"time_zone": "UTC", **fields}
