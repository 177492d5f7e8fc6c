from typing import Any

from django import forms

from cmetrack.forms import OwnedModelForm
from milestones.models import StepProgress


class NoteForm(OwnedModelForm):
    """A person's note on a step. Its row exists before the first save, one a person and step."""

    instance: StepProgress

    class Meta:
        model = StepProgress
        fields = ("note",)
        labels = {"note": "Your note"}
        help_texts = {"note": "Only you see it. Markdown works: **bold**, - lists, ## headings."}
        widgets = {"note": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser would cut a long paste off without a word; we say how long it may be instead.
        self.fields["note"].widget.attrs.pop("maxlength", None)

    @property
    def words(self) -> int:
        """How many words are in the box."""
        return len((self["note"].value() or "").split())

    def clean(self) -> dict[str, Any]:
        # Two clicks send the same words twice, and nothing is lost by saving them again.
        if self.cleaned_data.get("note") == self.instance.note:
            return self.cleaned_data
        return super().clean()
