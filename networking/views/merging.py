"""Two entries about one person: found, compared side by side, merged, and taken apart again."""

from contextlib import suppress

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import UNPROCESSABLE, SignedInRequest, offer_undo, own_or_404
from networking.duplicates import duplicate_groups, duplicates_of
from networking.forms import MergeForm
from networking.locks import form_page_in_turn
from networking.merging import merge as merge_people
from networking.merging import merged_away
from networking.models import Contact, PeopleChange
from networking.views.contacts import get_contact
from networking.views.taps import back
from networking.views.trash import say_taken_back

GROUPS_SHOWN = 50
OFFERED = 200


@require_safe
def duplicates(request: SignedInRequest) -> HttpResponse:
    groups = duplicate_groups(request.user)
    context = {"groups": groups[:GROUPS_SHOWN], "count": len(groups)}
    return render(request, "networking/duplicates.html", context)


@form_page_in_turn
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = get_contact(request, pk)
    with suppress(forms.ValidationError):
        if with_pk := forms.IntegerField(required=False).clean(request.GET.get("with")):
            return _compare(request, kept, with_pk)
    return _choose(request, kept)


@require_POST
@form_page_in_turn
def change_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    change = own_or_404(request, PeopleChange.objects.for_user(request.user).select_related("owner"), pk)
    say_taken_back(request, change)
    return back(request, reverse("networking:index"))


def _choose(request: SignedInRequest, kept: Contact) -> HttpResponse:
    others = Contact.objects.for_user(request.user).exclude(pk=kept.pk).select_related("organisation")
    context = {
        "contact": kept,
        "likely": duplicates_of(request.user, kept, kept.details.all()),
        "others": others[:OFFERED],
    }
    return render(request, "networking/merge_choose.html", context)


def _compare(request: SignedInRequest, kept: Contact, with_pk: int) -> HttpResponse:
    mine = Contact.objects.trashed_or_not(request.user).exclude(pk=kept.pk).select_related("organisation")
    other = own_or_404(request, mine, with_pk)
    if other.trashed_at:
        return _merged_already(request, kept, other)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, other=other)
    if form.is_valid():
        return _say_merged(request, kept, merge_people(kept, other, form.chosen(), timezone.localdate()))
    context = {"form": form, "kept": kept, "other": other, "counts": [_counts(kept), _counts(other)]}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "networking/merge.html", context, status=status)


def _merged_already(request: SignedInRequest, kept: Contact, other: Contact) -> HttpResponse:
    """The second of two clicks says the same again."""
    change = merged_away(other)
    if request.method != "POST" or change is None or change.kept["into"] != kept.pk:
        raise Http404
    return _say_merged(request, kept, change)


def _say_merged(request: SignedInRequest, kept: Contact, change: PeopleChange) -> HttpResponse:
    offer_undo(request, change.text, f"{change.undo_url()}?next={kept.get_absolute_url()}")
    return redirect(kept)


def _counts(contact: Contact) -> tuple[int, int]:
    touches, pitches = contact.interactions, contact.opportunities
    return touches.filter(trashed_at=None).count(), pitches.filter(trashed_at=None).count()
