"""Puts an older version of a milestone back into the editors' hands."""

from datetime import date
from typing import cast

from django.db import models, transaction

from milestones.models import Milestone, Publication, StepChange
from milestones.models.retiring import Retirable
from milestones.publishing import EVERYTHING, Content, grow


@transaction.atomic
def put_back(publication: Publication, today: date) -> None:
    """Make the working copy what it was in `publication`. People see nothing of it until it is published.

    What came later is retired, or deleted where nothing can hang on it. Nobody's progress is touched,
    and what told people of changes stays told.
    """
    Milestone.objects.select_for_update().get(pk=publication.milestone_id)
    _put_back(Milestone, [publication.content], Milestone.objects.filter(pk=publication.milestone_id), today)


def _put_back(
    model: type[models.Model], contents: list[Content], now: "models.QuerySet[models.Model]", today: date
) -> None:
    wanted = [grow(model, content, {}) for content in contents]
    _take_out(now.exclude(pk__in=[row.pk for row in wanted]), today)
    present = {row.pk: row for row in now}
    for row, content in zip(wanted, contents, strict=True):
        _keep_what_only_grows(row, present.get(row.pk))
        row.save(force_insert=row.pk not in present)
        for relation in EVERYTHING.get(model, ()):
            below = cast(models.ManyToOneRel, model._meta.get_field(relation))
            if below.related_model is not StepChange:
                children = below.related_model._default_manager.filter(**{below.field.name: row.pk})
                _put_back(below.related_model, content[relation], children, today)


def _take_out(rows: "models.QuerySet[models.Model]", today: date) -> None:
    if issubclass(rows.model, Retirable):
        rows.filter(retired_on=None).update(retired_on=today)
    else:
        rows.delete()


def _keep_what_only_grows(row: models.Model, present: models.Model | None) -> None:
    # A revision that went back would tell people of the same change twice.
    for name in ("revision", "checked_on", "was_opened"):
        if hasattr(present, name):
            setattr(row, name, getattr(present, name))
