"""Who of a file is here already, and what the file can fill in.

The same profile is the same person (also the same number of an address book, and the same name with
the same e-mail); else the same name at the same organisation, never a part of a name, and the name alone
where a row names no organisation. Only what is empty is filled in, so that the same file brought twice
changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import F

from accounts.models import User
from networking.imports.persons import Person, details_of, linkedin_key
from networking.models import ROOM_FOR_TAGS, Contact, ContactDetail, ImportRow
from portfolio.spelling import alike, tags_in

Outcome = ImportRow.Outcome
TEXTS = ("role_title", "email", "linkedin_url", "met_at", "reason_to_write", "kind", "notes", "vcard_uid")
FIELDS = ("pk", "name", "organisation__name", "tags", "trashed_at", *TEXTS)
IN_TRASH = "They are in your trash, and stay there."


@dataclass
class Known:
    """Somebody who is here or about to be; `pk` is None until they are written."""

    pk: int | None
    name: str
    organisation: str = ""
    tags: str = ""
    is_trashed: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    details: set[tuple[str, str]] = field(default_factory=set)
    # The row to be written, for those whom the same slice brings.
    contact: Contact | None = None


@dataclass
class Plan:
    """What is to become of one row: `fills` is what goes into empty fields, by name."""

    outcome: str
    person: Person
    known: Known
    fills: dict[str, str] = field(default_factory=dict)
    details: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""


class Index:
    """Everybody of one owner, in the trash or not, by what they can be told by."""

    def __init__(self, everybody: Iterable[Known] = ()) -> None:
        self._by_uid: dict[str, Known] = {}
        self._by_profile: dict[str, Known] = {}
        self._by_email: dict[tuple[str, str], Known] = {}
        self._by_place: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for known in everybody:
            self.add(known)

    @classmethod
    def of(cls, owner: User) -> "Index":
        """Two queries, however many people there are."""
        details: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for pk, kind, value in ContactDetail.objects.for_user(owner).values_list("contact", "kind", "value"):
            details[pk].add((kind, value))
        # Who is here comes before who lies in the trash, such as the other half of a merge.
        living_first = F("trashed_at").asc(nulls_first=True)
        rows = Contact.objects.trashed_or_not(owner).order_by(living_first, "pk").values_list(*FIELDS)
        return cls(
            Known(
                pk,
                name,
                organisation or "",
                tags,
                is_trashed=trashed is not None,
                texts=dict(zip(TEXTS, texts, strict=True)),
                details=details[pk],
            )
            for pk, name, organisation, tags, trashed, *texts in rows.iterator()
        )  # fmt: skip

    def add(self, known: Known) -> None:
        """Take somebody in, or the keys they got since; whoever came first keeps theirs."""
        texts, name = known.texts, alike(known.name)
        if texts["vcard_uid"]:
            self._by_uid.setdefault(texts["vcard_uid"], known)
        if profile := linkedin_key(texts["linkedin_url"]):
            self._by_profile.setdefault(profile, known)
        for email in _emails(known):
            self._by_email.setdefault((name, email), known)
        for same in (self._by_name[name], self._by_place[name, alike(known.organisation)]):
            if not any(known is one for one in same):
                same.append(known)

    def find(self, person: Person) -> Known | None:
        name = alike(person.name)
        found = self._by_uid.get(person.uid) or self._by_profile.get(linkedin_key(person.linkedin_url))
        by_email = (self._by_email.get((name, email.casefold())) for email in person.emails)
        # A row that names no organisation says nothing against the one that we know.
        place = alike(person.organisation)
        named = self._by_place[name, place] if place else self._by_name[name]
        return found or next(filter(None, by_email), None) or next(_may_be(named, person), None)


def plan_for(person: Person, index: Index) -> Plan:
    """What is to become of a row. The index then knows it, so that the next row of the same person fits."""
    known = index.find(person)
    if known is None:
        known = Known(None, person.name, person.organisation, ", ".join(person.tags), texts=_texts(person))
        details = list(details_of(person, (), known.texts))
        plan = Plan(Outcome.NEW, person, known, details=details, note=" ".join(person.remarks))
    elif known.is_trashed:
        return Plan(Outcome.SAME, person, known, note=" ".join((IN_TRASH, *person.remarks)))
    else:
        plan = _filled(person, known)
    known.details.update(plan.details)
    index.add(known)
    return plan


def _filled(person: Person, known: Known) -> Plan:
    fills = {name: text for name, text in _texts(person).items() if text and not known.texts[name]}
    if person.organisation and not known.organisation:
        known.organisation = fills["organisation"] = person.organisation
    if (tags := with_tags(known.tags, person.tags)) != known.tags:
        known.tags = fills["tags"] = tags
    known.texts.update({name: text for name, text in fills.items() if name in known.texts})
    details = list(details_of(person, known.details, known.texts))
    outcome = Outcome.CHANGED if fills or details else Outcome.SAME
    note = " ".join((*_differences(person, known), *person.remarks))
    return Plan(outcome, person, known, fills, details, note)


def _texts(person: Person) -> dict[str, str]:
    email = person.emails[0] if person.emails else ""
    own = {"email": email, "vcard_uid": person.uid}
    return {name: own[name] if name in own else getattr(person, name) for name in TEXTS}


def _differences(person: Person, known: Known) -> Iterator[str]:
    """What the file says otherwise; what stands here stays, because somebody wrote it."""
    if alike(person.name) != alike(known.name):
        yield f"In the file: the name “{person.name}”."
    if person.organisation and alike(person.organisation) != alike(known.organisation):
        yield f"In the file: organisation “{person.organisation}”."
    if person.role_title and alike(person.role_title) != alike(known.texts["role_title"]):
        yield f"In the file: role “{person.role_title}”."


def with_tags(tags: str, more: list[str]) -> str:
    """Tags with those that are not among them, as far as there is room."""
    have = {alike(tag) for tag in tags.split(",")}
    for tag in more:
        longer = ", ".join(filter(None, (tags, tag)))
        if alike(tag) not in have and len(longer) <= ROOM_FOR_TAGS:
            tags = longer
    return tags


def without_tags(tags: str, fewer: str) -> str:
    """Tags without those that are in `fewer`."""
    gone = {alike(tag) for tag in tags_in(fewer)}
    return ", ".join(tag for tag in tags_in(tags) if alike(tag) not in gone)


def _emails(known: Known) -> Iterator[str]:
    yield from (value.casefold() for kind, value in known.details if kind == ContactDetail.Kind.EMAIL)
    if known.texts["email"]:
        yield known.texts["email"].casefold()


def _may_be(named: Iterable[Known], person: Person) -> Iterator[Known]:
    """Those of the same name and place; two profiles of one name are two people."""
    for known in named:
        profiles = {linkedin_key(url) for url in (known.texts["linkedin_url"], person.linkedin_url)}
        if len(profiles - {""}) < 2:
            yield known
