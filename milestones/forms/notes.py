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

    @property
    def words(self) -> int:
        """How many words are in the box."""
        return len((self["note"].value() or "").split())


class SkipForm(forms.Form):
    """Why a person leaves a step aside. They will want to know it themselves one day."""

    skip_reason = forms.CharField(
        label="Why you skip it",
        max_length=StepProgress._meta.get_field("skip_reason").max_length,
        error_messages={"required": "Say in a few words why, for yourself."},
        help_text="Such as: I did this in another job.",
    )
