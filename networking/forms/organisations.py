from typing import Any, ClassVar, cast

from django import forms

from cmetrack.forms import DayInput
from networking.forms.choices import SeveralRows, formats_to_choose
from networking.forms.layout import FoldedForm, Folds
from networking.models import Organisation


class OrganisationForm(FoldedForm):
    folds: ClassVar[Folds] = (
        ("What they do", ("website", "areas", "fit_score")),
        ("Formats they buy", ("formats",)),
        ("Where you found them, notes", ("source", "checked_on", "notes")),
    )

    instance: Organisation

    class Meta:
        model = Organisation
        fields = (
            "name", "kind", "website", "areas", "formats", "fit_score", "source", "checked_on", "notes",
        )  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "website": forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
            "formats": forms.CheckboxSelectMultiple,
            "fit_score": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "checked_on": DayInput,
            "notes": forms.Textarea(attrs={"rows": 5}),
        }
        field_classes = {"formats": SeveralRows}
        labels = {"fit_score": "How well they fit you", "checked_on": "Last looked at"}
        help_texts = {
            "kind": "An agency fits only if its education arm is walled off from its marketing work.",
            "areas": "Such as cardiology, oncology.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = cast(forms.ModelMultipleChoiceField, self.fields["formats"])
        formats.queryset = formats_to_choose(self.initial.get("formats", ()))

    def clean_name(self) -> str:
        return self.clean_line("name")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "name" in data and "name" in self.changed_data and self._is_taken(data["name"]):
            self.add_error("name", "You already have an organisation with this name.")
        return data

    def _is_taken(self, name: str) -> bool:
        others = Organisation.objects.for_user(self.instance.owner).exclude(pk=self.instance.pk)
        if sent := self._sending():
            # The very same form sent twice meets its own first row here; that is no clash.
            others = others.exclude(submission_id=sent)
        return others.named(name).exists()
