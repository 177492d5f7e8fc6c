"""Takes an import back: everything is again as it was, apart from what somebody has worked with since."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from networking.imports.matching import Outcome
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
    if batch.undone_at is None and batch.confirmed_at is not None:
        # Nothing more is written after this, should it still be under way.
        batch.undone_at = timezone.now()
        batch.finished_at = batch.finished_at or batch.undone_at
        stayed = _remove_new(batch)
        batch.kept = len(stayed)
        for row in batch.rows.with_outcome(Outcome.CHANGED).exclude(contact__in=stayed).reverse():
            _empty_again(row)
        _remove_organisations(batch)
        batch.save(update_fields=["undone_at", "finished_at", "kept", "updated_at"])
    return batch


def _empty_again(row: ImportRow) -> None:
    """Only what still stands as the file had it: a later correction is somebody's work."""
    if row.contact is None or not row.filled:
        return
    contact = Contact.objects.select_for_update().get(pk=row.contact.pk)
    names = {"organisation": "organisation_id"}
    before = {names.get(name, name): value for name, value in row.filled["before"].items()}
    after = {names.get(name, name): value for name, value in row.filled["after"].items()}
    same = [name for name in before if getattr(contact, name) == after[name]]
    Contact.objects.filter(pk=contact.pk).update(
        **{name: before[name] for name in same}, revision=F("revision") + 1
    )
    for kind, value in row.filled["details"]:
        ContactDetail.objects.filter(contact=contact, kind=kind, value=value).delete()


def _remove_new(batch: ImportBatch) -> list[int]:
    """The keys of those who stay."""
    brought = Contact.objects.filter(pk__in=batch.rows.with_outcome(Outcome.NEW).values("contact"))
    touched = Interaction.objects.filter(contact=OuterRef("pk"))
    pitched = Opportunity.objects.filter(contact=OuterRef("pk"))
    untouched = brought.filter(~Exists(touched), ~Exists(pitched), revision=0)
    everybody = set(brought.values_list("pk", flat=True))
    keys = set(untouched.select_for_update().values_list("pk", flat=True))
    Contact.objects.filter(pk__in=keys).delete()
    return sorted(everybody - keys)


def _remove_organisations(batch: ImportBatch) -> None:
    people = Contact.objects.filter(organisation=OuterRef("pk"))
    pitches = Opportunity.objects.filter(organisation=OuterRef("pk"))
    empty = Organisation.objects.filter(~Exists(people), ~Exists(pitches), imported_in=batch, revision=0)
    empty.delete()
