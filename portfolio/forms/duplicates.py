"""The form that starts a sample anew in another format."""

import re
from typing import Any, cast

from django import forms
from django.utils.text import capfirst

from cmetrack.forms import OwnedModelForm
from portfolio.models import Format, Sample
from portfolio.models.formats import in_a_sentence

# What the same subject keeps in any format. Whose it is stays too: a second piece drawn from a
# client's work is no freer than the first.
KEPT = ("owner", "therapeutic_area", "audience", "objectives", "tags", "origin")


class DuplicateForm(OwnedModelForm):
    """A new draft about the same subject in another format, without the file and its permission."""

    instance: Sample

    class Meta:
        model = Sample
        fields = ("format",)
        labels = {"format": "Format"}

    def __init__(self, data: Any = None, *, source: Sample) -> None:
        draft = Sample(**{name: getattr(source, name) for name in KEPT})
        # It stands on one page with the form for files, whose fields have the usual ids.
        super().__init__(data, instance=draft, auto_id="id_duplicate_%s")
        self.source = source
        field = cast(forms.ModelChoiceField, self.fields["format"])
        field.queryset = Format.objects.offered().exclude(pk=source.format_id)

    def save(self, commit: bool = True) -> Any:
        draft, source = self.instance, self.source
        draft.title = title_in(source.title, source.format, self.cleaned_data["format"])
        draft.permission = self._permission()
        draft.notes = f"The same subject as {_link(source)} ({in_a_sentence(source.format.name)})."
        return super().save(commit)

    def _permission(self) -> Sample.Permission:
        """Consent to one piece is none to another, and whoever was asked about the first is asked again."""
        if self.source.effective_permission == Sample.Permission.OWN_WORK:
            return Sample.default_permission(self.source.origin)
        return Sample.Permission.NOT_ASKED


def title_in(title: str, before: Format, after: Format) -> str:
    """The title for another format: its name stands where that of the first one stood, else at the end."""
    name = in_a_sentence(after.name)
    found = re.search(re.escape(before.name), title, re.IGNORECASE)
    if found:
        name = capfirst(name) if found.group()[0].isupper() else name
        adapted = f"{title[: found.start()]}{name}{title[found.end() :]}"
    else:
        adapted = f"{title}: {name}"
    room = Sample._meta.get_field("title").max_length or 0
    return adapted if len(adapted) <= room else f"{title[: room - len(name) - 3]}…: {name}"


def _link(sample: Sample) -> str:
    """A link to a sample in Markdown, its title read as it stands."""
    title = re.sub(r"([\\\[\]*_`<&])", r"\\\1", sample.title)
    return f"[“{title}”]({sample.get_absolute_url()})"
