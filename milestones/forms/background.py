import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from cmetrack.ownership import new_submission_id
from milestones.models import Background, PriorWork
from portfolio.models import Sample


class PriorWorkForm(forms.Form):
    """Earlier work that becomes samples: a tick and a title for each piece that the background names."""

    submission_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, background: Background, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"submission_id": new_submission_id()})
        self.prior: list[PriorWork] = list(background.prior.all())
        for work in self.prior:
            self.fields[f"has_{work.pk}"] = forms.BooleanField(
                required=False, label=f"I have {work.label[:1].lower()}{work.label[1:]}"
            )
            self.fields[f"title_{work.pk}"] = forms.CharField(
                required=False, max_length=200, initial=work.title, label="Title"
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ticked = [work for work in self.prior if data.get(f"has_{work.pk}")]
        if not ticked:
            raise forms.ValidationError("Tick what you have, or leave this page: nothing has to be logged.")
        for work in ticked:
            if f"title_{work.pk}" in data and not data[f"title_{work.pk}"]:
                self.add_error(f"title_{work.pk}", "Enter a title.")
        return data

    def rows(self) -> Iterator[tuple[PriorWork, forms.BoundField, forms.BoundField]]:
        """Each piece with its two fields, for the page."""
        for work in self.prior:
            yield work, self[f"has_{work.pk}"], self[f"title_{work.pk}"]

    def save(self, user: User) -> list[Sample]:
        """Log what was ticked, once however often the form is sent."""
        drawn = self.cleaned_data["submission_id"] or new_submission_id()
        return [self._log(user, work, drawn) for work in self.prior if self.cleaned_data[f"has_{work.pk}"]]

    def _log(self, user: User, work: PriorWork, drawn: uuid.UUID) -> Sample:
        values = {
            "title": self.cleaned_data[f"title_{work.pk}"],
            "format": work.format,
            "origin": work.origin,
            "status": work.status,
            "permission": Sample.Permission.NOT_ASKED,
            "notes": work.caution,
        }
        key = uuid.uuid5(drawn, str(work.pk))
        return Sample.objects.get_or_create(owner=user, submission_id=key, defaults=values)[0]
