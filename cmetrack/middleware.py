"""Every page is private unless it says otherwise, and htmx is told so in its own way."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect


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
        return _path_on_this_site(request, request.headers.get("HX-Current-URL", ""))
    if request.method not in {"GET", "HEAD"}:
        return _path_on_this_site(request, request.headers.get("Referer", ""))
    return request.get_full_path()


def _path_on_this_site(request: HttpRequest, address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    if (parts.scheme, parts.netloc) != (request.scheme, request.get_host()):
        return "/"
    return parts._replace(scheme="", netloc="").geturl() or "/"
