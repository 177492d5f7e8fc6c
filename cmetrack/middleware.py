"""How every request is read and every answer is kept private."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from cmetrack.http import path_on_this_site

type Answer = Callable[[HttpRequest], HttpResponse]


class Utf8Middleware:
    """Reads every request as UTF-8, as our pages send it.

    Django would decode it with whatever charset the Content-Type names, also one that no text can
    be in; it then fails while showing the error as well.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


class PrivateCacheMiddleware:
    """Keeps a signed-in person's pages out of every shared cache, and asks again after signing out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Who is there is asked last: a page that says itself how long it is kept may do without a database.
        if "Cache-Control" not in response and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-cache"
        return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Send to sign-in and then back to the page, never to a fragment or a button's address."""
        login = redirect_to_login(_page(request), self.get_login_url(view_func))
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(login.url)
        return login


def _page(request: HttpRequest) -> str:
    if request.headers.get("HX-Request") == "true":
        return path_on_this_site(request, request.headers.get("HX-Current-URL", ""))
    if request.method not in {"GET", "HEAD"}:
        return path_on_this_site(request, request.headers.get("Referer", ""))
    return request.get_full_path()
