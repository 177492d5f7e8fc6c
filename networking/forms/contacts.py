from typing import Any, ClassVar, cast

from django import forms

from networking.cadence import CADENCE
from networking.forms.layout import DayInput, Folds, OrganisationByNameForm
from networking.models import Contact


class ContactForm(OrganisationByNameForm):
    folds: ClassVar[Folds] = (
        (
            "More about them",
            ("kind", "role_title", "stage", "reason_to_write", "next_step", "next_on", "email",
             "linkedin_url", "tags", "notes"),
        ),
    )  # fmt: skip
    field_order = ("name", "organisation", "met_at")

    instance: Contact

    class Meta:
        model = Contact
        fields = (
            "name", "met_at", "kind", "role_title", "stage", "email", "linkedin_url",
            "reason_to_write", "next_step", "next_on", "tags", "notes",
        )  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
            "met_at": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "linkedin_url": forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
            "next_on": DayInput,
            "notes": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "met_at": "One line: the meeting, the talk, who introduced you.",
            "kind": "Somebody who works for a funder is to learn from, never to pitch.",
            "notes": "Only you see this. Keep what you need and no more.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].widget.attrs["autocomplete"] = "off"
        # The meaning stands in each choice, because nothing on the page changes while one is picked.
        stage = cast(forms.ChoiceField, self.fields["stage"])
        stage.choices = [(s, f"{s.label}: {CADENCE[s].meaning}") for s in Contact.Stage]
        stage.help_text = CADENCE[self.instance.stage].advice
