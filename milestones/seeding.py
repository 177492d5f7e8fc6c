"""Puts the content files into the database and leaves alone whatever an editor has touched.

A `SeedRecord` remembers each row made from a file and the digest of what was written. A row that
no longer has that digest was edited; a record whose row is gone was deleted. Both stay as they are.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from milestones.content_entries import Row, model_field
from milestones.content_files import read_content
from milestones.editors import let_editors_work_on
from milestones.links import is_later_check
from milestones.models import (
    Background,
    CheckItem,
    Choice,
    Competency,
    CompetencyGroup,
    GlossaryTerm,
    Milestone,
    Objective,
    PriorWork,
    Publication,
    Question,
    Requirement,
    Resource,
    SeedRecord,
    Step,
)
from milestones.publishing import Content, publish, unpublished
from networking.models import CadenceRule, MessageTemplate, PitchStep
from networking.planning import follow_new_rules
from portfolio.models import Format, QualityItem

# Parents before children.
MODELS: tuple[type[Model], ...] = (
    Format,
    QualityItem,
    MessageTemplate,
    CadenceRule,
    PitchStep,
    CompetencyGroup,
    Competency,
    GlossaryTerm,
    Background,
    PriorWork,
    Milestone,
    Objective,
    Resource,
    Step,
    CheckItem,
    Requirement,
    Question,
    Choice,
)
NATURAL_KEY: dict[type[Model], str] = {
    Background: "persona",
    CadenceRule: "key",
    Competency: "key",
    CompetencyGroup: "key",
    Format: "key",
    GlossaryTerm: "key",
    MessageTemplate: "key",
    Milestone: "slug",
    PitchStep: "key",
    QualityItem: "key",
    Question: "key",
    Step: "key",
}
# Whose children stay away when the row itself is not ours or is gone.
HOLDERS = (Background, CompetencyGroup, Milestone, Question, Step)
# What people’s next dates follow.
CLOCKS: set[type[Model]] = {CadenceRule, PitchStep}
FROM_FILES = "From the content files"


@dataclass
class Report:
    """What a load did, and what it left alone and why."""

    written: set[type[Model]] = field(default_factory=set)
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    edited: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    # Milestones whose new text waits, because an editor has changes there that nobody published yet.
    waiting: list[str] = field(default_factory=list)

    @property
    def is_nothing_to_do(self) -> bool:
        return not (self.created or self.updated)


def load_content(root: Path = settings.BASE_DIR) -> Report:
    """Bring the database up to the files, all or nothing. Raises `ContentError`.

    What it changes is published, except where an editor's own changes wait to be.
    """
    rows = read_content(root)
    drafts = _validated(rows)
    with transaction.atomic():
        # Also the lock: of two loads at once, the second waits here.
        let_editors_work_on(MODELS)
        held_back = _with_changes_of_their_own()
        report = _Load(rows, drafts).run()
        report.waiting = _publish(held_back)
        if CLOCKS & report.written:
            follow_new_rules()
        return report


def _with_changes_of_their_own() -> dict[Milestone, Content]:
    """Milestones that people see, but not as the editors have them."""
    seen = set(Publication.objects.current().values_list("milestone", flat=True))
    return {milestone: content for milestone, content in unpublished().items() if milestone.pk in seen}


def _publish(held_back: dict[Milestone, Content]) -> list[str]:
    """Publish what differs from what people see; the names of those that got new text and are held back."""
    waiting = []
    for milestone, content in unpublished().items():
        if milestone not in held_back:
            publish(milestone, note=FROM_FILES)
        elif content != held_back[milestone]:
            waiting.append(str(milestone))
    return waiting


def digest(row: Model, names: Iterable[str]) -> str:
    """A fingerprint of the named fields. Defaults are left out, so that a new field changes none."""
    told = {}
    for name in names:
        column = model_field(type(row), name)
        value = getattr(row, column.attname)
        if value != column.get_default():
            told[column.attname] = value
    return sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


class _Load:
    """One load. It decides row by row and writes model by model."""

    def __init__(self, rows: list[Row], drafts: dict[str, Model]) -> None:
        self.rows, self.drafts = rows, drafts
        self.records = {record.key: record for record in SeedRecord.objects.all()}
        self.present = {model: model._default_manager.in_bulk() for model in MODELS}
        # Where each row of the files is in the database; None when it is not there or not ours.
        self.pks: dict[str | None, Any] = {None: None}
        self.renewed: list[SeedRecord] = []
        self.report = Report()

    def run(self) -> Report:
        for model in MODELS:
            self._load(model, [row for row in self.rows if row.model is model])
        SeedRecord.objects.bulk_update(self.renewed, ["digest"])
        self._date_links()
        self._notice_dropped()
        return self.report

    def _load(self, model: type[Model], rows: list[Row]) -> None:
        new, changed = [], []
        for row in rows:
            if not self._has_parents(row):
                continue
            if record := self.records.get(row.key):
                changed += [row] if self._is_outdated(row, record) else []
            elif not self._is_taken(row):
                new.append(row)
        self._create(model, new)
        self._update(model, changed)

    def _has_parents(self, row: Row) -> bool:
        """Give the draft its parents. Without them it has no place, which is told for the parent."""
        found = {name: self.pks.get(key) for name, key in row.parents.items()}
        for name, pk in found.items():
            setattr(self.drafts[row.key], f"{name}_id", pk)
        return all(found[name] or key is None for name, key in row.parents.items())

    def _is_outdated(self, row: Row, record: SeedRecord) -> bool:
        current = self.present[row.model].get(record.object_id)
        self.pks[row.key] = current and current.pk
        if current is None:
            self.report.deleted.append(self._name(row))
            return False
        now, wanted = digest(current, row.fields), digest(self.drafts[row.key], row.fields)
        if now not in (record.digest, wanted):
            self.report.edited.append(self._name(row))
            return False
        if wanted != record.digest:
            record.digest = wanted
            self.renewed.append(record)
        return now != wanted

    def _is_taken(self, row: Row) -> bool:
        """Whether somebody made a row by hand that goes by the same key."""
        natural = NATURAL_KEY.get(row.model)
        wanted = natural and row.values[natural]
        twin = next(
            (o for o in self.present[row.model].values() if natural and getattr(o, natural) == wanted), None
        )
        if twin is None:
            return False
        self.report.foreign.append(self._name(row))
        self.pks[row.key] = None if row.model in HOLDERS else twin.pk
        return True

    def _create(self, model: type[Model], rows: list[Row]) -> None:
        drafts = [self.drafts[row.key] for row in rows]
        if hasattr(model, "history"):
            bulk_create_with_history(drafts, model, default_change_reason=FROM_FILES)
        else:
            model._default_manager.bulk_create(drafts)
        for row in rows:
            self.pks[row.key] = self.drafts[row.key].pk
        SeedRecord.objects.bulk_create(
            SeedRecord(
                key=row.key,
                model=model._meta.label_lower,
                object_id=self.pks[row.key],
                digest=digest(self.drafts[row.key], row.fields),
            )
            for row in rows
        )
        self._count(self.report.created, model, rows)

    def _update(self, model: type[Model], rows: list[Row]) -> None:
        for row in rows:
            self.drafts[row.key].pk = self.pks[row.key]
        drafts = [self.drafts[row.key] for row in rows]
        if drafts and hasattr(model, "history"):
            bulk_update_with_history(drafts, model, rows[0].fields, default_change_reason=FROM_FILES)
        elif drafts:
            model._default_manager.bulk_update(drafts, rows[0].fields)
        self._count(self.report.updated, model, rows)

    def _date_links(self) -> None:
        """The later check counts, that of the file or one made here since."""
        later = []
        for row in (row for row in self.rows if row.model is Resource):
            here = cast(Resource | None, self.present[Resource].get(self.pks.get(row.key)))
            told = cast(Resource, self.drafts[row.key])
            if here and is_later_check(told, here):
                here.checked_on, here.was_opened = told.checked_on, told.was_opened
                later.append(here)
        Resource.objects.bulk_update(later, ["checked_on", "was_opened"])

    def _notice_dropped(self) -> None:
        models = {model._meta.label_lower: model for model in MODELS}
        for key in self.records.keys() - {row.key for row in self.rows}:
            record = self.records[key]
            kept = self.present[models[record.model]].get(record.object_id)
            if kept:
                self.report.dropped.append(f"{kept} ({key})")
        self.report.dropped.sort()

    def _name(self, row: Row) -> str:
        return f"{self.drafts[row.key]} ({row.key})"

    def _count(self, counter: Counter[str], model: type[Model], rows: list[Row]) -> None:
        if rows:
            self.report.written.add(model)
            plural = len(rows) > 1
            counter[str(model._meta.verbose_name_plural if plural else model._meta.verbose_name)] = len(rows)


def _validated(rows: list[Row]) -> dict[str, Model]:
    """An unsaved row for each row of the files, checked as the admin would check it."""
    drafts: dict[str, Model] = {}
    for row in rows:
        draft = drafts[row.key] = row.model(**row.values)
        for name, key in row.parents.items():
            setattr(draft, name, drafts[key] if key else None)
        try:
            # The files were searched for twins already, and every constraint would be a query.
            draft.full_clean(exclude=set(row.parents), validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            field_, problems = next(iter(error.message_dict.items()))
            raise row.entry.wrong(" ".join(problems), row.key_of(field_)) from error
    return drafts
