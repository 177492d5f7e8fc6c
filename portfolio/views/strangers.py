"""What every page for people without an account has in common."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

KEPT_PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def for_strangers[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """A page behind a secret address: no account needed, and nobody indexes, keeps or passes it on."""

    @login_not_required
    # The address is the whole right to write here: whoever could forge a request knows it already.
    # And a browser that is told to send no referrer sends no origin that could be checked either.
    @csrf_exempt
    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        response = view(*args, **kwargs)
        for name, value in KEPT_PRIVATE.items():
            response.headers.setdefault(name, value)
        return response

    return cast(Callable[P, R], wrapped)
