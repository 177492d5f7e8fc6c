"""Many people of the list at once. The address carries what the list was narrowed by."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cmetrack.http import SignedInRequest, offer_undo
from networking import bulk
from networking.forms import BulkForm, BulkStageForm, BulkTagForm
from networking.locks import form_page_in_turn
from networking.models import ContactQuerySet, PeopleChange
from networking.views.contacts import show_list

type Deed = Callable[[ContactQuerySet, BulkForm, date], PeopleChange]


@form_page_in_turn
def bulk_tag(request: SignedInRequest) -> HttpResponse:
    return _change(request, BulkTagForm, lambda p, form, _: bulk.add_tag(p, request.user, _tag(form)))


@form_page_in_turn
def bulk_untag(request: SignedInRequest) -> HttpResponse:
    return _change(request, BulkTagForm, lambda p, form, _: bulk.remove_tag(p, request.user, _tag(form)))


@form_page_in_turn
def bulk_stage(request: SignedInRequest) -> HttpResponse:
    return _change(
        request,
        BulkStageForm,
        lambda p, form, today: bulk.set_stage(p, request.user, form.cleaned_data["stage"], today),
    )


@form_page_in_turn
def bulk_trash(request: SignedInRequest) -> HttpResponse:
    return _change(request, BulkForm, lambda p, *_: bulk.trash(p, request.user, timezone.now()))


def _change(request: SignedInRequest, form_class: type[BulkForm], deed: Deed) -> HttpResponse:
    there = f"{reverse('networking:index')}{'?' if request.GET else ''}{request.GET.urlencode()}"
    if request.method != "POST":  # a refused page that was loaded again, or its links to other pages
        return redirect(there)
    form, today = form_class(request.POST), timezone.localdate()
    if not form.is_valid():
        return show_list(request, form)
    change = deed(form.people(request.user, request.GET, today), form, today)
    offer_undo(request, change.text, f"{change.undo_url()}?{urlencode({'next': there})}")
    return redirect(there)


def _tag(form: BulkForm) -> str:
    return str(form.cleaned_data["tag"])
