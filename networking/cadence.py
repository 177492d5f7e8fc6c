"""The cadences as they stand: what editors wrote, and what the content files say of the rest."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from ruamel.yaml import YAML

from networking.clock import History, by_rule
from networking.models import CadenceRule, Contact, PitchStep
from networking.pitch_clock import PitchHistory, pitch_by_rule

CONTENT = Path(__file__).with_name("content")
FILES: dict[type[models.Model], tuple[str, dict[str, str]]] = {
    CadenceRule: ("cadence.yaml", {}),
    PitchStep: ("pitch_cadence.yaml", {"in_working_days": "is_in_working_days"}),
}


def cadence_rules() -> dict[str, CadenceRule]:
    """The rule of each stage, and the one of people met, by key."""
    return {rule.key: rule for rule in (*_as_shipped(CadenceRule), *CadenceRule.objects.all())}


def pitch_steps() -> dict[str, PitchStep]:
    """What follows a pitch, by key."""
    return {step.key: step for step in (*_as_shipped(PitchStep), *PitchStep.objects.all())}


def first_step(contact: Contact, today: date) -> tuple[str, date | None]:
    """What comes first with somebody new, so that nobody is met once and then forgotten."""
    new = History(contact.stage, today, is_met=bool(contact.met_at), is_funder=contact.is_funder)
    move = by_rule(new, cadence_rules())
    return move.step, move.on


def nudge_after_pitch(pitched_on: date) -> tuple[str, date | None]:
    """What follows a pitch first."""
    move = pitch_by_rule(PitchHistory(pitched_on), pitch_steps())
    return move.step, move.on


@cache
def _as_shipped(model: type[models.Model]) -> tuple[Any, ...]:
    """Unsaved rows of what a database without the content goes by."""
    file, names = FILES[model]
    entries = YAML(typ="safe").load(CONTENT / file)
    return tuple(model(**{names.get(key, key): value for key, value in entry.items()}) for entry in entries)
