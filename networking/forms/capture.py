from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from cmetrack.forms import DayInput
from cmetrack.validators import validate_plausible_date
from networking.capturing import STAGE, keep_capture, log_meeting
from networking.forms.contacts import ContactForm
from networking.forms.layout import Folds, OrganisationByNameForm
from networking.models import Contact, Organisation


class CaptureForm(OrganisationByNameForm):
    """Somebody just met, in as few words as possible."""

    summary = forms.CharField(
        label="What you talked about",
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
    )
    happened_on = forms.DateField(label="Day", widget=DayInput, validators=[validate_plausible_date])
    field_order = ("name", "organisation", "summary", "met_at", "happened_on")

    instance: Contact

    class Meta:
        model = Contact
        fields = ("name", "met_at")
        labels = {"met_at": "Where"}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
            "met_at": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("happened_on", today)
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        self.fields["organisation"].help_text = ""
        self.fields["organisation"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "words"}
        for field in self.fields.values():
            # The keyboard of a phone then leads from field to field.
            field.widget.attrs["enterkeyhint"] = "next"

    def clean_name(self) -> str:
        return self.clean_line("name")

    def clean_happened_on(self) -> date:
        on: date = self.cleaned_data["happened_on"]
        if on > self.today:
            raise forms.ValidationError("This day is still to come. Choose the day you met, up to today.")
        return on

    def save(self, commit: bool = True) -> Any:
        """Save with the touch and what Undo needs; call it inside a transaction."""
        contact, on = self.instance, self.cleaned_data["happened_on"]
        places = Organisation.objects.for_user(contact.owner)
        known = set(places.named(self.cleaned_data["organisation"]).values_list("pk", flat=True))
        contact.stage, contact.stage_set_on, contact.to_sort_since = STAGE, on, timezone.now()
        saved = super().save(commit)
        if commit and saved is contact:
            log_meeting(saved, on, self.cleaned_data["summary"])
            is_new = saved.organisation is not None and saved.organisation_id not in known
            keep_capture(saved, saved.organisation if is_new else None)
        return saved


class SortForm(ContactForm):
    """What is asked later of somebody caught in passing; everything may stay empty."""

    folds: ClassVar[Folds] = ()
    asks: ClassVar[tuple[str, ...]] = (
        "kind", "sub_role", "role_title", "email", "linkedin_url", "stage", "next_step", "next_on", "tags",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*self.asks, "submission_id", "revision"}:
            del self.fields[name]
        self.order_fields(self.asks)
