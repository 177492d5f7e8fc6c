from datetime import date
from typing import Any, ClassVar, cast

from django import forms

from cmetrack.forms import DayInput
from networking.cadence import CADENCE, first_step
from networking.forms.layout import Folds, OrganisationByNameForm
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

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["organisation"].widget.attrs["autocomplete"] = "off"
        # The meaning stands in each choice, because nothing on the page changes while one is picked.
        stage = cast(forms.ChoiceField, self.fields["stage"])
        stage.choices = [(s, f"{s.label}: {CADENCE[s].meaning}") for s in Contact.Stage]
        stage.help_text = CADENCE[self.instance.stage].advice
        if self.instance.pk is None:
            self.fields["next_on"].help_text = "Leave it empty and a day is chosen for you."

    def clean_name(self) -> str:
        return self.clean_line("name")

    def save(self, commit: bool = True) -> Any:
        """Save; somebody new gets a day on which they come up again."""
        contact = self.instance
        if contact.pk:
            # Touches write this one, and one of them may have been logged since it was read.
            del contact.last_touch_on
        elif contact.next_on is None:
            step, contact.next_on = first_step(contact, self.today)
            contact.next_step = contact.next_step or step
        return super().save(commit)
