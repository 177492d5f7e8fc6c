from datetime import date
from typing import Any, ClassVar

from django import forms

from cmetrack.forms import DayInput
from cmetrack.validators import validate_plausible_date
from networking.clock import MUTUAL, History, Move, Rules, Touch, by_rule
from networking.forms.layout import FoldedForm, Folds
from networking.models import Interaction
from networking.planning import after_touch, clock_of, recount

FUNDER_PITCHED = (
    "It is logged as a pitch, but they work for a funder: learn from them, never pitch to them and never "
    "discuss content. Correct the kind if it was something else."
)


class InteractionForm(FoldedForm):
    folds: ClassVar[Folds] = (("More about it", ("channel", "event_type", "happened_on", "direction")),)

    instance: Interaction

    class Meta:
        model = Interaction
        fields = ("summary", "kind", "channel", "event_type", "happened_on", "direction")
        labels = {"happened_on": "Day"}
        widgets = {
            "summary": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
            "happened_on": DayInput,
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        if self.instance.contact.is_funder:
            self.fields["kind"].help_text = "Never a pitch: they work for a funder."

    @property
    def warning(self) -> str:
        """What to say of a touch that was saved and should not have happened."""
        if self.instance.kind == Interaction.Kind.PITCH and self.instance.contact.is_funder:
            return FUNDER_PITCHED
        return ""

    def stands_open(self, field: forms.BoundField) -> bool:
        # What a new touch starts with, such as today, has nothing to say yet.
        return bool(field.errors) or (super().stands_open(field) and self._is_told(field))

    def clean_happened_on(self) -> date:
        happened_on: date = self.cleaned_data["happened_on"]
        if happened_on > self.today:
            raise forms.ValidationError("This day is still to come. Log what has happened, up to today.")
        return happened_on

    def save(self, commit: bool = True) -> Any:
        """Save and set the clock by it; call it inside a transaction."""
        saved = super().save(commit)
        if commit:
            self.set_clock(saved)
        return saved

    def set_clock(self, saved: Interaction) -> None:
        """A corrected touch corrects what follows from it."""
        recount(saved.contact)

    def _is_told(self, field: forms.BoundField) -> bool:
        return bool(self.instance.pk) or str(field.value()) != str(field.initial)


class TouchForm(InteractionForm):
    """A new touch, which also says what comes next with this contact."""

    next_step = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Left as suggested, it follows the rule for what you log. Empty: nothing is planned.",
    )
    next_on = forms.DateField(
        label="When", required=False, validators=[validate_plausible_date], widget=DayInput
    )

    def __init__(self, *args: Any, clock: tuple[History, Rules] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested = self._suggest(*(clock or clock_of(self.instance.contact)))
        self.initial.update(happened_on=self.today, next_step=suggested.step, next_on=suggested.on)

    def clean(self) -> dict[str, Any]:
        """Talking takes two, unless something else was said of it."""
        data: dict[str, Any] = super().clean()
        if data.get("kind") in MUTUAL and "direction" not in self.changed_data:
            data["direction"] = Interaction.Direction.BOTH
        return data

    def set_clock(self, saved: Interaction) -> None:
        """What was left as suggested follows the rule, by the touch as it was logged."""
        if saved is not self.instance:  # a second click must not plan over what came after the first
            return
        data, is_chosen = self.cleaned_data, {"next_step", "next_on"} & set(self.changed_data)
        after_touch(saved, (data["next_step"], data["next_on"]) if is_chosen else None)

    def _suggest(self, history: History, rules: Rules) -> Move:
        """What the rule says once a message has gone out today."""
        return by_rule(history.after(Touch(self.today, is_message=True)), rules)
