"""The form every private row is written through."""

import json
import uuid
from collections.abc import Iterable, MutableMapping
from copy import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, models, transaction

from cmetrack.ownership import OwnedModel, OwnedQuerySet, new_submission_id

CHANGED_ELSEWHERE = (
    "This was changed in another tab or on another device after you opened it. "
    "What you typed is still here: save again to replace the other version."
)

HIDDEN = {"submission_id", "revision"}


class DayInput(forms.DateInput):
    """The browser's own day picker, which takes days in no format but this."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OwnedModelForm(forms.ModelForm):
    """Writes one owned row: once however often it is sent, and never over unseen changes.

    Give it `instance=Model(owner=user)` to create. A form sent twice saves once and gives back
    the row of the first time. A form opened before somebody else's save is refused with a
    message; sending it again is then a deliberate choice.
    """

    submission_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    instance: OwnedModel

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["submission_id"] = new_submission_id()
        self.initial["revision"] = self.instance.revision
        for name, field in self.fields.items():
            _speak_plainly(field, str(field.label or name.replace("_", " ")))
            if isinstance(field, forms.ModelChoiceField):
                self._keep_to_own_rows(name, field)
            if isinstance(field.widget, forms.Textarea):
                # A browser would cut a long paste off without a word; we say how long it may be.
                field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self._is_changed_elsewhere(data.get("revision")):
            # The next try carries today's number: whoever saves again has been told.
            retry = cast(MutableMapping[str, Any], copy(self.data))
            retry[self.add_prefix("revision")] = str(self.instance.revision)
            self.data = retry
            raise forms.ValidationError(CHANGED_ELSEWHERE, code="changed_elsewhere")
        return data

    @property
    def clashes(self) -> bool:
        """Whether it was refused because the row has changed since the form was opened."""
        return self.has_error(NON_FIELD_ERRORS, "changed_elsewhere")

    def _is_changed_elsewhere(self, seen: int | None) -> bool:
        if not self.instance.pk or seen in (None, self.instance.revision):
            return False
        # The second of two clicks finds what the first one wrote: nothing differs, nobody is told.
        return not set(self.changed_data) <= HIDDEN

    def save(self, commit: bool = True) -> Any:
        """Save and return the row, or the row that this very form already made."""
        if self.instance.pk:
            self.instance.revision += 1
            return super().save(commit)
        self.instance.submission_id = self._sending()
        return self._sent_before() or self._create(commit)

    def is_sent_again(self) -> bool:
        """Whether this very form made its row before: that row may stand in nobody's way now."""
        rows = type(self.instance)._default_manager.filter(owner=self.instance.owner)
        sending = None if self.instance.pk else self._sending()
        return sending is not None and rows.filter(submission_id=sending).exists()

    def _sending(self) -> uuid.UUID | None:
        """The hidden number together with what was typed: Back, other words, Save is another sending."""
        drawn = self.cleaned_data.get("submission_id")
        typed = sorted(
            (name, _as_text(self.cleaned_data.get(name))) for name in self.fields if name not in HIDDEN
        )
        return drawn and uuid.uuid5(drawn, json.dumps(typed))

    def _create(self, commit: bool) -> Any:
        try:
            with transaction.atomic():
                return super().save(commit)
        except IntegrityError:
            # Two clicks at the same moment: the other one won, and it wrote the same row.
            if twin := self._sent_before():
                return twin
            raise

    def _sent_before(self) -> models.Model | None:
        sent = self.instance.submission_id
        if sent is None:
            return None
        rows = type(self.instance)._default_manager.filter(owner=self.instance.owner)
        twin = rows.filter(submission_id=sent).first()
        if twin is not None and getattr(twin, "trashed_at", None):
            # Sent again after it went to the trash: a new row is meant, and the number is free again.
            rows.filter(pk=twin.pk).update(submission_id=None)
            return None
        return twin

    def _keep_to_own_rows(self, name: str, field: forms.ModelChoiceField) -> None:
        # Without this, anyone could attach their row to a stranger's.
        rows = cast(models.QuerySet, field.queryset)
        if isinstance(rows, OwnedQuerySet):
            owner = self.instance.owner
            # What is chosen already may lie in the trash; saving must not cut that link.
            chosen = rows.filter(owner=owner, pk=getattr(self.instance, f"{name}_id", None))
            field.queryset = rows.for_user(owner) | chosen


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Our words for what Django says of every form: what is missing, and what was not chosen."""
    verb = "Choose" if isinstance(field, forms.ChoiceField) else "Enter"
    field.error_messages["required"] = f"{verb} the {label.lower()}."
    if isinstance(field, forms.URLField):
        field.error_messages["invalid"] = "Enter a web address such as https://example.org."
    elif isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Enter an e-mail address such as name@example.org."
    nothing = "Choose one" if field.required else "Not said"
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = nothing if field.empty_label is not None else None
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(key, text if key else nothing) for key, text in cast(Iterable, field.choices)]


def _as_text(value: Any) -> str:
    """What a field holds, to the last of many chosen rows: printing a queryset stops at twenty."""
    return str(sorted(value.values_list("pk", flat=True)) if isinstance(value, models.QuerySet) else value)
