"""Half a request is no request: what breaks off on its way is refused, never taken for a shorter one."""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from django.core.exceptions import BadRequest

type Environment = dict[str, Any]
type Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


class WholeRequests:
    """WSGI middleware. Django reads a form that ends too early as if its last file ended there."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environment.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            environment["wsgi.input"] = _Announced(environment["wsgi.input"], int(length))
        return self.application(environment, start_response)


class _Announced:
    """A body of which we know how long it will be."""

    def __init__(self, body: BinaryIO, length: int) -> None:
        self._body = body
        self._missing = length

    def read(self, size: int = -1) -> bytes:
        return self._counted(self._body.read(self._missing if size < 0 else size), size)

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self._body.readline(self._missing if size < 0 else size), size)

    def _counted(self, data: bytes, size: int) -> bytes:
        self._missing -= len(data)
        if not data and size and self._missing > 0:
            raise BadRequest("The request broke off before its end.")
        return data
