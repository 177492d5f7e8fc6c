"""One list of everything of this app that lies in the trash."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cmetrack.ownership import TrashableModel
from networking.due_words import in_days
from networking.models import Contact, Interaction, Opportunity, Organisation, OwnTemplate

KINDS: dict[str, tuple[type[TrashableModel], str, str]] = {
    "contact": (Contact, "Contact", "networking:restore"),
    "interaction": (Interaction, "Touch", "networking:interaction-restore"),
    "opportunity": (Opportunity, "Opportunity", "networking:opportunity-restore"),
    "organisation": (Organisation, "Organisation", "networking:organisation-restore"),
    "owntemplate": (OwnTemplate, "Template", "networking:own-template-restore"),
}


@dataclass(frozen=True)
class TrashedRow:
    name: str
    kind: str
    since: str
    left: str
    restore_url: str


def restore_url(row: TrashableModel) -> str:
    _, _, name = KINDS[str(row._meta.model_name)]
    return reverse(name, args=[row.pk])


def trashed_keys(user: User) -> QuerySet[Any]:
    """Kind, key and moment of what was trashed on its own, latest first.

    What went along with a contact or an organisation comes back with it and is not listed.
    """
    own: dict[str, QuerySet[Any]] = {
        "contact": Contact.objects.trashed(user),
        "interaction": Interaction.objects.trashed(user).with_live_contact(),
        "opportunity": Opportunity.objects.trashed(user).with_live_organisation(),
        "organisation": Organisation.objects.trashed(user),
        "owntemplate": OwnTemplate.objects.trashed(user),
    }
    first, *others = [_keys(noun, rows) for noun, rows in own.items()]
    together: QuerySet[Any] = first.union(*others, all=True)
    return together.order_by("-trashed_at", "noun", "-pk")


def trashed_rows(keys: Iterable[tuple[str, int, datetime]], now: datetime) -> list[TrashedRow]:
    """The rows of `keys` in that order, one query a kind."""
    wanted = defaultdict(list)
    for noun, pk, _ in keys:
        wanted[noun].append(pk)
    found = {noun: KINDS[noun][0]._default_manager.in_bulk(pks) for noun, pks in wanted.items()}
    return [_row(noun, found[noun][pk], now) for noun, pk, _ in keys if pk in found[noun]]


def _keys(noun: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    keys: QuerySet[Any] = rows.order_by().annotate(noun=Value(noun))
    return keys.values_list("noun", "pk", "trashed_at")


def _row(noun: str, row: Any, now: datetime) -> TrashedRow:
    _, label, _ = KINDS[noun]
    days_ago = (timezone.localdate(now) - timezone.localdate(row.trashed_at)).days
    days_left = ceil((row.purged_on - now) / timedelta(days=1))
    return TrashedRow(
        name=str(row),
        kind=label,
        since=f"{in_days(days_ago)} ago" if days_ago else "today",
        left=f"{in_days(max(days_left, 0))} left",
        restore_url=restore_url(row),
    )
