"""What the lists of the network can be narrowed by."""

from collections.abc import MutableMapping
from copy import copy
from datetime import date
from typing import Any, ClassVar, cast

from django import forms

from accounts.models import User
from cmetrack.filters import FilterForm
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
    exact: ClassVar = {"stage": "stage", "kind": "kind", "organisation": "organisation"}
    field_order = ("q", "stage", "kind", "organisation", "tag", "due")

    stage = forms.ChoiceField(
        label="Relationship", required=False, choices=[("", "Any"), *Contact.Stage.choices]
    )
    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Contact.Kind.choices])
    tag = forms.CharField(required=False, max_length=200, widget=forms.Select)
    due = forms.ChoiceField(
        label="Next step", required=False, choices=[*DUE, ("quiet", "Quiet, nothing planned")]
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, owner=owner, **kwargs)
        self.tags = Contact.objects.for_user(owner).tags_used()
        if self.tags.all():
            self._offer_tags()
        else:
            del self.fields["tag"]

    def apply(self, contacts: ContactQuerySet, today: date) -> ContactQuerySet:
        found = contacts.matching(self.chosen("q")).filter(**self.exactly())
        if tag := self.chosen("tag"):
            found = found.tagged(self.tags.spellings(tag))
        by_due = {"due": found.due, "coming": found.coming, "quiet": found.quiet}.get(self.chosen("due"))
        return by_due(today) if by_due else found

    def _offer_tags(self) -> None:
        """Let a tag be chosen, also when the address spells it another way."""
        choices = [("", "Any"), *((one, one) for one in self.tags.all())]
        cast(forms.Select, self.fields["tag"].widget).choices = choices
        if given := self.data.get("tag"):
            known = cast(MutableMapping[str, Any], copy(self.data))
            known["tag"] = self.tags.usual(given)
            self.data = known


class OrganisationFilter(FilterForm):
    exact: ClassVar = {"kind": "kind"}

    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Organisation.Kind.choices])

    def apply(self, organisations: OrganisationQuerySet) -> OrganisationQuerySet:
        return organisations.matching(self.chosen("q")).filter(**self.exactly())


class OpportunityFilter(OrganisationChoiceForm):
    exact: ClassVar = {"organisation": "organisation"}
    arranging = ("view",)
    field_order = ("q", "stage", "organisation", "due", "view")

    stage = forms.ChoiceField(
        required=False, choices=[("", "Any"), ("open", "All open"), *Opportunity.Stage.choices]
    )
    due = forms.ChoiceField(label="Next step", required=False, choices=DUE)
    # Chosen by links above the list; here only so that a search keeps it.
    view = forms.ChoiceField(
        required=False, choices=[("", "Table"), ("board", "Board")], widget=forms.HiddenInput
    )

    def kept(self) -> dict[str, str]:
        """What narrows the list, as it stands in the address."""
        return {name: self.data[name] for name in self.field_order if name != "view" and self.chosen(name)}

    def apply(self, opportunities: OpportunityQuerySet, today: date) -> OpportunityQuerySet:
        found = opportunities.matching(self.chosen("q")).filter(**self.exactly())
        if stage := self.chosen("stage"):
            found = found.open() if stage == "open" else found.filter(stage=stage)
        by_due = {"due": found.due, "coming": found.coming}.get(self.chosen("due"))
        return by_due(today) if by_due else found
