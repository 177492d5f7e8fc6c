"""What a look into a file gives back."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

SAVE_AGAIN = "Save it again and choose that."
PRINT_AGAIN = "Print it to a new PDF and choose that."
DAMAGED = f"is damaged or was cut off on its way. {SAVE_AGAIN}"
LOCKED = "is locked with a password. Save a copy without one and choose that."
MACROS = "contains macros, small programs that start by themselves. Save it without macros and choose that."
NAMES_LISTED = 3
# What office programs note for themselves among the properties of a document's own.
TECHNICAL = {
    "AppVersion", "DocSecurity", "HyperlinksChanged", "ICV", "KSOProductBuildVer", "LinksUpToDate",
    "ScaleCrop", "ShareDoc",
}  # fmt: skip


class TroubleError(Exception):
    """Why a file is not taken: what follows its name in a sentence, then what to do."""


# No dataclass: importing those takes longer than to look into a text.
class Findings(NamedTuple):
    """What a file tells about people beside its content, each in a few words, and how many pages it has."""

    traces: tuple[str, ...] = ()
    pages: int = 0


def by_whom(names: Collection[str]) -> str:
    """“, by Ana Ribeiro and 2 others”, or nothing when nobody is named."""
    known = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not known:
        return ""
    more = len(known) - NAMES_LISTED
    shown = known[:NAMES_LISTED] + ([f"{more} other{'s' * (more > 1)}"] if more > 0 else [])
    return f", by {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else f", by {shown[0]}"


def counted(number: int, one: str, many: str = "") -> str:
    """“1 comment”, “3 comments”."""
    return f"1 {one}" if number == 1 else f"{number} {many or one + 's'}"


def labelled[K](values: Mapping[K, str], labels: Mapping[K, str]) -> list[str]:
    """A phrase for each value that has a label and says something: “Author: Ana Ribeiro”."""
    return [f"{label}: {values[key].strip()}" for key, label in labels.items() if values.get(key, "").strip()]
