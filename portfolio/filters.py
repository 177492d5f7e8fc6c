"""What addresses of the portfolio may carry: the list's filters, and a new sample's first values."""

from typing import Any, ClassVar

from django import forms

from cmetrack.filters import FilterForm
from portfolio.models import Format, Sample
from portfolio.models.samples import SampleQuerySet


class SampleStart(forms.Form):
    """What a link may fill in beforehand: `?format=slide_deck&status=ready`. Nonsense is ignored."""

    format = forms.CharField(required=False, max_length=40)
    title = forms.CharField(required=False, max_length=200)
    therapeutic_area = forms.CharField(required=False, max_length=100)
    status = forms.ChoiceField(choices=Sample.Status.choices, required=False)
    origin = forms.ChoiceField(choices=Sample.Origin.choices, required=False)

    def clean_format(self) -> Format | None:
        wanted: str = self.cleaned_data["format"]
        return Format.objects.offered().named(wanted).first() if wanted else None

    def values(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SampleFilters(FilterForm):
    """The filters of the list of samples, and its order."""

    SORTS: ClassVar[dict[str, tuple[str, str]]] = {
        "": ("Latest", "-updated_at"),
        "title": ("Title", "title"),
        "format": ("Format", "format__position"),
    }
    exact: ClassVar[dict[str, str]] = {
        "format": "format__key",
        "status": "status",
        "permission": "permission",
        "area": "therapeutic_area",
    }
    arranging = ("sort",)

    format = forms.ChoiceField(required=False)
    status = forms.ChoiceField(choices=[("", "Any"), *Sample.Status.choices], required=False)
    permission = forms.ChoiceField(choices=[("", "Any"), *Sample.SHORT_PERMISSIONS.items()], required=False)
    area = forms.CharField(required=False, max_length=100, widget=forms.Select)
    sort = forms.ChoiceField(choices=[(key, label) for key, (label, _) in SORTS.items()], required=False)

    def __init__(self, *args: Any, samples: SampleQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = Format.objects.values_list("key", "name")
        self.fields["format"].choices = [("", "Any"), *formats]  # type: ignore[attr-defined]
        self.fields["area"].widget.choices = [("", "Any"), *((area, area) for area in samples.areas())]

    def apply(self, samples: SampleQuerySet) -> SampleQuerySet:
        """The samples that pass, in the order asked for."""
        _, order = self.SORTS[self.chosen("sort")]
        return samples.matching(self.chosen("q")).filter(**self.exactly()).order_by(order, "-pk")
