"""What differs between two versions of a milestone, row by row and field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst

from milestones.models import Milestone, Requirement
from milestones.publishing import EVERYTHING, Content
from portfolio.models import Format

# What no editor types, or what the row's place in the tree says already.
NOT_TOLD = {"id", "revision"}
SIGNS = {"+ ": "added", "- ": "removed", "  ": "kept"}
LINES_AROUND = 1

type Table = type[models.Model]
# What foreign keys are called, by their numbers.
type Names = dict[int, str]


@dataclass(frozen=True)
class Line:
    """A line of a text with what became of it: added, removed or kept."""

    sign: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One row that was added, removed or changed, with the fields that differ."""

    what: str
    kind: str
    fields: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    # The step it belongs to, None for what is not part of one.
    step: int | None = None


def differences(before: Content | None, after: Content) -> list[Difference]:
    """How `after` differs from `before`; all of it when there was nothing before."""
    names = dict(Format.objects.values_list("pk", "name"))
    return list(_compare(Milestone, before, after, None, names))


def lines(before: str, after: str) -> tuple[Line, ...]:
    """The lines of two texts as one, those far from any change left out."""
    told = [
        Line(SIGNS[line[:2]], line[2:])
        for line in ndiff(before.splitlines(), after.splitlines())
        if line[0] != "?"
    ]
    near = {
        place + by
        for place, line in enumerate(told)
        if line.sign != "kept" and line.text.strip()
        for by in range(-LINES_AROUND, LINES_AROUND + 1)
    }
    return tuple(line for place, line in enumerate(told) if place in near)


def _compare(
    model: Table,
    before: Content | None,
    after: Content | None,
    step: int | None,
    names: Names,
) -> Iterator[Difference]:
    told = after or before or {}
    step = told["id"] if model._meta.model_name == "step" else step
    if before and after:
        fields = tuple(_fields(model, before, after, names))
        if fields:
            yield Difference(_called(model, told), "changed", fields, step)
    else:
        yield Difference(_called(model, told), "added" if after else "removed", (), step)
        return
    for relation in EVERYTHING.get(model, ()):
        below = cast(models.ManyToOneRel, model._meta.get_field(relation)).related_model
        if below._meta.model_name != "stepchange":
            yield from _rows(below, before[relation], after[relation], step, names)


def _rows(
    model: Table,
    before: list[Content],
    after: list[Content],
    step: int | None,
    names: Names,
) -> Iterator[Difference]:
    old, new = ({row["id"]: row for row in rows} for rows in (before, after))
    for pk in [*new, *(pk for pk in old if pk not in new)]:
        yield from _compare(model, old.get(pk), new.get(pk), step, names)


def _fields(
    model: Table, before: Content, after: Content, names: Names
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    for column in model._meta.concrete_fields:
        old, new = before.get(column.attname), after.get(column.attname)
        if column.name not in NOT_TOLD and column.name != "retired_on" and old != new:
            yield label_of(column), lines(_text(column, old, names), _text(column, new, names))


def label_of(column: "models.Field[Any, Any]") -> str:
    return capfirst(str(column.verbose_name))


def _text(column: "models.Field[Any, Any]", value: Any, names: Names) -> str:
    return names.get(value, "") if column.name == "format" else in_words(column, value)


def in_words(column: "models.Field[Any, Any]", value: Any) -> str:
    """A value as an editor reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(column.flatchoices).get(value, value))


def _called(model: Table, told: Content) -> str:
    name = str(model._meta.verbose_name)
    if model is Requirement:
        kind = Requirement.Kind(told["kind"]).label
        return f"Requirement “{kind}: {told['count']}”"
    title = told.get("title") or told.get("text") or told.get("key") or ""
    return f"{capfirst(name)} “{str(title).splitlines()[0][:80]}”"
