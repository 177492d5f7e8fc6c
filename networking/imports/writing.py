"""A confirmed file to contacts, in slices: each is written whole with what became of its rows, or not at all.

So a process that is killed loses one slice at most, and whoever goes on begins where it stopped.
"""

import time
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.timezones import zone_or_utc
from networking.imports.matching import TEXTS, Index, Known, Outcome, Plan, plan_for, with_tags
from networking.imports.persons import NO_NAME, Person, person_of
from networking.models import Contact, ContactDetail, ImportBatch, ImportRow, Organisation

AT_ONCE = 2000
# Each look can only fill what is empty, so this is more than it takes.
LOOKS = 10


def write_some(batch_pk: int, seconds: float) -> bool:
    """Write slices for about so many seconds; whether anything is left."""
    until = time.monotonic() + seconds
    while is_left := _write_slice(batch_pk):
        if time.monotonic() >= until:
            break
    return is_left


@transaction.atomic
def _write_slice(batch_pk: int) -> bool:
    """One slice. Of two at once the second waits here, and then goes on after the first."""
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_pk).first()
    if batch is None or not batch.is_being_written:
        return False
    # Of one person's names one is looked up and made at a time, as everywhere in the network.
    owner = User.objects.select_for_update(no_key=True).get(pk=batch.owner_id)
    rows = list(ImportRow.objects.filter(batch=batch, outcome="").order_by("number", "pk")[:AT_ONCE])
    _Slice(batch, owner).write(rows)
    if len(rows) < AT_ONCE:
        _settle(batch, owner)
        batch.finished_at = timezone.now()
    batch.save(update_fields=["finished_at", "updated_at"])
    return batch.finished_at is None


def _settle(batch: ImportBatch, owner: User) -> None:
    """Look again until a look finds nothing more to fill in.

    A later row may tell something by which an earlier one is recognised otherwise: two names with one
    profile, say. Without this the same file, brought again, would find that out and change somebody.
    """
    rows = list(batch.rows.exclude(outcome=Outcome.UNUSABLE).order_by("number", "pk"))
    if all(row.outcome == Outcome.SAME for row in rows):
        return
    today = _today(owner)
    told = [(row, cast(Person, person_of(row.cells, batch.mapping, today))) for row in rows]
    for _ in range(LOOKS):
        if not _Slice(batch, owner).fill_further(told):
            break


