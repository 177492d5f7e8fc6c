"""What a list shows, as files for other programs: tables for spreadsheets, cards for address books."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

import vobject
from django.utils.crypto import salted_hmac

from networking.cells import guarded, joined
from networking.imports.persons import OUR_UID
from networking.models import (
    Contact,
    ContactDetail,
    ContactQuerySet,
    OpportunityQuerySet,
    OrganisationQuerySet,
)
from networking.rows import fee_words

# Spreadsheets open UTF-8 right only behind this mark.
MARK = "\ufeff"
AT_ONCE = 500
PEOPLE = (
    "Name", "Organisation", "Kind", "Role", "E-mail", "Other e-mails", "LinkedIn", "Other links",
    "Where you met", "Reason to write", "Tags", "Relationship", "Next step", "Next on", "Last touch", "Notes",
)  # fmt: skip
ORGANISATIONS = (
    "Name",
    "Kind",
    "Website",
    "Areas",
    "Formats they buy",
    "How well they fit",
    "Found in",
    "Notes",
)
OPPORTUNITIES = (
    "Title", "Organisation", "With", "Deliverable", "Stage", "Furthest stage", "Pitched on", "Agreed on",
    "Due on", "Fee", "Why it ended", "What will I change", "Next step", "Next on", "Notes",
)  # fmt: skip

type Row = tuple[object, ...]


def people_csv(contacts: ContactQuerySet) -> Iterator[str]:
    return _csv(PEOPLE, map(_person, _with_details(contacts)))


def organisations_csv(organisations: OrganisationQuerySet) -> Iterator[str]:
    rows = organisations.prefetch_related("formats").iterator(chunk_size=AT_ONCE)
    return _csv(
        ORGANISATIONS,
        (
            (o.name, o.get_kind_display(), o.website, o.areas, ", ".join(f.name for f in o.formats.all()),
             o.fit_score, o.source, o.notes)
            for o in rows
        ),
    )  # fmt: skip


def opportunities_csv(opportunities: OpportunityQuerySet) -> Iterator[str]:
    rows = opportunities.select_related("organisation", "contact", "format").iterator(chunk_size=AT_ONCE)
    return _csv(
        OPPORTUNITIES,
        (
            (o.title, o.organisation.name, o.open_contact, o.format, o.get_stage_display(),
             o.get_furthest_stage_display(), o.pitched_on, o.agreed_on, o.due_on, fee_words(o),
             o.get_closed_reason_display(), o.lesson, o.next_step, o.next_on, o.notes)
            for o in rows
        ),
    )  # fmt: skip


def people_vcards(contacts: ContactQuerySet) -> Iterator[str]:
    """One vCard 4.0 each (RFC 6350). Notes stay here: an address book is shared more easily."""
    for contact in _with_details(contacts):
        yield _card(contact)


def _with_details(contacts: ContactQuerySet) -> Iterator[Contact]:
    rows = contacts.select_related("organisation").prefetch_related("details")
    return rows.iterator(chunk_size=AT_ONCE)


def _person(contact: Contact) -> Row:
    return (
        contact.name, contact.open_organisation or "", contact.get_kind_display(), contact.role_title,
        contact.email, joined(_more(contact, ContactDetail.Kind.EMAIL)), contact.linkedin_url,
        joined(_more(contact, ContactDetail.Kind.LINK)), contact.met_at, contact.reason_to_write,
        contact.tags, contact.get_stage_display(), contact.next_step, contact.next_on, contact.last_touch_on,
        contact.notes,
    )  # fmt: skip


def _more(contact: Contact, kind: str) -> list[str]:
    return [detail.value for detail in contact.details.all() if detail.kind == kind]


def _csv(header: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    """A line at a time, so that thousands of rows never stand in memory together."""
    line = StringIO()
    write = csv.writer(line).writerow
    line.write(MARK)
    write(header)
    for row in rows:
        yield line.getvalue()
        line.seek(0)
        line.truncate()
        write(map(_cell, row))
    yield line.getvalue()


def _uid(contact: Contact) -> str:
    # Not the bare key, which another person's contact may have on another server.
    return OUR_UID + salted_hmac("networking.exporting", str(contact.pk), algorithm="sha256").hexdigest()


def _cell(value: object) -> str:
    return "" if value is None else guarded(str(value))


def _card(contact: Contact) -> str:
    card = vobject.vCard()
    card.add("version").value = "4.0"
    given, _, family = contact.name.rpartition(" ")
    card.add("fn").value = contact.name
    card.add("n").value = vobject.vcard.Name(family=family, given=given)
    # The same for as long as the contact lives, so that a second import moves nothing.
    card.add("uid").value = contact.vcard_uid or _uid(contact)
    if contact.open_organisation:
        card.add("org").value = [contact.open_organisation.name]
    if contact.role_title:
        card.add("title").value = contact.role_title
    for email in filter(None, (contact.email, *_more(contact, ContactDetail.Kind.EMAIL))):
        card.add("email").value = email
    for link in filter(None, (contact.linkedin_url, *_more(contact, ContactDetail.Kind.LINK))):
        card.add("url").value = link
    if contact.tags:
        card.add("categories").value = [tag.strip() for tag in contact.tags.split(",")]
    written: str = card.serialize()
    return written
