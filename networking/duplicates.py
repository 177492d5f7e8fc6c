"""Who may be in the list twice: by e-mail, by LinkedIn address, or by name and organisation.

Never by a part of any of them: two people of one name at two places are two people. Of somebody whose
place is not known, such as one caught in passing, the name alone is enough to ask.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from networking.models import Contact, ContactDetail, ContactQuerySet
from networking.names import bare
from portfolio.spelling import alike

Kind = ContactDetail.Kind


def duplicates_of(user: User, contact: Contact, details: Iterable[ContactDetail]) -> list[Contact]:
    """Others of this person’s who may be the same person; `details` are the contact’s own.

    The database only narrows them down; what is asked of each is the same as everywhere.
    """
    mine = {*_signs(contact, details), _namesake_of(contact)}
    emails = [value for sort, value in mine if sort == "email"]
    first, *_ = bare(contact.name).split() or [""]
    likely = Q(name__icontains=first)
    if contact.organisation_id:
        likely &= Q(organisation=contact.organisation_id) | Q(organisation=None)
    if contact.linkedin_url:
        likely |= Q(linkedin_url__icontains=_page(contact.linkedin_url))
    for email in emails:
        likely |= Q(email__iexact=email) | Q(pk__in=_with_detail(user, email))
    others = Contact.objects.for_user(user).exclude(pk=contact.pk).filter(likely)
    rows = others.select_related("organisation").prefetch_related("details")
    return [other for other in rows if mine & {*_signs(other, other.details.all()), _name_of(other)}]


def may_have_duplicates(contacts: ContactQuerySet) -> bool:
    """A quick look, in one query, at whether `duplicate_groups` is likely to find any."""
    rows = contacts.order_by()
    by_name = _repeated(rows, "name", "organisation")
    unplaced = Count("pk", filter=Q(organisation=None))
    namesakes = rows.values(same=Lower("name")).annotate(rows=Count("pk"), unplaced=unplaced)
    by_name_alone = namesakes.filter(rows__gt=1, unplaced__gt=0).values("rows")
    by_email = _repeated(rows.exclude(email=""), "email")
    by_page = _repeated(rows.exclude(linkedin_url=""), "linkedin_url")
    return by_name.union(by_name_alone, by_email, by_page, all=True).exists()


def duplicate_groups(user: User) -> list[list[Contact]]:
    """People who may be one and the same, each in one group only, by name."""
    people = list(Contact.objects.for_user(user).select_related("organisation").prefetch_related("details"))
    bearers: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for person in people:
        for sign in set(_signs(person, person.details.all())):
            bearers[sign].append(person)
    names = _by_name(people)
    groups: dict[int, list[Contact]] = {}
    for same in bearers.values():
        _join(groups, same)
    for person in people:
        if person.organisation_id is None:
            _join(groups, names[_name_of(person)[1]])
    once = {id(group): group for group in groups.values()}
    return [sorted(group, key=lambda person: person.pk) for group in once.values()]


def _signs(contact: Contact, details: Iterable[ContactDetail]) -> Iterator[tuple[str, str]]:
    """What tells a person apart: two who share one of these may be the same."""
    place = str(contact.organisation_id or "")
    yield "name", f"{alike(bare(contact.name))}|{place}"
    more = [detail.value for detail in details if detail.kind == Kind.EMAIL]
    for email in filter(None, (contact.email, *more)):
        yield "email", email.casefold()
    if contact.linkedin_url:
        yield "page", _page(contact.linkedin_url)


def _name_of(contact: Contact) -> tuple[str, str]:
    return "placed" if contact.organisation_id else "unplaced", alike(bare(contact.name))


def _namesake_of(contact: Contact) -> tuple[str, str]:
    """What tells others who may be this person by the name alone, because one of the two has no place."""
    sort, name = _name_of(contact)
    return "unplaced" if sort == "placed" else "placed", name


def _by_name(people: list[Contact]) -> dict[str, list[Contact]]:
    names = defaultdict(list)
    for person in people:
        names[_name_of(person)[1]].append(person)
    return names


def _page(address: str) -> str:
    """An address without what makes no difference: https, www, a question, the last slash."""
    bare = re.sub(r"^https?://(\w+\.)?(?=linkedin\.)|^https?://(www\.)?", "", address.strip().casefold())
    return re.split(r"[?#]", bare)[0].rstrip("/")


def _with_detail(user: User, email: str) -> QuerySet[ContactDetail, int]:
    details = ContactDetail.objects.for_user(user).filter(kind=Kind.EMAIL, value__iexact=email)
    return details.values_list("contact", flat=True)


def _repeated(rows: ContactQuerySet, field: str, *more: str) -> QuerySet[Contact, Any]:
    counted = rows.values(same=Lower(field)).annotate(rows=Count("pk"))
    if more:
        counted = rows.values(*more, same=Lower(field)).annotate(rows=Count("pk"))
    return counted.filter(rows__gt=1).values("rows")


def _join(groups: dict[int, list[Contact]], same: list[Contact]) -> None:
    """Put `same` into one group with all who are in a group with one of them."""
    if len(same) < 2:
        return
    joined = {person.pk: person for one in same for person in groups.get(one.pk, [one])}
    group = list(joined.values())
    for person in group:
        groups[person.pk] = group
