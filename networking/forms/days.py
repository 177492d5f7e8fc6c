"""A day chosen for somebody: to hide them until then, or to come up then."""

from datetime import date, timedelta
from typing import Any

from django import forms

from cmetrack.forms import DayInput
from cmetrack.validators import validate_plausible_date
from networking.working_days import a_month_after, working_day

SPANS = (("3_days", "3 days"), ("1_week", "1 week"), ("1_month", "1 month"))


class DayForm(forms.Form):
    """The day on which somebody is to come up, whatever the rule says."""

    first_day = 0
    too_early = "This day is over. Choose today or a later one."

    on = forms.DateField(label="Day", widget=DayInput, validators=[validate_plausible_date])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.earliest = today, today + timedelta(self.first_day)
        self.fields["on"].error_messages |= {"required": "Choose a day.", "invalid": "Choose a day."}
        self.fields["on"].widget.attrs["min"] = self.earliest.isoformat()

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on < self.earliest:
            raise forms.ValidationError(self.too_early)
        return on


class SnoozeForm(DayForm):
    """For how long somebody is to stay out of sight, or until which day."""

    first_day = 1
    too_early = "Choose a day from tomorrow on."

    span = forms.ChoiceField(choices=SPANS, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = False

    def clean(self) -> dict[str, Any]:
        """A day beats a span: Enter in the day’s field sends the first span along."""
        data = super().clean() or self.cleaned_data
        if data.get("span") and not data.get("on"):
            data["on"] = self._after(data["span"])
        if not data.get("on") and "on" not in self.errors:
            self.add_error("on", self.fields["on"].error_messages["required"])
        return data

    def _after(self, span: str) -> date:
        """What is given as a span ends on a working day; a day that was chosen is kept."""
        if span == "1_month":
            return working_day(a_month_after(self.today))
        return working_day(self.today + timedelta(3 if span == "3_days" else 7))
