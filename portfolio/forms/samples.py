"""The form for a sample."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.db import transaction
from django.forms import BoundField

from cmetrack.forms import OwnedModelForm
from portfolio.forms.choices import with_meanings
from portfolio.forms.files import FilesField, accepted_files
from portfolio.models import Format, Sample
from portfolio.models.samples import PERMISSION_MEANING, STATUS_MEANING
from portfolio.storage import storing
from portfolio.uploading import add_versions, bound_to

USUAL = "As usual for how it came about"
USUAL_MEANING = "Client, volunteer and edited work: not asked yet. Everything else: my own work."


class SampleForm(OwnedModelForm):
    """A sample, with its first file when it is new. A title and a format are enough."""

    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        "Where it stands and who may see it": ("status", "origin", "permission", "client_name"),
        "What it is about": ("therapeutic_area", "audience", "summary", "objectives"),
        "Length, date and link": ("word_count", "completed_on", "external_url"),
        "Private notes": ("notes",),
    }

    status = forms.ChoiceField(
        choices=with_meanings(Sample.Status.choices, STATUS_MEANING),
        widget=forms.RadioSelect,
        required=False,
    )
    permission = forms.ChoiceField(
        label="Permission to show it",
        choices=with_meanings(Sample.Permission.choices, PERMISSION_MEANING),
        widget=forms.RadioSelect,
        required=False,
    )
    attachment = FilesField(several=False, required=False, label="Attach the file now (optional)")

    instance: Sample

    class Meta:
        model = Sample
        fields = (
            "title",
            "format",
            "status",
            "origin",
            "permission",
            "client_name",
            "therapeutic_area",
            "audience",
            "summary",
            "objectives",
            "word_count",
            "completed_on",
            "external_url",
            "notes",
        )
        labels = {"completed_on": "Finished on", "origin": "How it came about"}
        help_texts = {
            "title": "As you would name it to an editor. You can change it later.",
            "therapeutic_area": "Such as cardiology. Use the same word each time, to find them together.",
            "audience": "Who would learn from it, such as hospital pharmacists.",
            "objectives": "What a learner can do afterwards, one a line.",
            "notes": "Only you read these: time taken, feedback, what to do better. Markdown works.",
        }
        widgets = {
            "completed_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "summary": forms.Textarea({"rows": 4}),
            "objectives": forms.Textarea({"rows": 4}),
            "notes": forms.Textarea({"rows": 5}),
            "therapeutic_area": forms.TextInput({"list": "areas"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = Format.objects.offered() | Format.objects.filter(pk=self.instance.format_id)
        cast(forms.ModelChoiceField, self.fields["format"]).queryset = formats
        self.fields["origin"].required = False
        if not self.instance.permission:
            permission = cast(forms.ChoiceField, self.fields["permission"])
            usual = with_meanings([("", USUAL)], {"": USUAL_MEANING})
            permission.choices = [*usual, *cast(Iterable, permission.choices)]
        self.fields["attachment"].help_text = accepted_files()
        if self.instance.pk:
            del self.fields["attachment"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # Two fields are enough to add a sample; the rest then starts as a new sample does.
        for name in ("status", "origin"):
            data[name] = data.get(name) or getattr(self.instance, name)
        kept = self.initial.get("permission")
        usual = Sample.default_permission(self.initial.get("origin", ""))
        data["permission"] = data.get("permission") or kept
        # What is usual follows the origin; what somebody chose themselves stays.
        if not data["permission"] or data["permission"] == kept == usual:
            data["permission"] = Sample.default_permission(data["origin"])
        return data

    def save(self, commit: bool = True) -> Sample:
        uploads = self.cleaned_data.get("attachment")
        if not uploads:
            return super().save(commit)  # type: ignore[no-any-return]
        with storing() as store:
            contents = [store.add(upload).sha256 for upload in uploads]
            # A corrected file often has the name of the first; it is another sending all the same.
            self.cleaned_data["submission_id"] = bound_to(self.cleaned_data["submission_id"], contents)
            with transaction.atomic():
                sample: Sample = super().save(commit)
                add_versions(sample, uploads, store, submission_id=self.instance.submission_id)
        return sample

    def areas(self) -> list[str]:
        """What the owner has called therapeutic areas before, to be suggested again."""
        return Sample.objects.for_user(self.instance.owner).areas()

    def groups(self) -> Iterator[tuple[str, list[BoundField], bool]]:
        """The optional fields by group, and whether the group has something to show at once."""
        for title, names in self.GROUPS.items():
            fields = [self[name] for name in names]
            yield title, fields, any(field.errors or self._is_telling(field) for field in fields)

    def _is_telling(self, field: BoundField) -> bool:
        default = getattr(Sample(), field.name)
        return str(field.value() or "") != str(default or "")
