from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import (
    UNPROCESSABLE,
    SignedInRequest,
    own_or_404,
    page_of,
    render_page,
    save_or_show,
)
from networking.clock import History, Rules, next_move
from networking.due_rows import person_row
from networking.due_words import quiet_words
from networking.duplicates import duplicates_of, may_have_duplicates
from networking.forms import BulkForm, ContactFilter, ContactForm, TouchForm
from networking.histories import plan_of
from networking.locks import form_page_in_turn
from networking.merging import merged_away
from networking.models import Contact, Interaction, Opportunity
from networking.planning import clock_of
from networking.rows import opportunity_rows, person_rows, touch_rows
from networking.views.prefill import prefilled
from networking.views.trash import put_back, say_taken_back, trash_with_undo, trashable_or_404

PITCHES_SHOWN = 50


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    return show_list(request, BulkForm())


def show_list(request: SignedInRequest, bulk: BulkForm) -> HttpResponse:
    """People as the address narrows them, with what is done to many of them at once."""
    mine = Contact.objects.for_user(request.user).select_related("organisation")
    filters = ContactFilter.read(request.GET, owner=request.user)
    today = timezone.localdate()
    page = page_of(request, filters.apply(mine, today))
    rows = person_rows(page, today)
    is_whole = page.number == 1 and not filters.is_narrowed()
    context = {
        "filters": filters,
        "page": page,
        "rows": rows,
        "shown": ",".join(row.key for row in rows),
        "bulk": bulk,
        "ticked": set(bulk["pk"].value() or ()) if bulk.is_bound else (),
        "may_have_duplicates": is_whole and may_have_duplicates(Contact.objects.for_user(request.user)),
    }
    response = render_page(request, "networking/index.html", context, partial="list")
    response.status_code = UNPROCESSABLE if bulk.is_bound else response.status_code
    return response


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact(request, pk)
    today, clock = timezone.localdate(), clock_of(contact)
    touch = Interaction(owner=request.user, contact=contact)
    page = page_of(request, contact.interactions.for_user(request.user).latest_first())
    pitches = Opportunity.objects.for_user(request.user).filter(contact=contact)
    details = list(contact.details.all())
    context = {
        **about(contact, clock),
        "details": details,
        "duplicates": duplicates_of(request.user, contact, details),
        "form": TouchForm(instance=touch, today=today, clock=clock),
        "page": page,
        "touches": touch_rows(page),
        "pitches": opportunity_rows(pitches.select_related("organisation", "contact")[:PITCHES_SHOWN], today),
    }
    return render(request, "networking/detail.html", context)


@form_page_in_turn
def create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, Contact(owner=request.user), prefilled(request, ContactForm))


@form_page_in_turn
def update(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_contact(request, pk))


@form_page_in_turn
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = trashable_or_404(request, Contact.objects.all(), pk)
    if request.method == "POST":
        trash_with_undo(request, contact)
        return redirect("networking:index")
    touches = contact.interactions.for_user(request.user).count()
    goes_with = [f"{touches} logged touch{'' if touches == 1 else 'es'}"] if touches else []
    context = {"object": contact, "goes_with": goes_with, "cancel_url": contact.get_absolute_url()}
    return render(request, "confirm_delete.html", context)


@require_POST
@form_page_in_turn
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = trashable_or_404(request, Contact.objects.all(), pk)
    if change := merged_away(contact):
        # What went with them went into the other one: only taking the merge back brings it along.
        say_taken_back(request, change)
        contact.refresh_from_db()
    put_back(request, contact)
    return redirect(contact)


def get_contact(request: SignedInRequest, pk: int) -> Contact:
    """One of the person's contacts; locked while it is being changed."""
    return own_or_404(request, Contact.objects.for_user(request.user).select_related("organisation"), pk)


def about(contact: Contact, clock: tuple[History, Rules] | None = None) -> dict[str, Any]:
    """What a page says about a contact before anything else."""
    today, (history, rules) = timezone.localdate(), clock or clock_of(contact)
    row = person_row(contact, next_move(plan_of(contact), history, rules, today), today)
    return {
        "contact": contact,
        "cadence": rules[contact.stage],
        "row": row,
        "due": row.tag,
        "is_due": row.is_due,
        "quiet": quiet_words(contact.last_touch_on, today),
    }


def _edit(request: SignedInRequest, contact: Contact, initial: dict[str, Any] | None = None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ContactForm(data, instance=contact, initial=initial, today=timezone.localdate())
    return save_or_show(request, form, "networking/form.html")
