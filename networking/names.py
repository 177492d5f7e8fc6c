"""Names of people as they are written: with a title before, letters behind a comma, and little pictures."""

import re
import unicodedata

ADDRESSED_AS = {"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame"}
# MD, PhD, Pharm.D., FACC: short, with more than one capital; a first name behind a comma has one.
_LETTERS = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z.]{2,8}")
# Pictures, and what turns or joins them.
_PICTURES = {"So", "Sk", "Cs", "Cn"}
_JOINERS = "\ufe0e\ufe0f\u200d\u20e3"


def parted(name: str) -> tuple[str, list[str]]:
    """The name, and the letters that stand behind it: “Ann Lee, MD, PhD” is Ann Lee with two."""
    first, *rest = (part.strip() for part in name.split(","))
    behind = [part for part in rest if part]
    if behind and all(_LETTERS.fullmatch(part) for part in behind):
        return first, behind
    return name, []


def without_pictures(name: str) -> str:
    """The name without pictures; one of nothing else stays."""
    kept = "".join(c for c in name if unicodedata.category(c) not in _PICTURES and c not in _JOINERS)
    return " ".join(kept.split()) or name


def bare(name: str) -> str:
    """What two ways of writing one name have in common."""
    return parted(without_pictures(name))[0]


def first_name(name: str) -> str:
    """As one would begin a letter."""
    words = [word for word in bare(name).split() if word.casefold().rstrip(".") not in ADDRESSED_AS]
    return words[0] if words else name
