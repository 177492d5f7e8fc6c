"""What makes an address a secret: whoever has it may open the page behind it, and nobody passes it on."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.csp import CSP
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import page_not_found

KEPT_PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def new_token() -> str:
    """Something nobody can guess: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def policy_without_scripts(style: str) -> dict[str, list[str]]:
    """A content security policy under which nothing runs or comes from elsewhere; `style` names the style."""
    return {
        "default-src": [CSP.NONE],
        "style-src": [style],
        "img-src": [CSP.SELF],
        "form-action": [CSP.SELF],
        "base-uri": [CSP.NONE],
        "frame-ancestors": [CSP.NONE],
    }


def for_strangers[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A page behind a secret address: no account needed, and nobody indexes, keeps or passes it on.

    Stands outside whatever else decorates the view: an address that leads nowhere gets the ordinary page.
    """

    @login_not_required
    # The address is the whole right to write here: whoever could forge a request knows it already.
    # And a browser that is told to send no referrer sends no origin that could be checked either.
    @csrf_exempt
    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(*args, **kwargs)
        except Http404 as missing:
            # It may have been a secret until a moment ago, or become one again.
            response = page_not_found(cast(HttpRequest, args[0]), missing)
        for name, value in KEPT_PRIVATE.items():
            response.headers.setdefault(name, value)
        return response

    return cast(Callable[P, HttpResponseBase], wrapped)
