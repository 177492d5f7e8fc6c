"""Who waits for whom, so that nothing is added to what is just going to the trash.

Always in this order: the person, the organisation, the contact, what belongs to them.
SQLite needs none of it: there one transaction writes at a time.
"""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.http import HttpResponse

from accounts.models import User
from cmetrack.http import SignedInRequest, form_page
from networking.models import Contact, Interaction, Opportunity, Organisation


def form_page_in_turn[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A `form_page` that looks for an organisation by its name: of one person's, one saves at a time."""

    @form_page
    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = cast(SignedInRequest, args[0])
        if request.method == "POST":
            # Not the key: rows that only name their owner may be added meanwhile.
            User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
        return view(*args, **kwargs)

    return wrapped


def lock_contact_of(request: SignedInRequest, touch_pk: int) -> None:
    """Before a POST changes a touch; what is read of its contact after this stays true."""
    if request.method == "POST":
        touch = Interaction.objects.filter(pk=touch_pk, owner=request.user)
        list(Contact.objects.filter(pk__in=touch.values("contact")).select_for_update())


def lock_organisation_of(request: SignedInRequest, opportunity_pk: int) -> None:
    """Before a POST changes an opportunity; what is read of its organisation after this stays true."""
    if request.method == "POST":
        opportunity = Opportunity.objects.filter(pk=opportunity_pk, owner=request.user)
        list(Organisation.objects.filter(pk__in=opportunity.values("organisation")).select_for_update())
