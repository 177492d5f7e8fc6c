"""What is to be done with many people of the list, and with whom."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from accounts.models import User
from cmetrack.validators import without_hidden_characters
from networking.forms.choices import LONGEST_KEY
from networking.forms.filters import ContactFilter
from networking.models import Contact, ContactQuerySet
from portfolio.spelling import tidy

TICKED, PAGE, FOUND = "ticked", "page", "found"


class Keys(forms.TypedMultipleChoiceField):
    """Keys of rows, any number of them, also several in one; what is no key is left out."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> list[int]:
        keys = ",".join(value or ()).split(",")
        return [int(key) for key in keys if key.isdecimal() and len(key) <= LONGEST_KEY]


class BulkForm(forms.Form):
    """Whom it is about: those ticked, all on the page, or all that the filter shows."""

    asks: ClassVar[str] = ""

    which = forms.ChoiceField(choices=[(TICKED, ""), (PAGE, ""), (FOUND, "")], required=False)
    pk = Keys(required=False)
    shown = Keys(required=False)
    tag = forms.CharField(required=False, max_length=60)
    stage = forms.ChoiceField(required=False, choices=[("", "Choose a stage"), *Contact.Stage.choices])

    def clean_tag(self) -> str:
        tag = tidy(without_hidden_characters(self.cleaned_data["tag"]))
        if "," in tag:
            raise forms.ValidationError("One tag at a time, without a comma.")
        return tag

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        missing = {"tag": "Enter the tag.", "stage": "Choose the stage."}
        if self.asks and not data.get(self.asks) and self.asks not in self.errors:
            self.add_error(self.asks, missing[self.asks])
        if not self._is_about_somebody(data):
            self.add_error(None, "Tick at least one person first, or choose all of them.")
        return data

    def people(self, user: User, address: QueryDict, today: date) -> ContactQuerySet:
        """The people it is about; `address` is what the list was narrowed by."""
        mine = Contact.objects.for_user(user)
        if self.cleaned_data["which"] == FOUND:
            return ContactFilter.read(address, owner=user).apply(mine, today)
        name = "shown" if self.cleaned_data["which"] == PAGE else "pk"
        return mine.filter(pk__in=self.cleaned_data[name])

    def _is_about_somebody(self, data: dict[str, Any]) -> bool:
        which = data.get("which") or TICKED
        return which == FOUND or bool(data.get("shown" if which == PAGE else "pk"))


class BulkTagForm(BulkForm):
    asks = "tag"


class BulkStageForm(BulkForm):
    asks = "stage"
