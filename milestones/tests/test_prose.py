"""How the content reads: in house style, every abbreviation explained, nothing that goes stale."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve
from ruamel.yaml import YAML

ROOT = Path(settings.BASE_DIR)
FILES = sorted(
    path for app in ("milestones", "networking", "portfolio") for path in ROOT.glob(f"{app}/content/*")
)
# Values that are read by the app and not by people.
NOT_PROSE = {"key", "slug", "url", "kind", "format", "status", "origin", "persona", "competency", "stage"}
CODE = re.compile(r"`[^`]*`")
ADDRESS = re.compile(r"\]\([^)]*\)")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:\d{{1,2}} )?(?:{MONTHS}),? \d{{4}}")
# When the Standards came out and took effect, and when guidance on AI was reported: facts, not events.
DATES_THAT_STAY = {"December 2020", "1 January 2022", "December 2025"}
BANNED = {
    "pay and income": r"[$£€]\s?\d|\b\d[\d,]* (?:dollars|pounds|euros)\b"
    r"|\b(?:salary|salaries|income|earnings)\b",
    "size of the market": r"\b(?:m|b)illions?\b",
    "numbers of providers": r"\b\d[\d,]* (?:accredited )?(?:providers|companies|activities)\b",
    "marks of sources": r"\[(?:S\d+|gk)\]|†|[★◆]",
    "features to come": r"Until CMEtrack|coming soon|in a later version",
    "American spelling": r"\b\w*(?:aliz|eliz|ganiz|gniz|mmariz|ioritiz|riticiz|nalyz)\w*"
    r"|\b(?:behavior|color|favor|labor|center|program|fulfill|enroll|catalog)(?:s|al)?\b",
    "straight quotes": r"['\"]",
    "exclamation marks": r"!",
    "dots instead of an ellipsis": r"\.\.\.",
    "words that say nothing": r"\b(?:leverage|utili[sz]e|in order to|it is important to|delve|seamless"
    r"|robust|landscape of|plethora|myriad|navigate the)\b",
}
# Proper names keep their own spelling.
NAMES = ("American Nurses Credentialing Center", "Program and Activity Reporting System")
ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}[A-Za-z]*|[A-Za-z]*[a-z][A-Z][A-Za-z]*)\b")
EVERYDAY = {"US", "UK", "AI", "CV", "PDF", "LinkedIn", "CMEtrack"}
# Explained in words of their own, where no bracket stands beside them.
IN_WORDS = {
    "AAMSE": "people who run societies",
    "ABCD": "four parts",
    "CDC": "US health agency",
    "CMEpalooza": "free, online",
    "DOI": "permanent identifier",
    "DIA": "drug development",
    "EXCEPT": "negative stems",
    "ISMPP": "society of publication professionals",
    "PRA": "credit for physicians",
    "PSA": "blood test",
    "PubMed": "free search engine",
    "PhRMA": "drug industry’s",
    "gCMEp": "under this milestone’s resources",
}


def strings(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text that people read, with the place where it stands."""
    if isinstance(value, dict):
        for key, held in value.items():
            if key not in NOT_PROSE:
                yield from strings(held, f"{place}, {key}")
    elif isinstance(value, list):
        for n, held in enumerate(value, start=1):
            name = held.get("key", n) if isinstance(held, dict) else n
            yield from strings(held, f"{place}, {name}")
    elif isinstance(value, str):
        yield place, plain(value)


def plain(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return " ".join(ADDRESS.sub("]", CODE.sub("", text)).split())


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def everything() -> list[tuple[str, str]]:
    return [found for path in FILES for found in strings(read(path), path.name)]


def glossary() -> set[str]:
    terms = read(ROOT / "milestones/content/glossary.yaml")
    return {form for term in terms for form in [term["term"], *term.get("also", [])]}


def abbreviations(text: str) -> set[str]:
    return {word.removesuffix("s") for word in ABBREVIATION.findall(text)}


def unexplained(text: str, known: set[str]) -> set[str]:
    """Abbreviations of `text` that are not `known`, nor explained beside themselves or in words."""
    return {word for word in abbreviations(text) - known - EVERYDAY if not is_explained(word, text)}


def is_explained(word: str, text: str) -> bool:
    beside = rf"\((?:\w+ and )?{word}\b|\b(?:\w+/)?{word}(?:/\w+)? \(|\b{word}, (?:the|a)\b"
    return bool(re.search(beside, text)) or IN_WORDS.get(word, "\0") in text


def test_there_is_something_to_read():
    assert len(FILES) >= 11
    assert len(everything()) > 1000


@pytest.mark.parametrize("what", BANNED)
def test_holds_none_of(what):
    pattern = re.compile(BANNED[what], re.IGNORECASE)

    assert [(place, m[0]) for place, text in everything() for m in pattern.finditer(text)] == []


def test_names_no_date_of_an_event():
    assert {date for _, text in everything() for date in DATE.findall(text)} == DATES_THAT_STAY


def test_explains_every_abbreviation_before_or_where_it_uses_it():
    known = glossary()
    for path in FILES:
        if path.name[0].isdigit():
            milestone = read(path)
            # The order in which a newcomer reads.
            parts = ("promise", "lesson", "why", "objectives", "mistakes", "steps", "questions")
            text = " ".join(t for part in parts for _, t in strings(milestone[part], part))
            assert unexplained(text, known) == set(), path.name
            known |= abbreviations(text)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Ask NASA.", {"NASA"}),
        ("Ask the space agency (NASA).", set()),
        ("NASA (space) knows. So do SMEs.", set()),
        ("A paper has a DOI.", {"DOI"}),
    ],
)
def test_notices_an_abbreviation_out_of_the_blue(text, missing):
    assert unexplained(text, {"SME"}) == missing


def test_links_into_the_app_lead_somewhere():
    texts = "\n".join(path.read_text() for path in FILES)
    addresses = re.findall(r"\]\((/[^)]*)\)", texts)

    assert len(addresses) >= 4
    for address in addresses:
        assert resolve(address), address
