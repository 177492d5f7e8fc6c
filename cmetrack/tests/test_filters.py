"""What every list reads from its address."""

import pytest
from django import forms
from django.http import QueryDict

from cmetrack.filters import FilterForm


class PaperFilter(FilterForm):
    exact = {"kind": "kind__key"}
    arranging = ("sort",)

    kind = forms.ChoiceField(choices=[("", "Any"), ("case", "Case"), ("deck", "Deck")], required=False)
    sort = forms.ChoiceField(choices=[("", "Latest"), ("title", "Title")], required=False)
    view = forms.CharField(required=False, widget=forms.HiddenInput)


def read(address):
    return PaperFilter.read(QueryDict(address))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("", {}),
        ("q=gout&kind=deck", {"q": "gout", "kind": "deck"}),
        ("q=gout&kind=poem", {"q": "gout"}),
        ("q=a%00b&kind=deck", {"kind": "deck"}),
        ("q=" + "x" * 201, {}),
        ("colour=red", {}),
    ],
)
def test_keeps_what_makes_sense(address, kept):
    filters = read(address)

    assert {name: value for name, value in filters.cleaned_data.items() if value} == kept
    assert filters.errors == {}


def test_looks_up_what_is_chosen_and_nothing_else():
    assert read("kind=deck&q=gout&sort=title").exactly() == {"kind__key": "deck"}
    assert read("q=gout").exactly() == {}


@pytest.mark.parametrize(
    ("address", "is_narrowed", "has_more_chosen"),
    [
        ("", False, False),
        ("q=gout", True, False),
        ("kind=deck", True, True),
        ("sort=title", False, True),
        ("view=board", True, False),
    ],
)
def test_knows_what_leaves_rows_out_and_what_only_arranges_them(address, is_narrowed, has_more_chosen):
    filters = read(address)

    assert (filters.is_narrowed(), filters.has_more_chosen()) == (is_narrowed, has_more_chosen)


def test_folds_all_that_is_in_sight_but_the_search():
    assert [field.name for field in read("").more_fields()] == ["kind", "sort"]
