"""What addresses of the portfolio may carry: the list's filters, and a new sample's first values."""

from collections.abc import MutableMapping
from copy import copy
from typing import Any, ClassVar, cast

from django import forms

from cmetrack.filters import FilterForm
from portfolio.models import Format, Sample
from portfolio.models.samples import SampleQuerySet
from portfolio.showing import may_be_shown
from portfolio.spelling import Names

# Stands for samples without a therapeutic area.
NO_AREA = "-"
SHOWABLE = {"yes": "May be shown", "not-yet": "Not yet"}


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
    }
    arranging = ("sort",)

    format = forms.ChoiceField(required=False)
    status = forms.ChoiceField(choices=[("", "Any"), *Sample.Status.choices], required=False)
    permission = forms.ChoiceField(choices=[("", "Any"), *Sample.SHORT_PERMISSIONS.items()], required=False)
    shareable = forms.ChoiceField(choices=[("", "Any"), *SHOWABLE.items()], required=False)
    area = forms.CharField(required=False, max_length=100, widget=forms.Select)
    tag = forms.CharField(required=False, max_length=200, widget=forms.Select)
    sort = forms.ChoiceField(choices=[(key, label) for key, (label, _) in SORTS.items()], required=False)

    def __init__(self, *args: Any, samples: SampleQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = Format.objects.values_list("key", "name")
        self.fields["format"].choices = [("", "Any"), *formats]  # type: ignore[attr-defined]
        self.areas, self.tags = samples.names_used()
        self._offer("area", self.areas, (NO_AREA, "None named"))
        self._offer("tag", self.tags)
        if not self.tags.all():
            del self.fields["tag"]

    def apply(self, samples: SampleQuerySet) -> SampleQuerySet:
        """The samples that pass, in the order asked for."""
        samples = samples.matching(self.chosen("q")).filter(**self.exactly())
        if area := self.chosen("area"):
            samples = samples.filter(therapeutic_area__in=self._spelt(area))
        if tag := self.chosen("tag"):
            samples = samples.tagged(self.tags.spellings(tag))
        if shareable := self.chosen("shareable"):
            samples = samples.filter(may_be_shown() if shareable == "yes" else ~may_be_shown())
        _, order = self.SORTS[self.chosen("sort")]
        return samples.order_by(order, "-pk")

    def _spelt(self, area: str) -> list[str]:
        return [""] if area == NO_AREA else self.areas.spellings(area)

    def _offer(self, name: str, names: Names, *more: tuple[str, str]) -> None:
        """Let one of `names` be chosen, also when the address spells it another way."""
        choices = [("", "Any"), *((one, one) for one in names.all()), *more]
        self.fields[name].widget.choices = choices
        if given := self.data.get(name):
            known = cast(MutableMapping[str, Any], copy(self.data))
            known[name] = names.usual(given)
            self.data = known
