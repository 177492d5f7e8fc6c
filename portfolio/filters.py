"""What addresses of the portfolio may carry: the list's filters, and a new sample's first values."""

from typing import Any, ClassVar

from django import forms

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


class SampleFilters(forms.Form):
    """The filters of the list, as they stand in its address. A nonsensical one is ignored."""

    SORTS: ClassVar[dict[str, tuple[str, str]]] = {
        "": ("Latest", "-updated_at"),
        "title": ("Title", "title"),
        "format": ("Format", "format__position"),
    }

    q = forms.CharField(
        label="Search", required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
    format = forms.ChoiceField(required=False)
    status = forms.ChoiceField(choices=[("", "Any"), *Sample.Status.choices], required=False)
    permission = forms.ChoiceField(choices=[("", "Any"), *Sample.SHORT_PERMISSIONS.items()], required=False)
    area = forms.CharField(required=False, max_length=100, widget=forms.Select)
    sort = forms.ChoiceField(choices=[(key, label) for key, (label, _) in SORTS.items()], required=False)

    def __init__(self, data: Any, *, samples: SampleQuerySet) -> None:
        super().__init__(data)
        self._samples = samples
        formats = Format.objects.values_list("key", "name")
        self.fields["format"].choices = [("", "Any"), *formats]  # type: ignore[attr-defined]
        self.fields["area"].widget.choices = [("", "Any"), *((area, area) for area in samples.areas())]
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"
        self.is_valid()

    def apply(self) -> SampleQuerySet:
        """The samples that pass, in the order asked for."""
        chosen = self.cleaned_data
        exact = {
            "format": "format__key",
            "status": "status",
            "permission": "permission",
            "area": "therapeutic_area",
        }
        found = self._samples.filter(
            **{lookup: chosen[name] for name, lookup in exact.items() if chosen.get(name)}
        )
        _, order = self.SORTS[chosen.get("sort", "")]
        return found.matching(chosen.get("q", "")).order_by(order, "-pk")

    @property
    def is_narrowing(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @property
    def more(self) -> list[forms.BoundField]:
        """All but the search."""
        return [field for field in self if field.name != "q"]

    @property
    def is_more_used(self) -> bool:
        return any(self.cleaned_data.get(field.name) for field in self.more)
