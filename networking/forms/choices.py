"""Long lists in a form: any own row may be chosen, only the likeliest are offered."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portfolio.models import Format

# Digits of the largest 64-bit number, less one: SQLite answers a longer one with an error.
LONGEST_KEY = 18


def name_empty_choice(field: forms.Field) -> None:
    """Say calmly what choosing nothing means, in a list that has such a choice."""
    words = "Choose…" if field.required else "Not said"
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = field.empty_label and words
    elif isinstance(field, forms.ChoiceField):
        choices = cast(Iterable[tuple[str, str]], field.choices)
        field.choices = [(key, label if key else words) for key, label in choices]


def formats_to_choose(chosen: Iterable[Format]) -> QuerySet[Format]:
    """What clients commission; one that an editor retired after it was chosen stays chosen."""
    return Format.objects.commissioned() | Format.objects.filter(pk__in=[one.pk for one in chosen])


def offer(field: forms.Field, likely: QuerySet[Any], label: str, chosen: Any = None) -> None:
    """Offer the `likely` rows of the field's queryset, and the `chosen` one if it is not among them."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
    rows = list(likely.values_list("pk", label))
    if chosen and str(chosen) not in {str(pk) for pk, _ in rows}:
        rows += _found(field, chosen, label)
    field.widget = QuickSelect(field.widget.attrs)
    field.choices = [("", field.empty_label or ""), *rows]


def _found(field: forms.ModelChoiceField, chosen: Any, label: str) -> list[tuple[Any, str]]:
    try:
        row = field.to_python(chosen)
    except forms.ValidationError:
        return []
    return [(row.pk, getattr(row, label))] if row else []


class QuickSelect(forms.Select):
    """A list of hundreds, written in one go: Django's own renders two templates for each option."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        rows = [
            (key, mark_safe(" selected") if str(key) in chosen else "", text) for key, text in self.choices
        ]
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        start = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", start, options)


class SeveralRows(forms.ModelMultipleChoiceField):
    """As Django's, and a key too long for the database is one more that is not offered."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                message = self.error_messages["invalid_choice"]
                raise forms.ValidationError(message, code="invalid_choice", params={"value": str(key)[:20]})
        return super().clean(value)