class _Slice:
    """What one slice writes, collected first, so that a thousand rows take a handful of queries."""

    def __init__(self, batch: ImportBatch, owner: User) -> None:
        self.batch, self.owner = batch, owner
        self.today = _today(owner)
        self.index = Index.of(owner)
        self.organisations = _by_name(owner)
        self.made: list[Organisation] = []
        self.added: list[Contact] = []
        self.details: list[tuple[Known, str, str]] = []
        self.filled: list[tuple[ImportRow, Plan]] = []

    def write(self, rows: list[ImportRow]) -> None:
        """Rows that wait: each becomes somebody, or fills somebody in, or neither."""
        plans = [(row, self._planned(row)) for row in rows]
        self._store()
        for row, plan in plans:
            row.contact_id = _key(plan.known) if plan else None
        _keep(rows)

    def fill_further(self, told: list[tuple[ImportRow, Person]]) -> bool:
        """Fill in what rows that were written tell beyond it; whether there was something."""
        for row, person in told:
            plan = plan_for(person, self.index)
            # One whom a file named only by a name that was changed since is found by nobody any more.
            if plan.outcome == Outcome.CHANGED and plan.known.pk:
                row.outcome = row.outcome if row.outcome == Outcome.NEW else plan.outcome
                self._take_note(row, plan)
        self._store()
        _keep([row for row, _ in self.filled])
        return bool(self.filled)

    def _planned(self, row: ImportRow) -> Plan | None:
        person = person_of(row.cells, self.batch.mapping, self.today)
        if person is None:
            row.outcome, row.note = Outcome.UNUSABLE, NO_NAME
            return None
        plan = plan_for(person, self.index)
        row.outcome, row.note = plan.outcome, plan.note
        if plan.outcome == Outcome.NEW:
            self._begin(person, plan.known)
        self._take_note(row, plan)
        return plan

    def _take_note(self, row: ImportRow, plan: Plan) -> None:
        self.details += [(plan.known, *detail) for detail in plan.details]
        if plan.known.contact:
            # Brought by this slice, and not written yet.
            self._put(plan.known.contact, plan.fills)
        elif plan.outcome == Outcome.CHANGED:
            self._organisation(plan.fills.get("organisation", ""))
            self.filled.append((row, plan))

    def _begin(self, person: Person, known: Known) -> None:
        """Nobody gets a day: a clock that starts for a thousand people at once would be noise."""
        stage, since = person.stage or self.batch.stage, person.connected_on or self.today
        known.contact = Contact(owner=self.owner, name=person.name, stage=stage, stage_set_on=since)
        known.tags = with_tags(known.tags, [self.batch.tag])
        fills = {**known.texts, "tags": known.tags, "organisation": person.organisation}
        self._put(known.contact, fills)
        self.added.append(known.contact)

    def _put(self, contact: Contact, fills: dict[str, str]) -> None:
        for name, text in fills.items():
            setattr(contact, name, self._organisation(text) if name == "organisation" else text)

    def _organisation(self, name: str) -> Organisation | None:
        if not name:
            return None
        key = name.casefold()
        if key not in self.organisations:
            made = Organisation(owner=self.owner, name=name, imported_in=self.batch)
            self.organisations[key] = made
            self.made.append(made)
        return self.organisations[key]

    def _store(self) -> None:
        Organisation.objects.bulk_create(self.made)
        for contact in self.added:
            # Set again, now that the organisation has its key.
            contact.organisation = contact.organisation
        Contact.objects.bulk_create(self.added)
        self._fill()
        ContactDetail.objects.bulk_create(
            ContactDetail(owner=self.owner, contact_id=cast(int, _key(known)), kind=kind, value=value)
            for known, kind, value in self.details
        )

    def _fill(self) -> None:
        """Those who were here before, each with what an undo needs to know."""
        contacts = Contact.objects.select_for_update().in_bulk([plan.known.pk for _, plan in self.filled])
        brought = set(self.batch.rows.with_outcome(Outcome.NEW).values_list("contact", flat=True))
        for row, plan in self.filled:
            contact = contacts[cast(int, plan.known.pk)]
            before = {name: _stored(contact, name) for name in plan.fills}
            self._put(contact, plan.fills)
            if contact.pk not in brought:
                # Those who came with this very file are in nobody's form yet.
                count_import(contact)
            after = {name: _stored(contact, name) for name in plan.fills}
            fill = {"contact": contact.pk, "before": before, "after": after, "details": plan.details}
            row.filled = [*row.filled, fill]
        store(contacts.values(), [*TEXTS, "tags", "organisation"])


def store(contacts: Iterable[Contact], names: list[str]) -> None:
    """Write these fields of many locked contacts at once."""
    rows = list(contacts)
    for contact in rows:
        contact.updated_at = timezone.now()
    _update(rows, [*names, "revision", "import_revisions", "updated_at"])


def count_import(contact: Contact) -> None:
    """Forms that stand open find out, and yet nobody has worked with them."""
    contact.revision += 1
    contact.import_revisions += 1


def _keep(rows: list[ImportRow]) -> None:
    _update(rows, ["outcome", "note", "contact", "filled"])


def _update[Row: (Contact, ImportRow)](rows: list[Row], names: list[str]) -> None:
    """An upsert of known keys: as an update, a thousand rows take many times as long."""
    if rows:
        manager = type(rows[0])._default_manager
        manager.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)


def _today(owner: User) -> date:
    return timezone.localdate(timezone=zone_or_utc(owner.time_zone))


def _key(known: Known) -> int | None:
    return known.contact.pk if known.contact else known.pk


def _stored(contact: Contact, name: str) -> Any:
    return contact.organisation_id if name == "organisation" else getattr(contact, name)


def _by_name(owner: User) -> dict[str, Organisation]:
    """The owner's organisations, the oldest of each name."""
    mine = Organisation.objects.for_user(owner).order_by("-pk").only("pk", "name")
    return {organisation.name.casefold(): organisation for organisation in mine}
