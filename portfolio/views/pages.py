"""What strangers see: a page that was shared with them, and the files on it."""

from base64 import b64encode
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.timezones import today_of
from cmetrack.http import TOO_MANY, UNPROCESSABLE
from cmetrack.secret_addresses import for_strangers, policy_without_scripts
from portfolio.downloading import download_or_404
from portfolio.forms import PasswordForm
from portfolio.gate import is_open, is_right, let_in, may_try
from portfolio.models import ShareLink
from portfolio.readers import is_a_reader
from portfolio.sharing import count_look, file_on_show, shown_items

PICTURE = "img/shared-page.png"
DESCRIPTION = "Samples of continuing medical education writing."
# The page comes in one piece. Its style may stand in it because the policy names its very fingerprint.
STYLE = (settings.BASE_DIR / "static" / "css" / "share.css").read_text(encoding="utf-8")
_FINGERPRINT = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = policy_without_scripts(f"'sha256-{_FINGERPRINT}'")


@for_strangers
@csp_override(POLICY)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, address: str) -> HttpResponse:
    link = _live_or_404(address)
    if not is_open(link, request):
        return _at_the_gate(request, link)
    if request.method == "POST":
        return redirect(link.public_url)
    if is_a_reader(request, link.owner_id):
        count_look(link, today_of(link.owner))
    writer = link.owner
    context = {
        "link": link,
        "writer": writer,
        "items": shown_items(link),
        "address": request.build_absolute_uri(link.public_url),
        # For whoever previews the page; the page itself does not load it.
        "picture": request.build_absolute_uri(static(PICTURE)),
        "description": " ".join((link.introduction or writer.headline or DESCRIPTION).split()),
    }
    return _answer(request, link, "sharing/page.html", context)


@for_strangers
@require_safe
def page_file(request: HttpRequest, address: str, item_pk: int) -> HttpResponseBase:
    link = _live_or_404(address)
    file = file_on_show(link, item_pk) if is_open(link, request) else None
    if file is None:
        raise Http404
    return download_or_404(file)


def _live_or_404(address: str) -> ShareLink:
    """The page, or the same 404 for an address that was closed, has run out or never was."""
    links = ShareLink.objects.addressed(address).select_related("owner").filter(owner__is_active=True)
    link = links.first()
    if link is None or not link.is_live(today_of(link.owner)):
        raise Http404
    return link


def _at_the_gate(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """Asks for the password; the right one leads back to the page."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not may_try(link, get_adapter().get_client_ip(request)):
        return _answer(request, link, "sharing/pause.html", {}, TOO_MANY)
    if form.is_valid():
        if is_right(link, form.cleaned_data["password"]):
            response = redirect(link.public_url)
            let_in(link, response, is_secure=request.is_secure())
            return response
        form.add_error("password", "That is not the password. Check it with whoever sent you here.")
    status = UNPROCESSABLE if form.is_bound else 200
    return _answer(request, link, "sharing/password.html", {"form": form}, status)


def _answer(
    request: HttpRequest, link: ShareLink, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    # Our own file, with nothing of anybody's in it.
    context["style"] = mark_safe(STYLE)  # noqa: S308
    response = render(request, template, context, status=status)
    if link.is_listed:
        response["X-Robots-Tag"] = "all"
    return response
