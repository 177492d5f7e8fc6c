from typing import Any

from django import forms

from networking.merging import BOTH, KEPT, OTHER, differing
from networking.models import Contact

NOTHING = "Nothing"
CHANGED = "One of the two has changed since you opened this page. Look again, then merge."


class MergeForm(forms.Form):
    """For each field that differs: which one’s value to keep."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Contact, other: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = f"{kept.pk}.{kept.revision}-{other.pk}.{other.revision}"
        self.initial["seen"] = self.state
        for one in differing(kept, other):
            choices = ((KEPT, one.kept or NOTHING), (OTHER, one.other or NOTHING))
            self._ask(one.name, one.label, choices, one.likely)
        if kept.notes and other.notes and kept.notes != other.notes:
            choices = ((KEPT, "Only those of the first"), (OTHER, "Only those of the second"))
            self._ask("notes", "Notes", ((BOTH, "Keep both"), *choices), BOTH)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") not in ("", self.state):
            self.data = {**{name: self.data[name] for name in self.data}, "seen": self.state}
            raise forms.ValidationError(CHANGED)
        return data

    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def _ask(self, name: str, label: str, choices: Any, likely: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            initial=likely,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose one of the two."},
        )
