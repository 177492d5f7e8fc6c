"""Quick capture at a congress, and sorting later who was caught."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest, offer_undo, show_form
from networking.capturing import capture_of, last_place, remember_place, to_sort_of
from networking.doing import next_words
from networking.duplicates import duplicates_of
from networking.forms import CaptureForm, SortForm
from networking.locks import form_page_in_turn
from networking.models import Contact
from networking.views.contacts import get_contact

LISTED = 50


@form_page_in_turn
def capture(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    start = {"met_at": last_place(request.session, today)}
    data = request.POST if request.method == "POST" else None
    form = CaptureForm(data, instance=Contact(owner=request.user), initial=start, today=today)
    if not form.is_valid():
        return show_form(request, form, "networking/capture.html", {"to_sort": to_sort_of(request.user)})
    contact = form.save()
    remember_place(request.session, contact.met_at, today)
    _say_saved(request, contact)
    return redirect("networking:capture")


@require_safe
def sort(request: SignedInRequest) -> HttpResponse:
    """The first of those who wait, with a form; the others are one tap away."""
    return _show(request, Contact.objects.for_user(request.user).to_sort().first())


@form_page_in_turn
def contact_sort(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    if request.method != "POST":
        return _show(request, contact)
    form = SortForm(request.POST, instance=contact, today=timezone.localdate())
    if not form.is_valid():
        return _show(request, contact, form)
    form.save()
    messages.success(request, f"“{contact}” is sorted. {next_words(contact)}")
    return redirect("networking:sort")


def _show(request: SignedInRequest, contact: Contact | None, form: SortForm | None = None) -> HttpResponse:
    waiting = Contact.objects.for_user(request.user).to_sort().select_related("organisation")
    context: dict[str, Any] = {"to_sort": to_sort_of(request.user), "contact": contact}
    if contact is None:
        return render(request, "networking/sort.html", context)
    context |= {
        "others": waiting.exclude(pk=contact.pk)[:LISTED],
        "touch": contact.interactions.filter(trashed_at=None).latest_first().first(),
        "duplicates": duplicates_of(request.user, contact, contact.details.all()),
    }
    form = form or SortForm(instance=contact, today=timezone.localdate())
    return show_form(request, form, "networking/sort.html", context)


def _say_saved(request: SignedInRequest, contact: Contact) -> None:
    change = capture_of(contact)
    if change is None:  # caught, taken back and sent once more
        messages.success(request, f"Saved “{contact}”.")
        return
    offer_undo(request, change.text, f"{change.undo_url()}?next={reverse('networking:capture')}")
    if same := duplicates_of(request.user, contact, ()):
        url = f"{reverse('networking:merge', args=[same[0].pk])}?with={contact.pk}"
        text = "You seem to know “{}” already. <a href='{}'>Compare the two</a>"
        messages.info(request, format_html(text, contact, url))
