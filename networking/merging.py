"""Two entries about one person become one: nothing is lost, and all of it can be taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ManyToOneRel, Q

from networking.changes import differences, held, keys_of, made
from networking.due_words import day_in_words
from networking.models import ROOM_FOR_TAGS, Contact, ContactDetail, Opportunity, PeopleChange
from networking.planning import recount
from portfolio.spelling import alike, tags_in

KEPT, OTHER, BOTH = "kept", "other", "both"
# What can be chosen from either, and what comes along with the choice.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": (),
    "organisation": (),
    "kind": (),
    "sub_role": (),
    "role_title": (),
    "email": (),
    "linkedin_url": (),
    "met_at": (),
    "reason_to_write": (),
    "stage": ("stage_set_on",),
    "next_step": ("next_on", "is_next_pinned", "snoozed_until"),
}
# These stay as one more address where they were not chosen, and the rest as a line in the notes.
ADDRESSES = {"email": ContactDetail.Kind.EMAIL, "linkedin_url": ContactDetail.Kind.LINK}
NOT_FOR_NOTES = {*ADDRESSES, "stage", "next_step"}


@dataclass(frozen=True)
class Difference:
    """A field that is not the same in both, in words, and which of them is the likelier choice."""

    name: str
    label: str
    kept: str
    other: str
    likely: str


def differing(kept: Contact, other: Contact) -> Iterator[Difference]:
    for name in FIELDS:
        mine, theirs = _said(kept, name), _said(other, name)
        if mine != theirs:
            label = str(_field(name).verbose_name)
            yield Difference(name, label[:1].upper() + label[1:], mine, theirs, _likely(name, kept, other))


def merge(kept: Contact, other: Contact, choices: Mapping[str, str], today: date) -> PeopleChange:
    """Make one of them; `choices` says which one’s value to keep. Call it in a transaction and in turn."""
    keys = _touched(kept, other)
    before, others_name = held(keys), other.name
    details = _unite_addresses(kept, other, choices)
    _unite_fields(kept, other, choices, today)
    for relation in _relations():
        relation.related_model._default_manager.filter(**{relation.field.name: other}).update(
            **{relation.field.name: kept}
        )
    recount(kept)
    # A change of it like any other: the undo of an import leaves it alone from now on.
    other.revision += 1
    other.save(update_fields=["revision"])
    other.trash()
    return PeopleChange.objects.create(
        owner=kept.owner,
        kind=PeopleChange.Kind.MERGE,
        contact=other,
        text=f"Merged “{others_name}” into “{kept}”.",
        kept={"changed": differences(before, held(keys)), "made": made(*details), "into": kept.pk},
    )


def _unite_fields(kept: Contact, other: Contact, choices: Mapping[str, str], today: date) -> None:
    kept.notes = _notes(kept, other, choices, today)
    kept.tags, kept.vcard_uid = _tags(kept, other)[0], kept.vcard_uid or other.vcard_uid
    # Still to sort only where neither of them was sorted.
    kept.to_sort_since = kept.to_sort_since and other.to_sort_since
    for name, more in FIELDS.items():
        if choices.get(name) == OTHER:
            for one in (name, *more):
                setattr(kept, one, getattr(other, one))
    kept.revision += 1
    kept.save()


def merged_away(contact: Contact) -> PeopleChange | None:
    """The merge that put this contact into the trash, while it stands."""
    merges = PeopleChange.objects.for_user(contact.owner).filter(kind=PeopleChange.Kind.MERGE)
    return merges.standing().filter(contact=contact).first() if contact.trashed_at else None


def _touched(kept: Contact, other: Contact) -> Any:
    """Every row that a merge may change: both people, what is logged with either, and their pitches."""
    both = Q(pk__in=(kept.pk, other.pk))
    along = [
        relation.related_model._default_manager.filter(**{relation.field.name: other})
        for relation in _relations()
        if relation.related_model is not Opportunity
    ]
    pitches = Opportunity.objects.filter(contact__in=(kept, other))
    return keys_of(Contact.objects.filter(both), pitches, *along)


def _relations() -> list[ManyToOneRel]:
    """What belongs to a contact and moves along; addresses are united one by one instead."""
    stays = (ContactDetail, PeopleChange)
    return [
        relation
        for relation in Contact._meta.related_objects
        if isinstance(relation, ManyToOneRel) and relation.related_model not in stays
    ]


def _unite_addresses(kept: Contact, other: Contact, choices: Mapping[str, str]) -> list[ContactDetail]:
    main = {name: getattr(other if choices.get(name) == OTHER else kept, name) for name in ADDRESSES}
    known = {(d.kind, d.value.casefold()) for d in kept.details.all()}
    known |= {(kind, main[name].casefold()) for name, kind in ADDRESSES.items()}
    found = [(str(kind), getattr(one, name), "") for one in (kept, other) for name, kind in ADDRESSES.items()]
    found += [(d.kind, d.value, d.label) for d in other.details.all()]
    new = []
    for kind, value, label in found:
        if value and (kind, value.casefold()) not in known:
            known.add((kind, value.casefold()))
            new.append(ContactDetail(owner=kept.owner, contact=kept, kind=kind, value=value, label=label))
    for detail in new:
        detail.save()
    return new


def _notes(kept: Contact, other: Contact, choices: Mapping[str, str], today: date) -> str:
    """The notes as chosen, and below them what else was known."""
    sides = {KEPT: [kept.notes], OTHER: [other.notes]}.get(choices.get("notes", BOTH))
    parts = sides if sides is not None else list(dict.fromkeys((kept.notes, other.notes)))
    if left := [*_not_chosen(kept, other, choices), *_tags(kept, other)[1]]:
        parts.append(f"From the entry merged on {day_in_words(today)}: {'; '.join(left)}.")
    return "\n\n".join(part for part in parts if part)


def _not_chosen(kept: Contact, other: Contact, choices: Mapping[str, str]) -> Iterator[str]:
    for difference in differing(kept, other):
        value = difference.kept if choices.get(difference.name) == OTHER else difference.other
        is_spelling = alike(difference.kept) == alike(difference.other)
        if value and difference.name not in NOT_FOR_NOTES and not is_spelling:
            yield f"{difference.label.lower()}: {value}"


def _tags(kept: Contact, other: Contact) -> tuple[str, list[str]]:
    """The tags of both, as far as there is room, and in words those that found none."""
    united = tags_in(f"{kept.tags},{other.tags}")
    fitting = list(united)
    while len(", ".join(fitting)) > ROOM_FOR_TAGS:
        fitting.pop()
    left = united[len(fitting) :]
    return ", ".join(fitting), [f"tags: {', '.join(left)}"] if left else []


def _said(contact: Contact, name: str) -> str:
    if name == "organisation":
        return contact.open_organisation.name if contact.open_organisation else ""
    if name == "next_step":
        return _plan_words(contact)
    return str(getattr(contact, f"get_{name}_display", lambda: getattr(contact, name))())


def _plan_words(contact: Contact) -> str:
    on = f" on {day_in_words(contact.next_on)}" if contact.next_on else ""
    return f"{contact.next_step or 'Get in touch'}{on}" if contact.next_step or on else ""


def _likely(name: str, kept: Contact, other: Contact) -> str:
    """What somebody asked for stands whichever entry says it; else what is filled in, else the kept one’s."""
    if name == "stage":
        return KEPT if kept.is_reachable and other.is_reachable else _who(not other.is_reachable)
    return _who(not _said(kept, name))


def _who(is_other: bool) -> str:
    return OTHER if is_other else KEPT


def _field(name: str) -> Any:
    return Contact._meta.get_field(name)
