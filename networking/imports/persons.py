"""A row of cells to a person, or the reason why it names none. What cannot be kept is left out and said."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import models

from cmetrack.validators import EARLIEST, validate_web_address, without_hidden_characters
from networking.cells import parts, unguarded
from networking.imports.columns import SINGLE, Target
from networking.models import ROOM_FOR_TAGS, Contact, ContactDetail
from networking.names import parted, without_pictures
from portfolio.spelling import alike

# How the cards begin that we write ourselves: they name a row here, and no entry of an address book.
OUR_UID = "urn:cmetrack:"
NO_NAME = "There is no name in this row."
PROFILES = ("in/", "pub/")
LONGEST_EMAIL = 254
DAYS = ("%d %b %Y", "%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%d.%m.%Y")
_EMAILS_END = re.compile(r"[\s,;]+")
_TAGS_END = re.compile(r"[,;]")
_LONGEST: Mapping[str, int] = {
    Target.NAME: 150, Target.ORGANISATION: 150, Target.ROLE: 150, Target.MET: 200, Target.REASON: 300,
    Target.UID: 255,
}  # fmt: skip
MOST_DETAILS = 40
MOST_REMARKS = 10
MAIN = {"email": ContactDetail.Kind.EMAIL, "linkedin_url": ContactDetail.Kind.LINK}


@dataclass
class Person:
    """Somebody as a file tells of them; `remarks` say what of the row could not be kept."""

    name: str
    organisation: str = ""
    role_title: str = ""
    emails: list[str] = field(default_factory=list)
    linkedin_url: str = ""
    links: list[str] = field(default_factory=list)
    met_at: str = ""
    reason_to_write: str = ""
    kind: str = ""
    stage: str = ""
    tags: list[str] = field(default_factory=list)
    notes: str = ""
    uid: str = ""
    connected_on: date | None = None
    remarks: list[str] = field(default_factory=list)


def person_of(cells: list[str], mapping: list[str], today: date) -> Person | None:
    """Whom a row names; None where it names nobody."""
    by_target: dict[str, list[str]] = defaultdict(list)
    for target, cell in zip(mapping, cells, strict=False):
        if target and cell.strip():
            by_target[target].append(unguarded(cell))
    lines = {target: _line(found[0]) for target, found in by_target.items() if target in SINGLE}
    name = without_pictures(lines.get(Target.NAME) or _composed(lines))
    if not name:
        return None
    person = Person(_within(Target.NAME, name))
    for target in (Target.ORGANISATION, Target.ROLE, Target.MET, Target.REASON, Target.UID):
        setattr(person, str(target), _within(target, lines.get(target, "")))
    person.uid = "" if person.uid.startswith(OUR_UID) else person.uid
    person.kind = _choice(Contact.Kind, lines.get(Target.KIND, ""))
    person.stage = _choice(Contact.Stage, lines.get(Target.STAGE, ""))
    person.connected_on = _day(lines.get(Target.CONNECTED, ""), today)
    person.tags = list(_tags(by_target[Target.TAGS]))
    person.notes = "\n".join(_lines(by_target[Target.NOTES]))[:20_000]
    _take_emails(person, by_target[Target.EMAIL])
    _take_links(person, by_target[Target.LINK])
    return person


def _composed(lines: Mapping[str, str]) -> str:
    """A name from its parts; the letters that people put behind one of them go to the end."""
    words, letters = [], []
    for part in (Target.FIRST, Target.MIDDLE, Target.LAST, Target.SUFFIX):
        word, behind = parted(lines.get(part, ""))
        words.append(word)
        letters += behind
    return ", ".join(filter(None, (" ".join(filter(None, words)), *letters)))


def linkedin_key(address: str) -> str:
    """What tells two addresses of one profile from two profiles; empty where it names no profile.

    That is the path, whatever stands around it. A page of a company is shared by those who work there.
    """
    path = unquote(urlsplit(address).path).strip("/").casefold()
    return path if path.startswith(PROFILES) else ""


def _take_emails(person: Person, cells: list[str]) -> None:
    for text in _several(cells):
        for part in filter(None, _EMAILS_END.split(text)):
            email = part.removeprefix("mailto:").strip("<>")
            if any(email.casefold() == known.casefold() for known in person.emails):
                continue
            try:
                validate_email(email)
                MaxLengthValidator(LONGEST_EMAIL)(email)
            except ValidationError:
                _remark(person, f"Left out: “{_short(email)}”, which is no e-mail address.")
            else:
                person.emails.append(email)
    _keep_first(person.emails, person)


def _take_links(person: Person, cells: list[str]) -> None:
    for text in _several(cells):
        address = text if "://" in text or text.lower().startswith("javascript:") else f"https://{text}"
        try:
            validate_web_address(address)
        except ValidationError:
            _remark(person, f"Left out: “{_short(text)}”, which is no web address.")
            continue
        if not person.linkedin_url and _is_linkedin(address) and len(address) <= 200:
            person.linkedin_url = address
        elif address not in (person.linkedin_url, *person.links) and len(address) <= 500:
            person.links.append(address)
    _keep_first(person.links, person)


def _remark(person: Person, text: str) -> None:
    if len(person.remarks) < MOST_REMARKS:
        person.remarks.append(text)


def _keep_first(values: list[str], person: Person) -> None:
    if len(values) > MOST_DETAILS:
        person.remarks.append(f"Left out: all after the first {MOST_DETAILS} of {len(values)} addresses.")
        del values[MOST_DETAILS:]


def _is_linkedin(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == "linkedin.com" or host.endswith(".linkedin.com")


def _tags(cells: list[str]) -> Iterator[str]:
    """The tags, once each; Google's own groups begin with a star and say nothing."""
    seen, length = set(), 0
    for text in _several(cells, keep_stars=True):
        for tag in map(_line, _TAGS_END.split(text)):
            is_news = tag and not tag.startswith("*") and alike(tag) not in seen
            if is_news and length + len(tag) <= ROOM_FOR_TAGS:
                length += len(tag) + 2
                seen.add(alike(tag))
                yield tag


def _several(cells: Iterable[str], *, keep_stars: bool = False) -> Iterator[str]:
    """The values in these cells; a star marks the main one of several."""
    for cell in cells:
        for part in parts(cell):
            value = _line(part)
            if value := value if keep_stars else value.removeprefix("* "):
                yield value


def _lines(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        yield from (without_hidden_characters(line) for line in cell.strip().splitlines())


def _line(text: str) -> str:
    return " ".join(without_hidden_characters(" ".join(text.split())).split())


def _within(target: str, text: str) -> str:
    return text[: _LONGEST[target]].strip()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _choice(choices: type[models.TextChoices], text: str) -> str:
    """The key of a choice that is written as its key or as people see it."""
    if not (wanted := alike(text)):
        return ""
    found = (key for key, label in choices.choices if wanted in (alike(key), alike(label)))
    return next(found, "")


def _day(text: str, today: date) -> date | None:
    for form in DAYS if text else ():
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return day if EARLIEST <= day <= today else None
    return None


def details_of(
    person: Person, known: Iterable[tuple[str, str]], texts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Kind and value of each further e-mail and link that is neither a main one (in `texts`) nor `known`."""
    have = {(kind, value.casefold()) for kind, value in known}
    have |= {(kind, texts[name].casefold()) for name, kind in MAIN.items()}
    for kind, values in ((ContactDetail.Kind.EMAIL, person.emails), (ContactDetail.Kind.LINK, person.links)):
        for value in values:
            if (kind, value.casefold()) not in have:
                yield kind, value
