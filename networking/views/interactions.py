from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page, offer_undo
from networking.forms import InteractionForm, TouchForm
from networking.models import Contact, Interaction
from networking.views.contacts import about, get_contact


@form_page
def interaction_create(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    touch = Interaction(owner=request.user, contact=contact)
    data = request.POST if request.method == "POST" else None
    form = TouchForm(data, instance=touch, today=timezone.localdate())
    if form.is_valid():
        form.save()
        messages.success(request, f"Logged a touch with “{contact}”.")
        return redirect(contact)
    return _show(request, form, contact)


@form_page
def interaction_update(request: SignedInRequest, pk: int) -> HttpResponse:
    touch = _get_touch(request, pk)
    data = request.POST if request.method == "POST" else None
    form = InteractionForm(data, instance=touch, today=timezone.localdate())
    if form.is_valid():
        form.save()
        messages.success(request, "Saved the touch.")
        return redirect(touch)
    return _show(request, form, touch.contact)


@form_page
def interaction_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    touch = _get_touch(request, pk)
    if request.method == "POST":
        touch.trash()
        touch.contact.recount_last_touch()
        undo = reverse("networking:interaction-restore", args=[pk])
        offer_undo(request, f"Moved “{touch}” to the trash.", undo)
        return redirect(touch)
    context = {"object": touch, "goes_with": [], "cancel_url": touch.get_absolute_url()}
    return render(request, "confirm_delete.html", context)


@require_POST
@transaction.atomic
def interaction_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    trashed = Interaction.objects.trashed(request.user).select_related("contact")
    touch = get_object_or_404(trashed.select_for_update(of=("self",)), pk=pk)
    if touch.contact.trashed_at:
        messages.warning(request, f"Put “{touch.contact}” back first: this touch belongs there.")
        return redirect("networking:trash")
    touch.restore()
    touch.contact.recount_last_touch()
    messages.success(request, f"“{touch}” is back.")
    return redirect(touch)


def _get_touch(request: SignedInRequest, pk: int) -> Interaction:
    touches = Interaction.objects.for_user(request.user).select_related("contact__organisation")
    if request.method == "POST":
        touches = touches.select_for_update(of=("self",))
    return get_object_or_404(touches.filter(contact__trashed_at=None), pk=pk)


def _show(request: SignedInRequest, form: InteractionForm, contact: Contact) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, **about(contact)}
    return render(request, "networking/touch_form.html", context, status=status)
