"""Half a request is no request: what breaks off on its way is refused, never taken for a shorter one.

Django reads a form that ends too early as if nothing had followed: of two files one would be kept.
"""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

type Environment = dict[str, Any]
type Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

BROKE_OFF = "cmetrack.broke_off"


class WholeRequests:
    """Around the WSGI application: notes when a body ends before the length that was announced."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environment["wsgi.input"] = _Announced(environment["wsgi.input"], environment)
        return self.application(environment, start_response)


class _Announced:
    """A body whose length we were told."""

    def __init__(self, body: BinaryIO, environment: Environment) -> None:
        self._body = body
        self._environment = environment
        announced = environment.get("CONTENT_LENGTH") or ""
        self._missing = int(announced) if announced.isdecimal() else 0

    def read(self, size: int) -> bytes:
        data = self._body.read(size)
        self._missing -= len(data)
        # A server gives as much as it was asked for, unless there is no more.
        if len(data) < size and self._missing > 0:
            self._environment[BROKE_OFF] = True
        return data

    def readline(self, size: int = -1) -> bytes:
        """Part of what WSGI promises; Django reads forms by `read`."""
        line = self._body.readline(size)
        self._missing -= len(line)
        return line


class WholeRequestMiddleware:
    """Refuses a noted request before any view sees it. Stands after the CSRF check, which reads the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if request.META.get(BROKE_OFF):
            raise BadRequest("The request broke off before its end.")
