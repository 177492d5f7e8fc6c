"""What the lists can be narrowed by. Nonsense in an address is ignored, never an error."""

from typing import Any, Self, cast

from django import forms
from django.http import QueryDict

from accounts.models import User
from networking.forms.choices import offer
from networking.models import Contact, Opportunity, Organisation

OFFERED = 200
DUE = (("", "Any"), ("due", "Due today or late"), ("coming", "Coming up"))


class FilterForm(forms.Form):
    q = forms.CharField(
        label="Search",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @classmethod
    def read(cls, given: QueryDict, **kwargs: Any) -> Self:
        """The form with only those values that make sense."""
        form = cls(given, **kwargs)
        form.full_clean()
        if form.errors:
            form = cls({name: given[name] for name in form.cleaned_data if name in given}, **kwargs)
            form.full_clean()
        return form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    def is_narrowed(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "view")


def offer_organisations(form: FilterForm, owner: User) -> None:
    """Let the list be narrowed to one of the owner's organisations."""
    field = cast(forms.ModelChoiceField, form.fields["organisation"])
    field.queryset = mine = Organisation.objects.for_user(owner)
    offer(field, mine[:OFFERED], "name", form.data.get("organisation"))


class ContactFilter(FilterForm):
    stage = forms.ChoiceField(
        label="Relationship", required=False, choices=[("", "Any"), *Contact.Stage.choices]
    )
    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Contact.Kind.choices])
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), required=False, empty_label="Any"
    )
    due = forms.ChoiceField(
        label="Next step", required=False, choices=[*DUE, ("quiet", "Quiet, nothing planned")]
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self, owner)


class OrganisationFilter(FilterForm):
    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Organisation.Kind.choices])


class OpportunityFilter(FilterForm):
    stage = forms.ChoiceField(
        required=False, choices=[("", "Any"), ("open", "All open"), *Opportunity.Stage.choices]
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), required=False, empty_label="Any"
    )
    due = forms.ChoiceField(label="Next step", required=False, choices=DUE)
    view = forms.ChoiceField(required=False, choices=[("", "Table"), ("board", "Board")])

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self, owner)
