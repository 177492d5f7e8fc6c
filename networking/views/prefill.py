"""Create pages can be opened with a start, such as ?stage=landed. Nonsense is ignored."""

from contextlib import suppress
from typing import Any

from django import forms

from cmetrack.forms import OwnedModelForm
from cmetrack.http import SignedInRequest
from networking.models import Contact
from portfolio.models import Format


def prefilled(request: SignedInRequest, form_class: type[OwnedModelForm]) -> dict[str, Any]:
    """Those values of the address that the form would take in a plain field of that name."""
    start = {}
    for name, field in form_class.base_fields.items():
        if name in request.GET and not isinstance(field, forms.ModelChoiceField):
            with suppress(forms.ValidationError):
                start[name] = field.clean(request.GET[name])
    return start


def prefilled_opportunity(request: SignedInRequest, form_class: type[OwnedModelForm]) -> dict[str, Any]:
    """The same with ?contact=<pk>, whose organisation comes along, and ?format=<key>."""
    start = prefilled(request, form_class)
    if contact := _own_contact(request):
        start["contact"] = contact.pk
        if contact.open_organisation:
            start.setdefault("organisation", contact.open_organisation.name)
    with suppress(forms.ValidationError):
        key = forms.SlugField(required=False).clean(request.GET.get("format"))
        start["format"] = Format.objects.filter(key=key).values_list("pk", flat=True).first()
    return start


def _own_contact(request: SignedInRequest) -> Contact | None:
    mine = Contact.objects.for_user(request.user).select_related("organisation")
    with suppress(forms.ValidationError):
        pk = forms.IntegerField(required=False).clean(request.GET.get("contact"))
        return mine.filter(pk=pk).first() if pk else None
    return None
