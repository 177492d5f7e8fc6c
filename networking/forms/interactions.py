from datetime import date
from typing import Any, ClassVar

from django import forms

from cmetrack.forms import DayInput
from cmetrack.validators import validate_plausible_date
from networking.cadence import CADENCE
from networking.forms.layout import FoldedForm, Folds
from networking.models import Contact, Interaction


class InteractionForm(FoldedForm):
    folds: ClassVar[Folds] = (("More about it", ("channel", "happened_on", "direction")),)

    instance: Interaction

    class Meta:
        model = Interaction
        fields = ("summary", "kind", "channel", "happened_on", "direction")
        labels = {"happened_on": "Day"}
        widgets = {
            "summary": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
            "happened_on": DayInput,
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()

    def stands_open(self, field: forms.BoundField) -> bool:
        # What a new touch starts with, such as today, has nothing to say yet.
        return bool(field.errors) or (super().stands_open(field) and self._is_told(field))

    def clean_happened_on(self) -> date:
        happened_on: date = self.cleaned_data["happened_on"]
        if happened_on > self.today:
            raise forms.ValidationError("This day is still to come. Log what has happened, up to today.")
        return happened_on

    def save(self, commit: bool = True) -> Any:
        """Save and bring the contact's last touch up to date; call it inside a transaction."""
        saved = super().save(commit)
        if commit:
            saved.contact.recount_last_touch()
        return saved

    def _is_told(self, field: forms.BoundField) -> bool:
        return bool(self.instance.pk) or str(field.value()) != str(field.initial)


class TouchForm(InteractionForm):
    """A new touch, which also says what comes next with this contact."""

    next_step = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Leave empty if nothing is planned.",
    )
    next_on = forms.DateField(
        label="When", required=False, validators=[validate_plausible_date], widget=DayInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step, on = CADENCE[self.instance.contact.stage].suggest(self.today)
        self.initial.update(happened_on=self.today, next_step=step, next_on=on)

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        if commit and saved is self.instance:  # a second click must not plan over what came after the first
            contact: Contact = saved.contact
            contact.plan_next(self.cleaned_data["next_step"], self.cleaned_data["next_on"])
        return saved
