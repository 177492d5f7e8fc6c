"""Takes an import back: everything is again as it was, apart from what somebody has worked with since."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from networking.imports.matching import Outcome, without_tags
from networking.imports.writing import count_import, store
from networking.models import (
    Contact,
    ContactDetail,
    ImportBatch,
    ImportRow,
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
        batch.save(update_fields=["undone_at", "finished_at", "updated_at"])
        batch.corrected = _empty_again(batch)
        batch.kept = _remove_new(batch)
        _remove_organisations(batch)
        batch.save(update_fields=["kept", "corrected"])
    return batch


def _empty_again(batch: ImportBatch) -> int:
    """Only what still stands as the file had it: a later correction is somebody's work, and counted."""
    rows = batch.rows.exclude(filled=[]).order_by("-number", "-pk").values_list("filled", flat=True)
    brought = set(batch.rows.with_outcome(Outcome.NEW).values_list("contact", flat=True))
    fills = [fill for filled in rows for fill in reversed(filled) if fill["contact"] not in brought]
    theirs = Contact.objects.filter(owner=batch.owner_id).select_for_update()
    contacts = theirs.in_bulk({fill["contact"] for fill in fills})
    corrected = set()
    for fill in fills:
        if (contact := contacts.get(fill["contact"])) and not _put_back(contact, fill):
            corrected.add(contact.pk)
    names = {name for fill in fills for name in fill["before"]}
    store(contacts.values(), sorted(names))
    filled = {(fill["contact"], *detail) for fill in fills for detail in fill["details"]}
    details = ContactDetail.objects.filter(contact__in=contacts)
    gone = [pk for pk, *detail in details.values_list("pk", "contact", "kind", "value")
            if tuple(detail) in filled]  # fmt: skip
    ContactDetail.objects.filter(pk__in=gone).delete()
    return len(corrected)


def _put_back(contact: Contact, fill: dict[str, Any]) -> bool:
    """Whether every field was still as the file had it; tags go one by one, whatever came beside them."""
    is_whole = True
    for name, former in fill["before"].items():
        attribute, filled = "organisation_id" if name == "organisation" else name, fill["after"][name]
        if getattr(contact, attribute) == filled:
            setattr(contact, attribute, former)
        elif name == "tags":
            contact.tags = without_tags(contact.tags, without_tags(filled, former))
        else:
            is_whole = False
    count_import(contact)
    return is_whole


def _remove_new(batch: ImportBatch) -> int:
    """Those who came with this file, or with one undone before; how many of this file's stay.

    Whoever was worked with stays, and whoever stands in another file that is not undone.
    """
    rows = ImportRow.objects.filter(owner=batch.owner_id)
    undone = rows.with_outcome(Outcome.NEW).filter(batch__undone_at__isnull=False)
    # A list and no question for each person, which SQLite answers by reading all rows again.
    told = rows.filter(batch__undone_at=None, contact__isnull=False).order_by().values("contact")
    touched = Interaction.objects.filter(contact=OuterRef("pk"))
    pitched = Opportunity.objects.filter(contact=OuterRef("pk"))
    untouched = Contact.objects.filter(
        ~Exists(touched), ~Exists(pitched), ~Q(pk__in=told),
        pk__in=undone.order_by().values("contact"), revision=F("import_revisions"),
    )  # fmt: skip
    Contact.objects.filter(pk__in=list(untouched.select_for_update().values_list("pk", flat=True))).delete()
    return batch.rows.with_outcome(Outcome.NEW).filter(contact__isnull=False).count()


def _remove_organisations(batch: ImportBatch) -> None:
    people = Contact.objects.filter(organisation=OuterRef("pk"))
    pitches = Opportunity.objects.filter(organisation=OuterRef("pk"))
    undone = ImportBatch.objects.filter(owner=batch.owner_id, undone_at__isnull=False)
    empty = Organisation.objects.filter(~Exists(people), ~Exists(pitches), imported_in__in=undone, revision=0)
    empty.delete()
