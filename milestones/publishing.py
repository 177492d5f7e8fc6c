"""From the editors' rows to what people see.

`snapshot` writes a milestone and everything below it down as plain values; a `Publication` keeps
them; `grow` makes rows of them again, which templates and the evidence engine read like any others.
A preview is the same without the `Publication` in between, so it cannot differ from what follows it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.db import models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from milestones.models import Milestone, Publication, Question, Step

type Content = dict[str, Any]
type Below = Mapping[type[models.Model], tuple[str, ...]]

# What hangs on a milestone, by the names under which one row reaches the next.
EVERYTHING: Below = {
    Milestone: ("objectives", "resources", "steps", "questions"),
    Step: ("check_items", "requirements", "changes"),
    Question: ("choices",),
}
# What is retired is left out whole; when a link was last checked is true at once and no change of text.
NEVER_PUBLISHED = {"retired_on", "checked_on", "was_opened"}
# Enough to say where a person stands.
OUTLINE: Below = {Milestone: ("steps", "questions"), Step: ("requirements", "changes")}


def published_path() -> list[Milestone]:
    """The published milestones in order, each with its steps and their requirements. One query."""
    contents = Publication.objects.current().values_list("content", flat=True)
    return sorted((grow(Milestone, content, OUTLINE) for content in contents), key=_place)


def published_or_404(slug: str) -> Milestone:
    """The published milestone at this address with everything below it. One query."""
    publications = Publication.objects.current().filter(milestone__slug=slug)
    return grow(Milestone, get_object_or_404(publications).content)


def one_or_404[M: models.Model](rows: Iterable[M], pk: int) -> M:
    """The row with this key among rows of what is published."""
    row = next((row for row in rows if row.pk == pk), None)
    if row is None:
        raise Http404
    return row


def working_copy(milestone: Milestone) -> Content:
    """What publishing `milestone` now would show. A fixed number of queries."""
    return snapshot(Milestone.objects.prefetch_related(*_paths(Milestone)).get(pk=milestone.pk))


def unpublished() -> dict[Milestone, Content]:
    """Working copies that differ from what people see, or of which they see nothing yet."""
    seen = dict(Publication.objects.current().values_list("milestone", "content"))
    copies = {row: snapshot(row) for row in Milestone.objects.prefetch_related(*_paths(Milestone))}
    return {row: content for row, content in copies.items() if seen.get(row.pk) != content}


@transaction.atomic
def publish(milestone: Milestone, by: User | None = None, note: str = "") -> Publication:
    """Show people the working copy from now on, and return what they see."""
    # Two editors publishing at once get two numbers, one after the other.
    Milestone.objects.select_for_update().get(pk=milestone.pk)
    latest = milestone.publications.aggregate(latest=models.Max("number"))["latest"] or 0
    milestone.publications.filter(is_current=True).update(is_current=False)
    content = working_copy(milestone)
    return milestone.publications.create(number=latest + 1, content=content, note=note, published_by=by)


def tell_of_change(step: Step, what: str, today: date) -> None:
    """Raise the step's revision: once published, those who had finished it are told what changed."""
    step.revision += 1
    step.save(update_fields=["revision"])
    step.changes.create(revision=step.revision, what=what, changed_on=today)


def snapshot(row: models.Model) -> Content:
    """`row` and what hangs on it as plain values. What is retired is left out."""
    told: Content = {field.attname: _plain(field.value_from_object(row)) for field in _columns(type(row))}
    for relation in EVERYTHING.get(type(row), ()):
        children = getattr(row, relation).all()
        told[relation] = [snapshot(child) for child in children if not getattr(child, "retired_on", None)]
    return told


def grow[M: models.Model](
    model: type[M], told: Content, below: Below = EVERYTHING, **parent: models.Model
) -> M:
    """A row like the one `told` was written down from, with the relations of `below`. No query."""
    known = [column for column in _columns(model) if column.attname in told]
    row = model(**{column.attname: column.to_python(told[column.attname]) for column in known})
    row._state.adding = False
    for name, owner in parent.items():
        setattr(row, name, owner)
    for relation in below.get(model, ()):
        to = cast(models.ManyToOneRel, model._meta.get_field(relation))
        children = [
            grow(to.related_model, child, below, **{to.field.name: row}) for child in told.get(relation, [])
        ]
        _remember(row, relation, to.related_model, children)
    return row


def _remember(
    row: models.Model, relation: str, model: type[models.Model], children: list[models.Model]
) -> None:
    # What prefetch_related does after its query: from now on `.all()` gives these rows.
    rows: Any = model._default_manager.none()
    rows._result_cache = children
    rows._prefetch_done = True
    cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[relation] = rows


def _columns(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    return [column for column in model._meta.concrete_fields if column.name not in NEVER_PUBLISHED]


def _paths(model: type[models.Model], before: str = "") -> Iterable[str]:
    for relation in EVERYTHING.get(model, ()):
        yield before + relation
        below = cast(models.ManyToOneRel, model._meta.get_field(relation)).related_model
        yield from _paths(below, f"{before}{relation}__")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _place(milestone: Milestone) -> tuple[int, int]:
    return milestone.position, milestone.pk
