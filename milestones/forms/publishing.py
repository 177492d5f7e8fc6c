from typing import Any, cast

from django import forms
from django.http import QueryDict

from milestones.models import Publication, Step, StepChange

CHANGED_MEANWHILE = (
    "Somebody has changed this milestone since you opened this page. Look at what differs now, then publish."
)


class PublishForm(forms.Form):
    """A note for the version, and which changed steps those who finished them should look at again."""

    note = forms.CharField(
        label="What changed, for your colleagues",
        required=False,
        max_length=Publication._meta.get_field("note").max_length,
        widget=forms.TextInput(attrs={"size": 80}),
    )
    # What the page showed; publishing something else would surprise.
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, fingerprint: str, steps: list[Step], data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"seen": fingerprint})
        self.fingerprint, self.steps = fingerprint, steps
        for step in steps:
            self.fields[f"matters_{step.pk}"] = forms.BooleanField(
                required=False, label="This change matters"
            )
            self.fields[f"what_{step.pk}"] = forms.CharField(
                required=False,
                max_length=StepChange._meta.get_field("what").max_length,
                label="What changed, for those who finished it",
                widget=forms.TextInput(attrs={"size": 80}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") != self.fingerprint:
            retry = cast(QueryDict, self.data).copy()
            retry["seen"] = self.fingerprint
            self.data = retry
            raise forms.ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
        for step in self.steps:
            if data.get(f"matters_{step.pk}") and not data.get(f"what_{step.pk}"):
                self.add_error(f"what_{step.pk}", "Say what changed, or untick “This change matters”.")
        return data

    def rows(self) -> list[tuple[Step, forms.BoundField, forms.BoundField]]:
        """Each changed step with its two fields, for the page."""
        return [(step, self[f"matters_{step.pk}"], self[f"what_{step.pk}"]) for step in self.steps]

    def told(self) -> list[tuple[Step, str]]:
        """The steps whose change matters, with what is said of it; for a valid form."""
        data = self.cleaned_data
        return [(step, data[f"what_{step.pk}"]) for step in self.steps if data[f"matters_{step.pk}"]]
