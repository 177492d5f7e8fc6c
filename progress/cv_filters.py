"""What the CV lines can be narrowed to, and how they read; all of it stands in the address."""

from datetime import date
from typing import Any

from django import forms

from cmetrack.filters import FilterForm
from networking.models.opportunities import OpportunityQuerySet
from portfolio.models import Format, Sample
from portfolio.models.samples import SampleQuerySet

YEARS = 15


class CvFilters(FilterForm):
    arranging = ("wording",)

    what = forms.ChoiceField(
        label="Kind of work",
        choices=[("", "Both"), ("samples", "Samples only"), ("projects", "Projects only")],
        required=False,
    )
    status = forms.ChoiceField(
        label="Which samples", choices=[("", "Ready"), ("begun", "Drafts too")], required=False
    )
    format = forms.ChoiceField(required=False)
    since = forms.TypedChoiceField(coerce=int, required=False)
    wording = forms.ChoiceField(
        choices=[("", "One line each"), ("sentence", "Sentences")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = Format.objects.values_list("key", "name")
        years = range(today.year, today.year - YEARS, -1)
        self.fields["format"].choices = [("", "Any"), *formats]  # type: ignore[attr-defined]
        self.fields["since"].choices = [("", "Any year"), *((y, str(y)) for y in years)]  # type: ignore[attr-defined]

    def samples(self, samples: SampleQuerySet) -> SampleQuerySet:
        """Those asked for, the latest work first."""
        if self.chosen("what") == "projects":
            return samples.none()
        begun = samples.begun() if self.chosen("status") else samples.filter(status=Sample.Status.READY)
        return self._narrowed(begun)

    def projects(self, projects: OpportunityQuerySet) -> OpportunityQuerySet:
        """Those asked for, the latest work first."""
        if self.chosen("what") == "samples":
            return projects.none()
        return self._narrowed(projects.held())

    def _narrowed[Q: (SampleQuerySet, OpportunityQuerySet)](self, rows: Q) -> Q:
        if key := self.chosen("format"):
            rows = rows.filter(format__key=key)
        year = self.chosen("since")
        since = date(year, 1, 1) if year else None
        return rows.matching(self.chosen("q")).latest_work_first(since)
