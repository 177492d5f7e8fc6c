"""What views share: typed requests, whole page or fragment, saving a form, paging, Undo, the way back."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event
from django_htmx.middleware import HtmxDetails

from cmetrack.saving import NotSavedError, say_not_saved

if TYPE_CHECKING:
    from accounts.models import User
    from cmetrack.forms import OwnedModelForm

ROWS_PER_PAGE = 50
CONFLICT, UNPROCESSABLE, TOO_MANY = 409, 422, 429


class SignedInRequest(HttpRequest):
    """What a view behind the sign-in gets: a known user, and htmx's account of the request."""

    user: "User"
    htmx: HtmxDetails


def render_page(
    request: SignedInRequest, template: str, context: dict[str, Any], *, partial: str
) -> HttpResponse:
    """Render the whole page, or only its named partial when htmx asks for a fragment."""
    wants_fragment = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#{partial}" if wants_fragment else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def form_page[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view that shows a form and saves it, in one transaction; only showing it locks nobody out."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = cast(HttpRequest, args[0])
        with transaction.atomic() if request.method == "POST" else nullcontext():
            return view(*args, **kwargs)

    return cast(Callable[P, HttpResponse], wrapped)


def own_or_404[M: models.Model](request: HttpRequest, rows: models.QuerySet[M], pk: int) -> M:
    """The row with this key among `rows`, which are one person's; locked while a POST changes it."""
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows, pk=pk)


def save_or_show(
    request: SignedInRequest, form: "OwnedModelForm", template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Save a valid form and go to what it saved, or back for another; else show what was typed (422)."""
    if not form.is_valid():
        return show_form(request, form, template, context)
    try:
        saved = form.save()
    except NotSavedError as problem:
        say_not_saved(form, problem)
        response = show_form(request, form, template, context)
        response.status_code = problem.status
        return response
    messages.success(request, f"Saved “{saved}”.")
    return redirect(request.get_full_path() if request.POST.get("then") == "add" else saved)


def show_form(
    request: SignedInRequest, form: "OwnedModelForm", template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page to add or edit something: ready to type at once when it is new, 422 when it was refused."""
    if form.instance.pk is None and not form.is_bound:
        form.visible_fields()[0].field.widget.attrs["autofocus"] = True
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


def tell_saved(response: HttpResponse, form: "OwnedModelForm") -> HttpResponse:
    """Tell the page of a form that saves itself how that went; `static/js/autosave.js` listens."""
    if form.errors:
        response.status_code = UNPROCESSABLE
        return response
    return trigger_client_event(response, "saved", {"revision": form.instance.revision})


def page_of[M: models.Model](
    request: HttpRequest, rows: models.QuerySet[M], size: int = ROWS_PER_PAGE
) -> Page[M]:
    """The page of `rows` that ?page= names; a number out of range gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def offer_undo(request: HttpRequest, text: str, restore_url: str) -> None:
    """Show `text` as a toast with an Undo button that posts to `restore_url`."""
    messages.success(request, text, extra_tags=f"undo {restore_url}")


def offer_to_open(request: HttpRequest, text: str, url: str) -> None:
    """Show `text` as a toast with a link to the page it is about."""
    messages.success(request, text, extra_tags=f"open {url}")


def path_on_this_site(request: HttpRequest, address: str, otherwise: str = "/") -> str:
    """`address` without scheme and host when it is one of ours, else `otherwise`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    if (parts.scheme, parts.netloc) != (request.scheme, request.get_host()):
        return otherwise
    return parts._replace(scheme="", netloc="").geturl() or otherwise
