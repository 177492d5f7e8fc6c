"""Reads the content files into rows, and says file, line and key of whatever is wrong in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.db.models import Field, Model
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from milestones.models import CheckItem, Milestone, Objective, Requirement, Resource, Step
from networking.models import MessageTemplate
from portfolio.models import Format

FORMATS = "portfolio/content/formats.yaml"
MESSAGES = "networking/content/message_templates.yaml"
MILESTONES = "milestones/content"

# For each kind of row: the keys of the file, in our models' names where they differ.
NEEDED = {
    Format: "key name definition",
    MessageTemplate: "key title body",
    Milestone: "slug position title promise why lesson",
    Resource: "key title kind url",
    Step: "key title guidance",
    Requirement: "kind",
}
OPTIONAL = {
    Format: "commissioned_by first_sample first_sample_note typical_length moore_level tip"
    " in_demand=is_in_demand portfolio_only=is_portfolio_only",
    MessageTemplate: "when_to_use subject warn_at block_at",
    Milestone: "podcast_at",
    Resource: "publisher note checked_on",
    Step: "optional=is_optional private=is_private",
    Requirement: "count status contact_kind interaction_kind distinct_kinds stage competency alternative",
}
# Keys that hold more than one value; each is read by the function of its row.
LISTS = {
    Format: {"parts"},
    Milestone: {"objectives", "mistakes", "resources", "steps"},
    Step: {"minutes", "check_items", "requirements"},
    Requirement: {"format"},
}


class ContentError(Exception):
    """Something wrong in a content file, with the place to look."""

    def __init__(self, file: str, line: int, problem: str, key: str = "") -> None:
        super().__init__(f"{file}, line {line}{f', “{key}”' if key else ''}: {problem}")


@dataclass
class Row:
    """One row that the files ask for. `key` says where in the files it stands."""

    key: str
    model: type[Model]
    values: dict[str, Any]
    entry: "Entry"
    # The rows it points to, by field: their keys, None for none.
    parents: dict[str, str | None] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """Every field that the files decide."""
        return [*self.values, *self.parents]

    def key_of(self, field_: str) -> str:
        """What the files call this field."""
        keys = _names(NEEDED.get(self.model, "")) | _names(OPTIONAL.get(self.model, ""))
        return next((key for key, name in keys.items() if name == field_), field_)


@dataclass(frozen=True)
class Entry:
    """A value in a file that knows where it stands."""

    file: str
    line: int
    value: Any
    key: str = ""

    def wrong(self, problem: str, key: str = "") -> ContentError:
        """The error for this value, or for the `key` within it."""
        place = self.at(key) if key and isinstance(self.value, CommentedMap) and key in self.value else self
        return ContentError(self.file, place.line, problem, key or self.key)

    def at(self, key: str) -> "Entry":
        return Entry(self.file, self.value.lc.key(key)[0] + 1, self.value[key], key)

    def has(self, key: str) -> bool:
        return key in self.value

    def entries(self, key: str) -> list["Entry"]:
        """The items of the list under `key`, none when the key is absent."""
        if not self.has(key):
            return []
        found = self.at(key)
        if not isinstance(found.value, CommentedSeq):
            raise found.wrong("this should be a list")
        return found.items()

    def items(self) -> list["Entry"]:
        lines = (self.value.lc.item(n)[0] + 1 for n in range(len(self.value)))
        return [Entry(self.file, line, item, self.key) for line, item in zip(lines, self.value, strict=True)]

    def text(self) -> str:
        if isinstance(self.value, str | int | float) and not isinstance(self.value, bool):
            return str(self.value).strip()
        raise self.wrong("this should be a line of text")


def read_content(root: Path) -> list[Row]:
    """Every row of every file, parents before children. Raises `ContentError`."""
    rows = [*_formats(root), *_messages(root)]
    files = sorted(root.joinpath(MILESTONES).glob("*.yaml"))
    for path in files:
        rows += _milestone(_open(root, path))
    _refuse_twins(rows)
    _refuse_strangers(rows)
    return rows


def model_field(model: type[Model], name: str) -> Field:
    return cast("Field[Any, Any]", model._meta.get_field(name))


def _open(root: Path, path: Path) -> Entry:
    file = path.relative_to(root).as_posix()
    try:
        return Entry(file, 1, YAML().load(path))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(file, line, error.problem or "this is not YAML") from error


def _formats(root: Path) -> Iterator[Row]:
    for position, entry in enumerate(_list(_open(root, root / FORMATS)), start=1):
        row = _row("format", Format, entry, position)
        row.values["parts"] = "\n".join(part.text() for part in entry.entries("parts"))
        yield row


def _messages(root: Path) -> Iterator[Row]:
    for position, entry in enumerate(_list(_open(root, root / MESSAGES)), start=1):
        yield _row("message", MessageTemplate, entry, position)


def _list(entry: Entry) -> list[Entry]:
    if not isinstance(entry.value, CommentedSeq):
        raise entry.wrong("this file should be a list")
    return entry.items()


def _milestone(entry: Entry) -> Iterator[Row]:
    row = _row("milestone", Milestone, entry)
    row.values["mistakes"] = "\n".join(f"- {mistake.text()}" for mistake in entry.entries("mistakes"))
    yield row
    within: dict[str, str | None] = {"milestone": row.key}
    for n, item in enumerate(entry.entries("objectives"), start=1):
        yield Row(f"{row.key}/objective/{n}", Objective, {"text": item.text(), "position": n}, item, within)
    for n, item in enumerate(entry.entries("resources"), start=1):
        resource = _row(f"{row.key}/resource", Resource, item, n)
        # The key names the resource in its file only.
        del resource.values["key"]
        resource.parents = within
        yield resource
    for n, item in enumerate(entry.entries("steps"), start=1):
        yield from _step(item, n, within)


def _step(entry: Entry, position: int, within: dict[str, str | None]) -> Iterator[Row]:
    row = _row("step", Step, entry, position)
    row.parents = within
    row.values |= _minutes(entry)
    yield row
    inside: dict[str, str | None] = {"step": row.key}
    for n, item in enumerate(entry.entries("check_items"), start=1):
        yield Row(f"{row.key}/check/{n}", CheckItem, {"text": item.text(), "position": n}, item, inside)
    for n, item in enumerate(entry.entries("requirements"), start=1):
        requirement = _row(f"{row.key}/requirement", Requirement, item, n)
        format_ = f"format/{item.at('format').text()}" if item.has("format") else None
        requirement.parents = {**inside, "format": format_}
        yield requirement


def _minutes(entry: Entry) -> dict[str, Any]:
    if not entry.has("minutes"):
        raise entry.wrong("“minutes” is missing")
    match [item.value for item in entry.entries("minutes")]:
        case [int(least), int(most)] if least <= most:
            return {"minutes_least": least, "minutes_most": most}
    raise entry.wrong("this should be two numbers, the least and the most: [30, 45]", "minutes")


def _row(prefix: str, model: type[Model], entry: Entry, position: int | None = None) -> Row:
    """The plain values of `entry`; an absent key gives what the model gives."""
    if not isinstance(entry.value, CommentedMap):
        raise entry.wrong("this should be keys and values")
    names = _names(NEEDED[model]) | _names(OPTIONAL[model])
    known = names.keys() | LISTS.get(model, set())
    for key in entry.value:
        if key not in known:
            raise entry.wrong(f"there is no such key here; known are {', '.join(sorted(known))}", str(key))
    for key in _names(NEEDED[model]):
        if not entry.has(key):
            raise entry.wrong(f"“{key}” is missing")
    values = {name: _value(entry, key, model, name) for key, name in names.items()}
    if position is not None:
        values["position"] = position
    # Rows without a key of their own are known by their place in the list.
    known_by = values.get("key") or values.get("slug") or position
    return Row(f"{prefix}/{known_by}", model, values, entry)


def _names(words: str) -> dict[str, str]:
    """The keys of a file and the fields they fill: “optional=is_optional”."""
    pairs = (word.partition("=") for word in words.split())
    return {key: name or key for key, _, name in pairs}


def _value(entry: Entry, key: str, model: type[Model], name: str) -> Any:
    if name == "key" and model is Resource:
        return entry.at(key).text()
    default = model_field(model, name).get_default()
    if not entry.has(key):
        return default
    value = entry.at(key).value
    # Text may look like a number, such as 4; all else is left to the field to judge.
    return entry.at(key).text() if isinstance(default, str) else value


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
        wanted = row.parents.get("format")
        if wanted and wanted not in known:
            raise row.entry.wrong(f"there is no such format in {FORMATS}", "format")
