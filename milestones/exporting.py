"""Writes the content back into its files, so that what editors did can return to the repository.

What is retired stays out. Afterwards every row counts as made from the files: the next load finds
nothing to do, and a later change of the files reaches rows that editors had changed before.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from milestones.content_entries import KEYED_IN_FILE_ONLY, NEEDED, OPTIONAL, model_field, names_in
from milestones.content_files import (
    BACKGROUNDS,
    CADENCE,
    COMPETENCIES,
    FORMATS,
    GLOSSARY,
    MESSAGES,
    MILESTONES,
    PITCHES,
    QUALITY,
    read_content,
)
from milestones.models import (
    Background,
    Competency,
    CompetencyGroup,
    GlossaryTerm,
    Milestone,
    Objective,
    Question,
    Requirement,
    SeedRecord,
    Step,
)
from milestones.models.retiring import Retirable
from milestones.seeding import digest
from networking.models import CadenceRule, MessageTemplate, PitchStep
from portfolio.models import Format, QualityItem

type Told = dict[str, Any]
LETTERS = "ABCDEFGH"


@transaction.atomic
def export_content(root: Path) -> list[str]:
    """Write every file below `root` and return their names. The rows then count as made from them."""
    export = _Export()
    files = export.files()
    for name, content in files.items():
        _write(root / name, content)
    export.remember(root)
    return list(files)


class _Export:
    """One export. `rows` remembers which row stands where in the files."""

    def __init__(self) -> None:
        self.rows: dict[str, Model] = {}
        # The names that files give to rows without a key of their own stay the same.
        self.known = {(r.model, r.object_id): r.key.rpartition("/")[2] for r in SeedRecord.objects.all()}

    def files(self) -> dict[str, Any]:
        lists = {
            FORMATS: [self._format(row) for row in Format.objects.all()],
            QUALITY: self._plain_list("quality_item", QualityItem.objects.current()),
            MESSAGES: self._plain_list("message", MessageTemplate.objects.all()),
            CADENCE: self._plain_list("cadence", CadenceRule.objects.all()),
            PITCHES: self._plain_list("pitch_step", PitchStep.objects.all()),
            COMPETENCIES: [self._group(row) for row in CompetencyGroup.objects.all()],
            GLOSSARY: [self._term(row) for row in GlossaryTerm.objects.order_by("pk")],
            BACKGROUNDS: [self._background(row) for row in Background.objects.order_by("pk")],
        }
        milestones = {
            f"{MILESTONES}/{row.position}_{row.slug}.yaml": self._milestone(row)
            for row in Milestone.objects.all()
        }
        return lists | milestones

    def remember(self, root: Path) -> None:
        """Take the files as what every row was made from."""
        fields = {row.key: row.fields for row in read_content(root)}
        SeedRecord.objects.all().delete()
        SeedRecord.objects.bulk_create(
            SeedRecord(
                key=key,
                model=row._meta.label_lower,
                object_id=row.pk,
                digest=digest(row, fields[key]),
            )
            for key, row in self.rows.items()
        )

    def _format(self, row: Format) -> Told:
        return self._told("format", row) | {"parts": row.parts.splitlines()}

    def _group(self, row: CompetencyGroup) -> Told:
        competencies = _in_order(row.competencies.all())
        return self._told("competency_group", row) | {
            "competencies": [self._competency(c) for c in competencies]
        }

    def _competency(self, row: Competency) -> Told:
        return self._told("competency", row) | {"anchors": [text for _, text in row.anchors]}

    def _term(self, row: GlossaryTerm) -> Told:
        return self._told("term", row) | {"also": row.also.splitlines()}

    def _background(self, row: Background) -> Told:
        prior = [
            self._told(f"background/{row.persona}/prior", work) | {"format": work.format.key}
            for work in _in_order(row.prior.all())
        ]
        return self._told("background", row) | {"prior": prior}

    def _milestone(self, row: Milestone) -> Told:
        key = f"milestone/{row.slug}"
        objectives = _in_order(row.objectives.all())
        self._place(f"{key}/objective", objectives)
        return self._told("milestone", row) | {
            "objectives": [objective.text for objective in objectives],
            "mistakes": _points(row.mistakes),
            "resources": self._plain_list(f"{key}/resource", _in_order(row.resources.all())),
            "steps": [self._step(step) for step in _in_order(row.steps.all())],
            "questions": [self._question(q, objectives) for q in _in_order(row.questions.all())],
        }

    def _step(self, row: Step) -> Told:
        key = f"step/{row.key}"
        items, requirements = _in_order(row.check_items.all()), _in_order(row.requirements.all())
        self._place(f"{key}/check", items)
        self._place(f"{key}/requirement", requirements)
        return self._told("step", row) | {
            "minutes": [row.minutes_least, row.minutes_most],
            "check_items": [item.text for item in items],
            "requirements": [self._requirement(requirement) for requirement in requirements],
        }

    def _requirement(self, row: Requirement) -> Told:
        named = {"format": row.format and row.format.key, "competency": row.competency and row.competency.key}
        return _fields(row) | {name: key for name, key in named.items() if key}

    def _question(self, row: Question, objectives: list[Objective]) -> Told:
        choices = _in_order(row.choices.all())
        self._place(f"question/{row.key}/choice", choices)
        told = self._told("question", row) | {"choices": [choice.text for choice in choices]}
        told["answer"] = next((LETTERS[n] for n, choice in enumerate(choices) if choice.is_best), "")
        if row.objective in objectives:
            told["objective"] = objectives.index(row.objective) + 1
        return told

    def _plain_list(self, prefix: str, rows: Iterable[Model]) -> list[Told]:
        return [self._told(prefix, row) for row in rows]

    def _told(self, prefix: str, row: Model) -> Told:
        name = self._name(row)
        self.rows[f"{prefix}/{name}"] = row
        return ({"key": name} if isinstance(row, KEYED_IN_FILE_ONLY) else {}) | _fields(row)

    def _name(self, row: Model) -> str:
        for field in ("key", "slug", "persona"):
            if hasattr(row, field):
                return str(getattr(row, field))
        known = self.known.get((row._meta.label_lower, row.pk))
        return known or f"{slugify(str(row))[:40]}-{row.pk}".replace("-", "_")

    def _place(self, prefix: str, rows: list[Any]) -> None:
        for n, row in enumerate(rows, start=1):
            self.rows[f"{prefix}/{n}"] = row


def _fields(row: Model) -> Told:
    """The plain values of a row by the keys of the files; what is as if nothing were said is left out."""
    model = type(row)
    needed, optional = names_in(NEEDED[model]), names_in(OPTIONAL.get(model, ""))
    told = {}
    for key, name in (needed | optional).items():
        if key == "key" and model in KEYED_IN_FILE_ONLY:
            continue
        value = getattr(row, name)
        if key in needed or value != model_field(model, name).get_default():
            told[key] = _readable(value)
    return told


def _readable(value: Any) -> Any:
    """Long texts as blocks, so that a change of a line shows as a change of a line."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        return LiteralScalarString(f"{text}\n") if "\n" in text else str(text)
    return value if isinstance(value, int | date) else value and str(value)


def _in_order[M: Model](rows: Iterable[M]) -> list[M]:
    """The rows in use, their positions from 1 as the files count them."""
    ordered = [row for row in rows if not (isinstance(row, Retirable) and row.retired_on)]
    for n, row in enumerate(ordered, start=1):
        if row.position != n:  # type: ignore[attr-defined]
            row.position = n  # type: ignore[attr-defined]
            row.save(update_fields=["position"])
    return ordered


def _points(markdown: str) -> list[str]:
    """The points of a Markdown list, each on one line."""
    points: list[str] = []
    for line in markdown.splitlines():
        if line.startswith("- ") or not points:
            points.append(line.removeprefix("- ").strip())
        else:
            points[-1] = f"{points[-1]} {line.strip()}".strip()
    return points


def _write(path: Path, content: Any) -> None:
    yaml = YAML()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
