"""The forms for a sample: a new one with its first file, and one that is there already."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.utils.functional import cached_property, lazy

from cmetrack.forms import DayInput, OwnedModelForm
from portfolio.forms.choices import with_meanings
from portfolio.forms.files import FilesField, accepted_files
from portfolio.models import Format, Sample
from portfolio.models.choices import ORIGIN_MEANING, PERMISSION_MEANING, STATUS_MEANING
from portfolio.quota import wait_for_other_uploads
from portfolio.seen_by import is_handed_out
from portfolio.showing import ALLOWED
from portfolio.spelling import Names, tags_in, tidy
from portfolio.storage import storing
from portfolio.uploading import add_versions, bound_to

USUAL = "As usual for how it came about"
USUAL_MEANING = "Client, volunteer and edited work: not asked yet. Everything else: my own work."


TAGS_SUGGESTED = 8
# Made with a button: they change what others see, and when. Nothing chosen keeps what there is.
DECISIONS = ("status", "origin", "permission")
NOT_FROM_THIS_FORM = ("last_version", "quality_checked_on", "look_due_since", "current_as_of", "trashed_at")


class SampleForm(OwnedModelForm):
    """A sample. A title and a format are enough."""

    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        "Where it stands and who may see it": (
            "status",
            "origin",
            "permission",
            "consent",
            "client_name",
        ),
        "What it is about": ("therapeutic_area", "tags", "audience", "summary", "objectives"),
        "Your part, length, date and link": ("role", "word_count", "completed_on", "external_url"),
        "Private notes": ("notes",),
    }

    status = forms.ChoiceField(
        choices=with_meanings(Sample.Status.choices, STATUS_MEANING),
        widget=forms.RadioSelect,
        required=False,
    )
    origin = forms.ChoiceField(
        label="How it came about",
        choices=with_meanings(Sample.Origin.choices, ORIGIN_MEANING),
        widget=forms.RadioSelect,
        required=False,
    )
    permission = forms.ChoiceField(
        label="Permission to show it",
        choices=with_meanings(Sample.Permission.choices, PERMISSION_MEANING),
        widget=forms.RadioSelect,
        required=False,
    )

    instance: Sample

    class Meta:
        model = Sample
        fields = (
            "title",
            "format",
            "status",
            "origin",
            "permission",
            "consent",
            "client_name",
            "role",
            "therapeutic_area",
            "tags",
            "audience",
            "summary",
            "objectives",
            "word_count",
            "completed_on",
            "external_url",
            "notes",
        )
        labels = {"completed_on": "Finished on"}
        help_texts = {
            "title": "As you would name it to an editor. You can change it later.",
            "therapeutic_area": "Such as cardiology. Use the same word each time, to find them together.",
            "audience": "Who would learn from it, such as hospital pharmacists.",
            "objectives": "What a learner can do afterwards, one a line.",
            "notes": "Only you read these: time taken, feedback, what to do better. Markdown works.",
        }
        widgets = {
            "completed_on": DayInput,
            "consent": forms.Textarea({"rows": 2}),
            "summary": forms.Textarea({"rows": 4}),
            "objectives": forms.Textarea({"rows": 4}),
            "notes": forms.Textarea({"rows": 5}),
            "therapeutic_area": forms.TextInput({"list": "areas"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = Format.objects.offered() | Format.objects.filter(pk=self.instance.format_id)
        cast(forms.ModelChoiceField, self.fields["format"]).queryset = formats
        if not self.instance.permission:
            permission = cast(forms.ChoiceField, self.fields["permission"])
            usual = with_meanings([("", USUAL)], {"": USUAL_MEANING})
            permission.choices = [*usual, *cast(Iterable, permission.choices)]
        # Only a form that is shown needs to know the tags.
        self.fields["tags"].help_text = lazy(self._help_for_tags, str)()

    @cached_property
    def changed_data(self) -> list[str]:
        unchosen = [name for name in DECISIONS if not self.data.get(self.add_prefix(name))]
        return [name for name in super().changed_data if name not in unchosen]

    def clean_therapeutic_area(self) -> str:
        return tidy(self.cleaned_data["therapeutic_area"])

    def clean_tags(self) -> str:
        return ", ".join(tags_in(self.cleaned_data["tags"]))

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

    @cached_property
    def names_used(self) -> tuple[Names, Names]:
        """What the owner has used before as therapeutic areas and as tags, to be suggested again."""
        return Sample.objects.for_user(self.instance.owner).names_used()

    def areas(self) -> list[str]:
        """What to offer as the area: those used before, and the field that the profile names."""
        used = self.names_used[0]
        niche = used.usual(self.instance.owner.niche)
        return used.all() if not niche or niche in used.all() else [*used.all(), niche]

    def ask_first(self) -> str:
        """The origins for which showing a sample begins with asking, for the script of the page."""
        return " ".join(Sample.ASK_FIRST)

    def groups(self) -> Iterator[tuple[str, list[BoundField], bool]]:
        """The optional fields by group, and whether the group has something to show at once."""
        for title, names in self.GROUPS.items():
            fields = [self[name] for name in names]
            yield title, fields, any(field.errors or self._is_telling(field) for field in fields)

    def _help_for_tags(self) -> str:
        used = ", ".join(self.names_used[1].all()[:TAGS_SUGGESTED])
        return f"Separated by commas. Used before: {used}." if used else "Separated by commas."

    def _is_telling(self, field: BoundField) -> bool:
        default = getattr(Sample(), field.name)
        return str(field.value() or "") != str(default or "")

    def save_over(self, commit: bool = True) -> Sample:
        """Save a sample that was there. Where something else may be shown of it, it asks for a fresh look."""
        before = self.initial["permission"] or Sample.default_permission(self.initial["origin"])
        sample: Sample = super().save(commit)
        if before == Sample.Permission.REFUSED != sample.permission and not sample.quality_checked_on:
            # Pages had it in general words only; in its own it needs the checklist first.
            sample.shared_as.all().delete()
        if sample.permission != before or self._shows_another_link():
            sample.ask_for_a_look()
        return sample

    def _shows_another_link(self) -> bool:
        """Whether readers would be led elsewhere: with a public link, that is the work itself."""
        sample = self.instance
        is_followed = ALLOWED[sample.effective_permission].link and sample.external_url
        if not is_followed or "external_url" not in self.changed_data:
            return False
        return sample.status == Sample.Status.READY or is_handed_out(sample)


class SampleChangeForm(SampleForm):
    """A sample that is there already."""

    def save(self, commit: bool = True) -> Sample:
        return self.save_over(commit)


class NewSampleForm(SampleForm):
    """A new sample, with its first file; or the draft in which this very form has saved itself."""

    attachment = FilesField(several=False, required=False, label="Attach the file now (optional)")

    def __init__(self, data: Any = None, files: Any = None, *, instance: Sample, **kwargs: Any) -> None:
        super().__init__(data, files, instance=_begun(instance, data) or instance, **kwargs)
        self.fields["attachment"].help_text = accepted_files()

    def save(self, commit: bool = True) -> Sample:
        for name in NOT_FROM_THIS_FORM if self.instance.pk else ():
            # Other pages write these, and one may have done so since the row was read.
            delattr(self.instance, name)
        uploads = self.cleaned_data.get("attachment")
        if not uploads:
            return self._save_row(commit)
        with storing() as store:
            contents = [store.add(upload).sha256 for upload in uploads]
            # A corrected file often has the name of the first; it is another sending all the same.
            self.cleaned_data["submission_id"] = bound_to(self.cleaned_data["submission_id"], contents)
            with transaction.atomic():
                # First, as everywhere: two that wait for each other's row would never end.
                wait_for_other_uploads(self.instance.owner_id)
                sample = self._save_row(commit)
                add_versions(sample, uploads, store, submission_id=self.instance.submission_id)
        return sample

    def _save_row(self, commit: bool) -> Sample:
        """What saved itself is a draft that nobody else saw, unless another tab has moved it on since."""
        return self.save_over(commit) if self._was_moved_on() else super().save(commit)

    def _was_moved_on(self) -> bool:
        """Whether others may see the draft, or may again once it is ready."""
        draft = self.instance
        if draft.pk is None:
            return False
        return self.initial["status"] not in Sample.UNFINISHED or is_handed_out(draft)


def begun_number(drawn: Any) -> uuid.UUID | None:
    """The number of the row in which a new form, drawn with this hidden number, saves itself."""
    try:
        return uuid.uuid5(uuid.UUID(str(drawn)), "begun")
    except ValueError:
        return None


def _begun(blank: Sample, data: Any) -> Sample | None:
    number = begun_number(data.get("submission_id")) if data else None
    mine = Sample.objects.for_user(blank.owner).filter(submission_id=number)
    return mine.first() if number else None
