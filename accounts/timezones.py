"""Time zone names: which ones we know, and how a person picks theirs."""

import zoneinfo
from datetime import date, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

UTC = "UTC"
# What people look for. The database holds other, older spellings too; those stay valid.
_REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia",
    "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip

type Choice = tuple[str, str]
type ChoiceGroup = tuple[str, list[Choice]]


@cache
def known_names() -> frozenset[str]:
    """Every name of the time zone database, read from disk once."""
    return frozenset(zoneinfo.available_timezones())


def zone_or_utc(name: str) -> tzinfo:
    """The zone of that name; UTC when a system update has dropped the name."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo(UTC)


def today_of(person: "User") -> date:
    """The day it is for `person`, where nobody is signed in whose day it could be."""
    return timezone.localdate(timezone=zone_or_utc(person.time_zone))


def choices(current: str = UTC) -> list[Choice | ChoiceGroup]:
    """UTC, then cities under their region; `current` is offered even where its spelling is old."""
    offered: list[Choice | ChoiceGroup] = [(UTC, UTC), *_by_region()]
    if current != UTC and current in known_names() and not current.startswith(_REGIONS):
        offered.insert(1, (current, current))
    return offered


@cache
def _by_region() -> tuple[ChoiceGroup, ...]:
    names = sorted(known_names())
    return tuple(
        (region, [(name, _city(name)) for name in names if name.startswith(f"{region}/")])
        for region in _REGIONS
    )


def _city(name: str) -> str:
    # “America/Argentina/Buenos_Aires” is found under A for Argentina.
    return name.split("/", 1)[1].replace("/", ", ").replace("_", " ")
