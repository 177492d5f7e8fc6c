"""What the lists can be narrowed by. Nonsense in an address is ignored, never an error."""

from datetime import date
from typing import Any, ClassVar, Self, cast

from django import forms
from django.http import QueryDict

from accounts.models import User
from networking.forms.choices import offer
from networking.models import (
    Contact,
    ContactQuerySet,
    Opportunity,
    OpportunityQuerySet,
    Organisation,
    OrganisationQuerySet,
)

OFFERED = 200
DUE = (("", "Any"), ("due", "Due today or late"), ("coming", "Coming up"))


class FilterForm(forms.Form):
    # Names of fields that stand for a field of the row.
    exact: ClassVar[tuple[str, ...]] = ()

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

    def exactly(self) -> dict[str, Any]:
        """What is chosen of `exact`, as conditions."""
        return {name: value for name in self.exact if (value := self.chosen(name))}

    def is_narrowed(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "view")

    def more_fields(self) -> list[forms.BoundField]:
        """All but the search, which a phone shows only when asked."""
        return [field for field in self.visible_fields() if field.name != "q"]

    def has_more_chosen(self) -> bool:
        return any(self.chosen(field.name) for field in self.more_fields())


class OrganisationChoiceForm(FilterForm):
    """Can be narrowed to one of the owner's organisations."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), required=False, empty_label="Any"
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["organisation"])
        field.queryset = mine = Organisation.objects.for_user(owner)
        offer(field, mine[:OFFERED], "name", self.data.get("organisation"))


class ContactFilter(OrganisationChoiceForm):
    exact = ("stage", "kind", "organisation")
    field_order = ("q", "stage", "kind", "organisation", "due")

    stage = forms.ChoiceField(
        label="Relationship", required=False, choices=[("", "Any"), *Contact.Stage.choices]
    )
    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Contact.Kind.choices])
    due = forms.ChoiceField(
        label="Next step", required=False, choices=[*DUE, ("quiet", "Quiet, nothing planned")]
    )

    def apply(self, contacts: ContactQuerySet, today: date) -> ContactQuerySet:
        found = contacts.matching(self.chosen("q")).filter(**self.exactly())
        by_due = {"due": found.due, "coming": found.coming, "quiet": found.quiet}.get(self.chosen("due"))
        return by_due(today) if by_due else found


class OrganisationFilter(FilterForm):
    exact = ("kind",)

    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Organisation.Kind.choices])

    def apply(self, organisations: OrganisationQuerySet) -> OrganisationQuerySet:
        return organisations.matching(self.chosen("q")).filter(**self.exactly())


class OpportunityFilter(OrganisationChoiceForm):
    exact = ("organisation",)
    field_order = ("q", "stage", "organisation", "due", "view")

    stage = forms.ChoiceField(
        required=False, choices=[("", "Any"), ("open", "All open"), *Opportunity.Stage.choices]
    )
    due = forms.ChoiceField(label="Next step", required=False, choices=DUE)
    # Chosen by links above the list; here only so that a search keeps it.
    view = forms.ChoiceField(
        required=False, choices=[("", "Table"), ("board", "Board")], widget=forms.HiddenInput
    )

    def apply(self, opportunities: OpportunityQuerySet, today: date) -> OpportunityQuerySet:
        found = opportunities.matching(self.chosen("q")).filter(**self.exactly())
        if stage := self.chosen("stage"):
            found = found.open() if stage == "open" else found.filter(stage=stage)
        by_due = {"due": found.due, "coming": found.coming}.get(self.chosen("due"))
        return by_due(today) if by_due else found
