from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest, own_or_404, show_form
from networking.doing import next_words
from networking.forms import InteractionForm, TouchForm
from networking.locks import form_page_in_turn, lock_contact_of
from networking.models import Contact, Interaction
from networking.planning import recount
from networking.views.contacts import about, get_contact
from networking.views.prefill import prefilled
from networking.views.trash import put_back, trash_with_undo, trashable_or_404


@form_page_in_turn
def interaction_create(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    touch = Interaction(owner=request.user, contact=contact)
    data = request.POST if request.method == "POST" else None
    form = TouchForm(data, instance=touch, initial=prefilled(request, TouchForm), today=timezone.localdate())
    if form.is_valid():
        form.save()
        messages.success(request, f"Logged a touch with “{contact}”. {next_words(contact)}")
        _warn(request, form)
        return redirect(contact)
    return _show(request, form, contact)


@form_page_in_turn
def interaction_update(request: SignedInRequest, pk: int) -> HttpResponse:
    mine = Interaction.objects.for_user(request.user).with_live_contact()
    lock_contact_of(request, pk)
    touch = own_or_404(request, mine.select_related("contact__organisation"), pk)
    data = request.POST if request.method == "POST" else None
    form = InteractionForm(data, instance=touch, today=timezone.localdate())
    if form.is_valid():
        form.save()
        messages.success(request, "Saved the touch.")
        _warn(request, form)
        return redirect(touch)
    return _show(request, form, touch.contact)


@form_page_in_turn
def interaction_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    touches = Interaction.objects.with_live_contact().select_related("contact")
    lock_contact_of(request, pk)
    touch = trashable_or_404(request, touches, pk)
    if request.method == "POST":
        trash_with_undo(request, touch)
        recount(touch.contact)
        return redirect(touch)
    context = {"object": touch, "goes_with": [], "cancel_url": touch.get_absolute_url()}
    return render(request, "confirm_delete.html", context)


@require_POST
@form_page_in_turn
def interaction_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    lock_contact_of(request, pk)
    touch = trashable_or_404(request, Interaction.objects.select_related("contact"), pk)
    if touch.contact.trashed_at:
        messages.warning(request, f"Put “{touch.contact}” back first: this touch belongs there.")
        return redirect("networking:trash")
    put_back(request, touch)
    recount(touch.contact)
    return redirect(touch)


def _warn(request: SignedInRequest, form: InteractionForm) -> None:
    if form.warning:
        messages.warning(request, form.warning)


def _show(request: SignedInRequest, form: InteractionForm, contact: Contact) -> HttpResponse:
    return show_form(request, form, "networking/touch_form.html", about(contact))
