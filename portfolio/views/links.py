"""Where their owner makes, watches over and closes the pages that strangers see."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import SignedInRequest, form_page, own_or_404, page_of, save_or_show
from portfolio.forms import ShareLinkForm
from portfolio.looks import looks_of
from portfolio.models import Sample, ShareItem, ShareLink
from portfolio.placing import placed_items, publish
from portfolio.sharing import move_item


@require_safe
def link_index(request: SignedInRequest) -> HttpResponse:
    links = ShareLink.objects.for_user(request.user)
    page = page_of(request, links.annotate(samples=Count("items")).order_by("-created_at", "-pk"))
    looks = dict(links.values_list("pk").annotate(Sum("days__count")))
    today = timezone.localdate()
    rows = [(link, link.state(today), looks.get(link.pk) or 0) for link in page]
    return render(request, "portfolio/link_index.html", {"page": page, "rows": rows})


@form_page
def link_create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, ShareLink(owner=request.user))


@require_safe
def link_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    link = _get_link(request, pk)
    today = timezone.localdate()
    context = {
        "link": link,
        "state": link.state(today),
        "is_live": link.is_live(today),
        "address": request.build_absolute_uri(link.public_url),
        "items": placed_items(link),
        "looks": looks_of(link, today),
    }
    return render(request, "portfolio/link_detail.html", context)


@form_page
def link_update(request: SignedInRequest, pk: int) -> HttpResponse:
    link = _get_link(request, pk)
    if link.revoked_at:
        messages.info(request, "This page is closed. Make a new one: it gets a new address.")
        return redirect(link)
    return _edit(request, link)


@form_page
def link_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    link = _get_link(request, pk)
    if request.method == "POST":
        link.revoke(timezone.now())
        messages.success(request, f"“{link}” is closed. {_of_its_address(link)}")
        return redirect(link)
    return render(request, "portfolio/link_revoke.html", {"link": link})


@require_POST
@transaction.atomic
def link_up(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    return _move(request, pk, item_pk, -1)


@require_POST
@transaction.atomic
def link_down(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    return _move(request, pk, item_pk, 1)


@require_POST
@transaction.atomic
def link_publish(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _get_item(request, pk, item_pk)
    refusal = publish(item, request.POST.get("file", ""))
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, f"The page now shows the newest version of “{item.sample}”.")
    return redirect(f"{item.link.get_absolute_url()}#items")


def _of_its_address(link: ShareLink) -> str:
    if link.former_name:
        return "Its address leads nowhere until you give its name to a new page."
    return "Its address leads nowhere from now on."


def _get_link(request: SignedInRequest, pk: int) -> ShareLink:
    return own_or_404(request, ShareLink.objects.for_user(request.user), pk)


def _get_item(request: SignedInRequest, pk: int, item_pk: int) -> ShareItem:
    """A place on a page, locked with the page and the sample, in this order.

    Whoever edits the page or deletes a version locks in this order too: two that each had what the other
    waits for would never end.
    """
    link = _get_link(request, pk)
    places = ShareItem.objects.for_user(request.user).filter(link=link)
    sample_pk = get_object_or_404(places, pk=item_pk).sample_id
    sample = own_or_404(request, Sample.objects.trashed_or_not(request.user), sample_pk)
    item = own_or_404(request, places, item_pk)
    item.link, item.sample = link, sample
    return item


def _move(request: SignedInRequest, pk: int, item_pk: int, by: int) -> HttpResponse:
    item = _get_item(request, pk, item_pk)
    if item.link.revoked_at:
        messages.error(request, "This page is closed: its order stays as it was.")
    else:
        move_item(item, by)
    return redirect(f"{item.link.get_absolute_url()}#items")


def _edit(request: SignedInRequest, link: ShareLink) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    # A sample's page leads here with that sample chosen.
    initial = {"samples": request.GET.getlist("sample")} if link.pk is None else None
    form = ShareLinkForm(data, instance=link, initial=initial, today=timezone.localdate())
    return save_or_show(request, form, "portfolio/link_form.html", {"link": link})
