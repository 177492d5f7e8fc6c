"""Asking a reader for comments, and the form that the reader fills in."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator

from cmetrack.forms import DayInput, OwnedModelForm
from portfolio.models import ReviewComment, ReviewRequest, SampleFile
from portfolio.reviewing import readable_files

OPEN_FOR = timedelta(days=30)
OPEN_AT_MOST = timedelta(days=365)
MISSING = {
    "reader": "Enter the name of your reader.",
    "file": "Choose the version they read.",
    "expires_on": "Choose the last day.",
}
Prompt = ReviewComment.Prompt
# The question under each prompt: what makes a comment one that a writer can use.
PROMPT_HELP = {
    Prompt.WORKS: "What should stay as it is? Name the place.",
    Prompt.CHANGE: "If there were time for one change only, which would it be?",
    Prompt.UNCLEAR: "Where did you slow down, doubt or lose the thread?",
}


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, file: SampleFile) -> str:
        return f"Version {file.version}, {file.get_kind_display().lower()}: {file.name}"


class ReviewRequestForm(OwnedModelForm):
    """Whom to ask, what about, which version and until when."""

    file = VersionField(
        SampleFile.objects.none(),
        label="Which version they read",
        empty_label=None,
        help_text="They get this one, also when you add newer versions.",
    )

    instance: ReviewRequest

    class Meta:
        model = ReviewRequest
        fields = ("reader", "question", "expires_on")
        help_texts = {
            "reader": "One person by name. They see their name on the page.",
            "question": "Such as: would you know after page 2 what to do on Monday? They see this.",
        }
        widgets = {"question": forms.Textarea({"rows": 3}), "expires_on": DayInput}

    field_order = ("reader", "question", "file", "expires_on")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, missing in MISSING.items():
            self.fields[name].error_messages["required"] = missing
        self.initial["expires_on"] = today + OPEN_FOR
        files = readable_files(self.instance.sample)
        if newest := files.first():
            cast(VersionField, self.fields["file"]).queryset = files
            self.initial["file"] = newest
        else:
            # Then there is a link, else nobody could be asked.
            del self.fields["file"]

    def clean_expires_on(self) -> date:
        last: date = self.cleaned_data["expires_on"]
        if last < self.today:
            raise forms.ValidationError("Choose today or a later day.", code="past")
        if last > self.today + OPEN_AT_MOST:
            raise forms.ValidationError("Choose a day within a year: nobody reads that slowly.", code="far")
        return last

    def save(self, commit: bool = True) -> ReviewRequest:
        self.instance.file = self.cleaned_data.get("file")
        return super().save(commit)  # type: ignore[no-any-return]


class CommentsForm(forms.Form):
    """Three comments, of which one is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = ReviewComment._meta.get_field("text").max_length
        for prompt in Prompt:
            self.fields[f"comment_{prompt}"] = forms.CharField(
                label=prompt.label,
                help_text=PROMPT_HELP[prompt],
                required=False,
                # Not `max_length`: a browser would cut a long paste off without a word.
                validators=[MaxLengthValidator(limit)],
                widget=forms.Textarea({"rows": 3, "class": "form-control"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError("Write one comment at least. A sentence is enough.", code="empty")
        return data

    def texts(self) -> dict[int, str]:
        """What was written, by prompt."""
        return {prompt.value: self.cleaned_data[f"comment_{prompt}"] for prompt in Prompt}
