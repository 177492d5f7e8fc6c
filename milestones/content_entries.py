"""One entry of a content file, which row it asks for, and the file, line and key of what is wrong in it."""

from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Field, Model
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from milestones.models import (
    Background,
    Competency,
    CompetencyGroup,
    GlossaryTerm,
    Milestone,
    PriorWork,
    Question,
    Requirement,
    Resource,
    Step,
)
from networking.models import CadenceRule, MessageTemplate, PitchStep
from portfolio.models import Format, QualityItem

# For each kind of row: the keys of the file, in our models' names where they differ.
NEEDED = {
    Format: "key name definition",
    QualityItem: "key text",
    MessageTemplate: "key title body",
    CadenceRule: "key meaning advice",
    PitchStep: "key step first_day last_day",
    Milestone: "slug position title promise why lesson",
    Resource: "key title kind url",
    Step: "key title guidance",
    Requirement: "kind",
    Question: "key text rationale",
    CompetencyGroup: "key title",
    Competency: "key title description ready_level",
    GlossaryTerm: "key term definition",
    Background: "persona title brings lacks first_niche watch_out",
    PriorWork: "key label title origin",
}
OPTIONAL = {
    Format: "commissioned_by first_sample first_sample_note typical_length moore_level tip"
    " in_demand=is_in_demand portfolio_only=is_portfolio_only",
    QualityItem: "hint",
    MessageTemplate: "kind channel when_to_use subject warn_at block_at",
    CadenceRule: "step days kind then_step then_days then_kind later_step later_days later_kind touches"
    " quiet_days",
    PitchStep: "in_working_days=is_in_working_days",
    Milestone: "podcast_at",
    Resource: "publisher note checked_on opened=was_opened",
    Step: "optional=is_optional private=is_private",
    Requirement: "count status contact_kind interaction_kind distinct_kinds stage level alternative",
    Question: "lesson_heading",
    Competency: "is_core raise_it",
    GlossaryTerm: "abbreviation_of in_text=is_explained_in_text",
    PriorWork: "status caution",
}
# Keys that hold more than one value; each is read by the function of its row.
LISTS = {
    Format: {"parts"},
    Milestone: {"objectives", "mistakes", "resources", "steps", "questions"},
    Step: {"minutes", "check_items", "requirements"},
    Requirement: {"format", "competency"},
    Question: {"choices", "answer", "objective"},
    CompetencyGroup: {"competencies"},
    Competency: {"anchors"},
    GlossaryTerm: {"also"},
    Background: {"prior"},
    PriorWork: {"format"},
}
# Rows whose key names them in their file only.
KEYED_IN_FILE_ONLY: tuple[type[Model], ...] = (Resource, PriorWork)
# What changes without an editor: `check_links` says when it looked at an address, and how.
NO_EDIT = {"checked_on", "was_opened"}


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
        """Every field that the files decide, and that makes a row an editor's when it differs."""
        return [*(name for name in self.values if name not in NO_EDIT), *self.parents]

    def key_of(self, field_: str) -> str:
        """What the files call this field."""
        keys = names_in(NEEDED.get(self.model, "")) | names_in(OPTIONAL.get(self.model, ""))
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


def model_field(model: type[Model], name: str) -> Field:
    return cast("Field[Any, Any]", model._meta.get_field(name))


def row_of(prefix: str, model: type[Model], entry: Entry, position: int | None = None) -> Row:
    """The plain values of `entry`; an absent key gives what the model gives."""
    if not isinstance(entry.value, CommentedMap):
        raise entry.wrong("this should be keys and values")
    names = names_in(NEEDED[model]) | names_in(OPTIONAL.get(model, ""))
    known = names.keys() | LISTS.get(model, set())
    for key in entry.value:
        if key not in known:
            raise entry.wrong(f"there is no such key here; known are {', '.join(sorted(known))}", str(key))
    for key in names_in(NEEDED[model]):
        if not entry.has(key):
            raise entry.wrong(f"“{key}” is missing")
    values = {name: value_of(entry, key, model, name) for key, name in names.items()}
    if position is not None:
        values["position"] = position
    # Rows without a key of their own are known by their place in the list.
    known_by = values.get("key") or values.get("slug") or values.get("persona") or position
    if model in KEYED_IN_FILE_ONLY:
        del values["key"]
    return Row(f"{prefix}/{known_by}", model, values, entry)


def names_in(words: str) -> dict[str, str]:
    """The keys of a file and the fields they fill: “optional=is_optional”."""
    pairs = (word.partition("=") for word in words.split())
    return {key: name or key for key, _, name in pairs}


def value_of(entry: Entry, key: str, model: type[Model], name: str) -> Any:
    if name == "key" and model in KEYED_IN_FILE_ONLY:
        return entry.at(key).text()
    default = model_field(model, name).get_default()
    if not entry.has(key):
        return default
    value = entry.at(key).value
    # Text may look like a number, such as 4; all else is left to the field to judge.
    return entry.at(key).text() if isinstance(default, str) else value
