"""What was done to many rows at once, kept so that it can be taken back.

What the rows held before is compared with what they hold afterwards, and only what differs is kept.
Undo gives each field its former value back, unless it holds something else by now: that is later
work, and it stays.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from cmetrack.ownership import OwnedModel, TrashableModel
from networking.models import Contact, Interaction, Organisation, PeopleChange
from networking.models.planned import Planned

AT_ONCE = 500
# Saving changes these by itself, and nobody ever wants them back.
NEVER = {"id", "owner_id", "created_at", "updated_at", "revision", "submission_id", "import_revisions"}
# Of rows that only move along: whose they are, what is planned, whether they are in the trash.
ALONG = {"contact_id", "trashed_at", *Planned.PLAN}
# A plan belongs to its stage: half of it would be a plan that nobody made.
TOGETHER = {"stage", "stage_set_on", *Planned.PLAN}

type Keys = dict[type[OwnedModel], list[int]]
type Held = dict[type[OwnedModel], dict[int, dict[str, Any]]]


def keys_of(*querysets: QuerySet[Any]) -> Keys:
    """Which rows to watch, by model."""
    keys: Keys = {}
    for rows in querysets:
        keys.setdefault(rows.model, []).extend(rows.order_by().values_list("pk", flat=True))
    return keys


def held(keys: Keys) -> Held:
    """What these rows hold now, as it can be kept."""
    return {model: _values(model, pks) for model, pks in keys.items()}


def differences(before: Held, after: Held) -> list[dict[str, Any]]:
    """What changed from one to the other: of each row the fields, with the former value and the new one."""
    changed = []
    for model, rows in before.items():
        for pk, was in rows.items():
            now = after[model].get(pk, was)
            fields = {name: [was[name], now[name]] for name in was if was[name] != now[name]}
            if fields:
                changed.append({"model": model._meta.label, "pk": pk, "fields": fields})
    return changed


def take_back(change: PeopleChange, now: datetime) -> bool:
    """Undo it once; False where something had changed again since, which is then left as it is."""
    if change.undone_at:
        return True
    kept = change.kept
    is_whole = _put_back(change.owner, kept.get("changed", []))
    _drop(change.owner, kept.get("made", []))
    if moment := kept.get("trashed_at"):
        is_whole = _untrash(change.owner, datetime.fromisoformat(moment), kept["count"]) and is_whole
    change.undone_at = now
    change.save(update_fields=["undone_at", "updated_at"])
    return is_whole


def made(*rows: OwnedModel) -> list[list[Any]]:
    """Rows that came into being, as they can be kept."""
    return [[row._meta.label, row.pk] for row in rows]


def write(rows: Iterable[Any], names: set[str]) -> None:
    """Write these fields of many rows of one model, with one question for hundreds of them."""
    changing = list(rows)
    if not changing:
        return
    model = cast(type[OwnedModel], type(changing[0]))
    manager = model._default_manager
    fields = [_field(model, name).name for name in sorted(names)]
    manager.bulk_update(changing, fields, batch_size=AT_ONCE)
    # Whoever has one of them open in another tab hears of it.
    touched = manager.filter(pk__in=[row.pk for row in changing])
    touched.update(revision=F("revision") + 1, updated_at=timezone.now())


def _values(model: type[OwnedModel], pks: list[int]) -> dict[int, dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    names = [name for name in names if name not in NEVER and (model is Contact or name in ALONG)]
    rows = model._default_manager.filter(pk__in=pks).values("pk", *names)
    return {row.pop("pk"): {name: _told(value) for name, value in row.items()} for row in rows}


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _put_back(owner: User, changed: list[dict[str, Any]]) -> bool:
    is_whole = True
    for label in dict.fromkeys(one["model"] for one in changed):
        model = _model(label)
        kept = {one["pk"]: one["fields"] for one in changed if one["model"] == label}
        rows = model._default_manager.filter(owner=owner, pk__in=kept).select_for_update(of=("self",))
        found = {row.pk: row for row in rows}
        names: set[str] = set()
        for pk, row in found.items():
            restored = _restore(row, kept[pk])
            is_whole = is_whole and len(restored) == len(kept[pk])
            names |= restored
        is_whole = is_whole and len(found) == len(kept)
        if names:
            write(found.values(), names)
    return is_whole


def _restore(row: OwnedModel, fields: dict[str, list[Any]]) -> set[str]:
    """Give the row those former values that nobody has replaced since; their names."""
    later = {name for name, (_, new) in fields.items() if _told(getattr(row, name)) != new}
    later |= {name for name, (old, _) in fields.items() if _is_gone(_field(type(row), name), old)}
    if later & TOGETHER:
        later |= TOGETHER
    restored = set(fields) - later
    for name in restored:
        setattr(row, name, _field(type(row), name).to_python(fields[name][0]))
    return restored


def _is_gone(field: models.Field, key: Any) -> bool:
    """Whether this points to a row that was deleted for good since."""
    if key is None or not isinstance(field, models.ForeignKey):
        return False
    return not field.related_model._default_manager.filter(pk=key).exists()


def _drop(owner: User, rows: list[list[Any]]) -> None:
    """Away with what came into being: to the trash where there is one, unless others need it by now."""
    for label, pk in rows:
        row = _model(label)._default_manager.filter(owner=owner, pk=pk).first()
        if isinstance(row, Organisation) and _is_used(row):
            continue
        if isinstance(row, TrashableModel):
            row.trash()
        elif row:
            row.delete()


def _is_used(organisation: Organisation) -> bool:
    people, pitches = organisation.contacts, organisation.opportunities
    return people.filter(trashed_at=None).exists() or pitches.filter(trashed_at=None).exists()


def _untrash(owner: User, moment: datetime, count: int) -> bool:
    """Bring back all that went in one go and lies there still."""
    people = Contact.objects.trashed_or_not(owner).filter(trashed_at=moment)
    touches = Interaction.objects.trashed_or_not(owner).filter(trashed_at=moment, contact__in=people)
    keys = list(touches.values_list("pk", flat=True))
    # Parent before children, as everywhere.
    came = people.update(trashed_at=None)
    Interaction.objects.filter(pk__in=keys).update(trashed_at=None)
    return came == count


def _model(label: str) -> type[OwnedModel]:
    return cast(type[OwnedModel], apps.get_model(label))
