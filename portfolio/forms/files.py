"""The fields and the form that take files in."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from cmetrack.ownership import new_submission_id
from portfolio.file_types import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS, FileRefusedError
from portfolio.forms.choices import with_meanings
from portfolio.models import Sample, SampleFile
from portfolio.quota import size_in_words
from portfolio.sandbox import PATIENCE
from portfolio.storage import storing
from portfolio.uploading import add_versions, check_upload, in_mb

FILES_AT_ONCE = 20
MB_AT_ONCE = 100
# Honest files take a moment each. Whoever sends twenty that do not is not waited for.
SECONDS_AT_ONCE = 60
KIND_MEANING = {
    "full": "The whole piece.",
    "redacted": "An extract without client, supporter, product, prices, comments and tracked changes.",
}


def accepted_files() -> str:
    """What we take, for the help under a file field."""
    room = size_in_words(settings.STORAGE_MAX_MB * 1024 * 1024)
    return f"{ACCEPTED_IN_WORDS}, up to {settings.UPLOAD_MAX_MB} MB each and {room} in all."


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files from one chooser, each checked; all that is wrong with them is said at once."""

    def __init__(self, *, several: bool, **kwargs: Any) -> None:
        widget = (FilesInput if several else forms.FileInput)(attrs={"accept": ",".join(ACCEPTED_ENDINGS)})
        super().__init__(widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, list) and data else [data]
        uploads: list[UploadedFile] = [
            upload for upload in (super(FilesField, self).clean(one, initial) for one in chosen) if upload
        ]
        _check_together(uploads)
        refusals = list(_refusals(uploads))
        if refusals:
            raise forms.ValidationError(refusals)
        return uploads


def _check_together(uploads: list[UploadedFile]) -> None:
    """Refuse more at once than a server can take in while somebody waits."""
    if len(uploads) > FILES_AT_ONCE:
        raise forms.ValidationError(f"Choose at most {FILES_AT_ONCE} files at a time.", code="too_many")
    together = sum(upload.size or 0 for upload in uploads)
    if len(uploads) > 1 and together > MB_AT_ONCE * 1024 * 1024:
        raise forms.ValidationError(
            f"Together these files are {in_mb(together)} MB. The limit is {MB_AT_ONCE} MB at a time: "
            "send them in two or more goes.",
            code="too_much",
        )


def _refusals(uploads: list[UploadedFile]) -> Iterator[forms.ValidationError]:
    until = monotonic() + SECONDS_AT_ONCE
    for upload in uploads:
        try:
            check_upload(upload, min(PATIENCE, until - monotonic()))
        except FileRefusedError as refusal:
            yield forms.ValidationError(str(refusal), code="not_accepted")


class FilesForm(forms.Form):
    """New versions of one sample."""

    file = FilesField(several=True, label="Files", error_messages={"required": "Choose a file first."})
    kind = forms.ChoiceField(
        label="What they show",
        choices=with_meanings(SampleFile.Kind.choices, KIND_MEANING),
        initial=SampleFile.Kind.FULL,
        widget=forms.RadioSelect,
        required=False,
    )
    submission_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=new_submission_id)

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sample = sample
        self.fields["file"].help_text = (
            f"{accepted_files()} Several, up to {FILES_AT_ONCE} and {MB_AT_ONCE} MB together, "
            "are numbered in the order chosen."
        )

    def save(self) -> list[SampleFile]:
        """The new versions. Raises NotSavedError."""
        data = self.cleaned_data
        with storing() as store:
            return add_versions(
                self.sample,
                data["file"],
                store,
                kind=data["kind"] or SampleFile.Kind.FULL,
                submission_id=data["submission_id"],
            )

    def undecided(self, files: list[SampleFile]) -> list[SampleFile]:
        """Those sent as redacted that name people: they count as full until their owner has seen how."""
        wants_redacted = self.cleaned_data["kind"] == SampleFile.Kind.REDACTED
        return [file for file in files if wants_redacted and not file.is_redacted]
