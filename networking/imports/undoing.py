"""Takes an import back: everything is again as it was, apart from what somebody has worked with since."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from networking.imports.matching import Outcome
from networking.imports.writing import store
from networking.models import (
    Contact,
    ContactDetail,
    ImportBatch,
    Interaction,
    Opportunity,
    Organisation,
)


@transaction.atomic
def take_back(batch_pk: int) -> ImportBatch:
    """Undo once; a second time changes nothing. `kept` counts whom it left because of later work."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_pk)
    # In turn with every form of theirs, so that nothing is added meanwhile to what is about to go.
    User.objects.select_for_update(no_key=True).get(pk=batch.owner_id)
    if batch.undone_at is None and batch.confirmed_at is not None:
        # Nothing more is written after this, should it still be under way.
        batch.undone_at = timezone.now()
        batch.finished_at = batch.finished_at or batch.undone_at
        stayed = _remove_new(batch)
        batch.kept = len(stayed)
        _empty_again(batch, stayed)
        _remove_organisations(batch)
        batch.save(update_fields=["undone_at", "finished_at", "kept", "updated_at"])
    return batch


def _empty_again(batch: ImportBatch, stayed: set[int]) -> None:
    """Only what still stands as the file had it: a later correction is somebody's work."""
    rows = batch.rows.exclude(filled=[]).order_by("-number", "-pk").values_list("filled", flat=True)
    fills = [fill for filled in rows for fill in reversed(filled) if fill["contact"] not in stayed]
    theirs = Contact.objects.filter(owner=batch.owner_id).select_for_update()
    contacts = theirs.in_bulk({fill["contact"] for fill in fills})
    for fill in fills:
        if contact := contacts.get(fill["contact"]):
            _put_back(contact, fill)
    names = {name for fill in fills for name in fill["before"]}
    store(contacts.values(), sorted(names))
    brought = {(fill["contact"], *detail) for fill in fills for detail in fill["details"]}
    details = ContactDetail.objects.filter(contact__in=contacts)
    gone = [pk for pk, *detail in details.values_list("pk", "contact", "kind", "value")
            if tuple(detail) in brought]  # fmt: skip
    ContactDetail.objects.filter(pk__in=gone).delete()


def _put_back(contact: Contact, fill: dict[str, Any]) -> None:
    for name, former in fill["before"].items():
        attribute = "organisation_id" if name == "organisation" else name
        if getattr(contact, attribute) == fill["after"][name]:
            setattr(contact, attribute, former)
    contact.revision += 1


def _remove_new(batch: ImportBatch) -> set[int]:
    """The keys of those who stay."""
    brought = Contact.objects.filter(pk__in=batch.rows.with_outcome(Outcome.NEW).values("contact"))
    touched = Interaction.objects.filter(contact=OuterRef("pk"))
    pitched = Opportunity.objects.filter(contact=OuterRef("pk"))
    untouched = brought.filter(~Exists(touched), ~Exists(pitched), revision=0)
    everybody = set(brought.values_list("pk", flat=True))
    keys = set(untouched.select_for_update().values_list("pk", flat=True))
    Contact.objects.filter(pk__in=keys).delete()
    return everybody - keys


def _remove_organisations(batch: ImportBatch) -> None:
    people = Contact.objects.filter(organisation=OuterRef("pk"))
    pitches = Opportunity.objects.filter(organisation=OuterRef("pk"))
    empty = Organisation.objects.filter(~Exists(people), ~Exists(pitches), imported_in=batch, revision=0)
    empty.delete()
