"""Reads the content files into rows, and says file, line and key of whatever is wrong in them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.parser import Parser
from ruamel.yaml.scanner import Scanner

from milestones.content_entries import ContentError, Entry, Row, row_of
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
    Question,
    Requirement,
    Resource,
    Step,
)
from milestones.models.competencies import HIGHEST_LEVEL
from networking.models import CadenceRule, MessageTemplate, PitchStep
from portfolio.models import Format, QualityItem

FORMATS = "portfolio/content/formats.yaml"
QUALITY = "portfolio/content/quality_items.yaml"
MESSAGES = "networking/content/message_templates.yaml"
CADENCE = "networking/content/cadence.yaml"
PITCHES = "networking/content/pitch_cadence.yaml"
COMPETENCIES = "milestones/content/competencies.yaml"
GLOSSARY = "milestones/content/glossary.yaml"
BACKGROUNDS = "milestones/content/backgrounds.yaml"
# One file a milestone, numbered in the order of the path.
MILESTONES = "milestones/content"
NUMBERED = "[0-9]*.yaml"


def read_content(root: Path) -> list[Row]:
    """Every row of every file, parents before children. Raises `ContentError`."""
    rows: list[Row] = []
    for file, read in LISTS:
        for position, entry in enumerate(_list(_open(root, root / file)), start=1):
            rows += read(entry, position)
    for path in sorted(root.joinpath(MILESTONES).glob(NUMBERED)):
        rows += _milestone(_open(root, path))
    _refuse_twins(rows)
    _refuse_strangers(rows)
    return rows


def _open(root: Path, path: Path) -> Entry:
    file = path.relative_to(root).as_posix()
    try:
        return Entry(file, 1, parsed(path.read_bytes()))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(file, line, error.problem or "this is not YAML") from error


def parsed(text: bytes) -> Any:
    """What it says and on which line. Comments are left out: to look for them takes half as long again."""
    yaml = YAML()
    yaml.Scanner, yaml.Parser = Scanner, Parser
    return yaml.load(text)


def _format(entry: Entry, position: int) -> Iterator[Row]:
    row = row_of("format", Format, entry, position)
    row.values["parts"] = _lines(entry, "parts")
    yield row


def _quality_item(entry: Entry, position: int) -> Iterator[Row]:
    yield row_of("quality_item", QualityItem, entry, position)


def _message(entry: Entry, position: int) -> Iterator[Row]:
    yield row_of("message", MessageTemplate, entry, position)


def _cadence(entry: Entry, position: int) -> Iterator[Row]:
    yield row_of("cadence", CadenceRule, entry, position)


def _pitch_step(entry: Entry, position: int) -> Iterator[Row]:
    yield row_of("pitch_step", PitchStep, entry, position)


def _group(entry: Entry, position: int) -> Iterator[Row]:
    group = row_of("competency_group", CompetencyGroup, entry, position)
    yield group
    for n, item in enumerate(entry.entries("competencies"), start=1):
        row = row_of("competency", Competency, item, n)
        row.parents = {"group": group.key}
        row.values |= _anchors(item)
        yield row


def _anchors(entry: Entry) -> dict[str, Any]:
    anchors = [anchor.text() for anchor in entry.entries("anchors")]
    if len(anchors) != HIGHEST_LEVEL + 1:
        raise entry.wrong(f"this should be a list of {HIGHEST_LEVEL + 1}, for the levels from 0", "anchors")
    return {f"anchor_{level}": text for level, text in enumerate(anchors)}


def _term(entry: Entry, position: int) -> Iterator[Row]:
    row = row_of("term", GlossaryTerm, entry)
    row.values["also"] = _lines(entry, "also")
    yield row


def _background(entry: Entry, position: int) -> Iterator[Row]:
    background = row_of("background", Background, entry)
    yield background
    for n, item in enumerate(entry.entries("prior"), start=1):
        row = row_of(f"{background.key}/prior", PriorWork, item, n)
        row.parents = {"background": background.key, "format": _named(item, "format")}
        yield row


def _lines(entry: Entry, key: str) -> str:
    return "\n".join(item.text() for item in entry.entries(key))


def _named(entry: Entry, key: str) -> str | None:
    """The row of another file that `key` names, such as a format."""
    return f"{key}/{entry.at(key).text()}" if entry.has(key) else None


# The files that hold a list, in the order their rows are needed.
LISTS: tuple[tuple[str, Callable[[Entry, int], Iterator[Row]]], ...] = (
    (FORMATS, _format),
    (QUALITY, _quality_item),
    (MESSAGES, _message),
    (CADENCE, _cadence),
    (PITCHES, _pitch_step),
    (COMPETENCIES, _group),
    (GLOSSARY, _term),
    (BACKGROUNDS, _background),
)


def _list(entry: Entry) -> list[Entry]:
    if not isinstance(entry.value, CommentedSeq):
        raise entry.wrong("this file should be a list")
    return entry.items()


def _milestone(entry: Entry) -> Iterator[Row]:
    row = row_of("milestone", Milestone, entry)
    row.values["mistakes"] = "\n".join(f"- {mistake.text()}" for mistake in entry.entries("mistakes"))
    yield row
    within: dict[str, str | None] = {"milestone": row.key}
    for n, item in enumerate(entry.entries("objectives"), start=1):
        yield Row(f"{row.key}/objective/{n}", Objective, {"text": item.text(), "position": n}, item, within)
    for n, item in enumerate(entry.entries("resources"), start=1):
        resource = row_of(f"{row.key}/resource", Resource, item, n)
        resource.parents = within
        yield resource
    for n, item in enumerate(entry.entries("steps"), start=1):
        yield from _step(item, n, within)
    for n, item in enumerate(entry.entries("questions"), start=1):
        yield from _question(item, n, row.key)


def _step(entry: Entry, position: int, within: dict[str, str | None]) -> Iterator[Row]:
    row = row_of("step", Step, entry, position)
    row.parents = within
    row.values |= _minutes(entry)
    yield row
    inside: dict[str, str | None] = {"step": row.key}
    for n, item in enumerate(entry.entries("check_items"), start=1):
        yield Row(f"{row.key}/check/{n}", CheckItem, {"text": item.text(), "position": n}, item, inside)
    for n, item in enumerate(entry.entries("requirements"), start=1):
        requirement = row_of(f"{row.key}/requirement", Requirement, item, n)
        requirement.parents = {
            **inside,
            "format": _named(item, "format"),
            "competency": _named(item, "competency"),
        }
        yield requirement


def _question(entry: Entry, position: int, milestone: str) -> Iterator[Row]:
    row = row_of("question", Question, entry, position)
    objective = f"{milestone}/objective/{entry.at('objective').text()}" if entry.has("objective") else None
    row.parents = {"milestone": milestone, "objective": objective}
    yield row
    choices = entry.entries("choices")
    best = _best(entry, len(choices))
    for n, item in enumerate(choices):
        values = {"text": item.text(), "position": n + 1, "is_best": n == best}
        yield Row(f"{row.key}/choice/{n + 1}", Choice, values, item, {"question": row.key})


def _best(entry: Entry, choices: int) -> int:
    letter = entry.at("answer").text() if entry.has("answer") else ""
    place = "ABCDEFGH".find(letter) if len(letter) == 1 else -1
    if not 0 <= place < choices:
        raise entry.wrong("this should be the letter of one of the choices, such as C", "answer")
    return place


def _minutes(entry: Entry) -> dict[str, Any]:
    if not entry.has("minutes"):
        raise entry.wrong("“minutes” is missing")
    match [item.value for item in entry.entries("minutes")]:
        case [int(least), int(most)] if least <= most:
            return {"minutes_least": least, "minutes_most": most}
    raise entry.wrong("this should be two numbers, the least and the most: [30, 45]", "minutes")


def _refuse_twins(rows: list[Row]) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        twin = seen.setdefault(row.key, row)
        if twin is not row:
            name = row.key.rpartition("/")[2]
            key = "slug" if row.model is Milestone else "key"
            raise row.entry.wrong(f"“{name}” stands in {twin.entry.file}, line {twin.entry.line}, too", key)


def _refuse_strangers(rows: list[Row]) -> None:
    known = {row.key for row in rows}
    for row in rows:
        for name, key in row.parents.items():
            if key and key not in known:
                raise row.entry.wrong(f"there is no such {name}", name)
