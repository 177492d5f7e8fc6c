from datetime import date
from typing import Any, ClassVar, cast

from django import forms

from cmetrack.forms import DayInput
from networking.cadence import cadence_rules, first_step
from networking.clock import by_rule
from networking.forms.addresses import AddressLines, EmailLine, LinkLine, keep_lines, lines_of
from networking.forms.layout import Folds, OrganisationByNameForm
from networking.models import Contact
from networking.planning import clock_of
from portfolio.spelling import tags_in

TAGS_OFFERED = 100


class ContactForm(OrganisationByNameForm):
    folds: ClassVar[Folds] = (
        (
            "More about them",
            ("kind", "sub_role", "role_title", "stage", "reason_to_write", "next_step", "next_on", "email",
             "linkedin_url", "more_emails", "more_links", "tags", "notes"),
        ),
    )  # fmt: skip
    field_order = ("name", "organisation", "met_at")

    more_emails = AddressLines(
        EmailLine(), label="More e-mail addresses", help_text="One a line, if they have several."
    )
    more_links = AddressLines(
        LinkLine(), label="More links", help_text="One a line: their site, a talk, a profile elsewhere."
    )

    instance: Contact

    class Meta:
        model = Contact
        fields = (
            "name", "met_at", "kind", "sub_role", "role_title", "stage", "email", "linkedin_url",
            "reason_to_write", "next_step", "next_on", "tags", "notes",
        )  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
            "met_at": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "linkedin_url": forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
            "next_on": DayInput,
            "tags": forms.TextInput(attrs={"list": "tag-names", "autocomplete": "off"}),
            "notes": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "met_at": "One line: the meeting, the talk, who introduced you.",
            "kind": "Somebody who works for a funder is to learn from, never to pitch.",
            "sub_role": "Only for somebody who commissions work.",
            "notes": "Only you see this. Keep what you need and no more.",
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["organisation"].widget.attrs["autocomplete"] = "off"
        # The meaning stands in each choice, because nothing on the page changes while one is picked.
        stage, rules = cast(forms.ChoiceField, self.fields["stage"]), cadence_rules()
        stage.choices = [(s, f"{s.label}: {rules[s].meaning}") for s in Contact.Stage]
        stage.help_text = rules[self.instance.stage].advice
        if self.instance.pk:
            self.initial.update(lines_of(self.instance))
        # Taken now: validating writes the new stage into the instance.
        self.stage_before = self.instance.stage if self.instance.pk else ""
        if self.instance.pk is None:
            self.fields["next_on"].help_text = "Leave it empty and a day is chosen for you."
        else:
            self.fields["next_on"].help_text = "A day you choose stands until your next touch."

    def clean_name(self) -> str:
        return self.clean_line("name")

    def clean_tags(self) -> str:
        return ", ".join(tags_in(self.cleaned_data["tags"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") != Contact.Kind.COMMISSIONER:
            data["sub_role"] = ""
        return data

    def tag_names(self) -> list[str]:
        """What the browser offers while somebody types."""
        return Contact.objects.for_user(self.instance.owner).tags_used().all()[:TAGS_OFFERED]

    def save(self, commit: bool = True) -> Any:
        """Save with its plan; somebody new gets a day on which they come up again."""
        contact = self.instance
        # Whoever was caught in passing has been looked at now.
        contact.to_sort_since = None
        if contact.stage != self.stage_before:
            contact.stage_set_on = self.today
        if contact.pk:
            self._plan()
            # Touches write this one, and one of them may have been logged since it was read.
            del contact.last_touch_on
        else:
            self._plan_first()
        saved = super().save(commit)
        if commit and saved is contact:
            keep_lines(contact, self.cleaned_data)
        return saved

    def _plan_first(self) -> None:
        contact = self.instance
        contact.is_next_pinned = bool(contact.next_on or contact.next_step)
        if contact.next_on is None:
            step, contact.next_on = first_step(contact, self.today)
            contact.next_step = contact.next_step or step

    def _plan(self) -> None:
        """What was chosen here is pinned; else a new stage brings its own rule, unless a day is pinned."""
        contact = self.instance
        if {"next_step", "next_on"} & set(self.changed_data):
            contact.is_next_pinned, contact.snoozed_until = contact.next_on is not None, None
        elif not contact.is_next_pinned and self._is_rule_another():
            move = by_rule(*clock_of(contact))
            contact.next_step, contact.next_on = move.step, move.on

    def _is_rule_another(self) -> bool:
        """Another stage brings another rule; so does a kind that is never pitched, or no longer so."""
        is_new_kind = "kind" in self.changed_data and self.instance.follows_the_rule
        return self.instance.stage != self.stage_before or is_new_kind
