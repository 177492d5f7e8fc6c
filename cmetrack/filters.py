"""What a list can be narrowed by. Nonsense in an address is ignored, never an error."""

from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict


class FilterForm(forms.Form):
    """The filters of a list as they stand in its address; `templates/_filters.html` shows them."""

    # Which fields stand for a field of the row, and how it is looked up.
    exact: ClassVar[dict[str, str]] = {}
    # Fields that arrange what was found and leave nothing out.
    arranging: ClassVar[tuple[str, ...]] = ()

    q = forms.CharField(
        label="Search",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @classmethod
    def read(cls, given: QueryDict, **kwargs: Any) -> Self:
        """The form with only those values that make sense."""
        form = cls(given, **kwargs)
        form.full_clean()
        if form.errors:
            form = cls({name: given[name] for name in form.cleaned_data if name in given}, **kwargs)
            form.full_clean()
        return form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    def exactly(self) -> dict[str, Any]:
        """What is chosen of `exact`, as conditions."""
        return {lookup: value for name, lookup in self.exact.items() if (value := self.chosen(name))}

    def is_narrowed(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name not in self.arranging)

    def more_fields(self) -> list[forms.BoundField]:
        """All but the search, which a phone shows only when asked."""
        return [field for field in self.visible_fields() if field.name != "q"]

    def has_more_chosen(self) -> bool:
        return any(self.chosen(field.name) for field in self.more_fields())
