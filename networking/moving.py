"""Moves an opportunity to a stage that has nothing to ask, and knows which landing is the first."""

from datetime import date

from networking.doing import Outcome
from networking.models import Opportunity
from networking.planning import plan_of_stage, recount

# The one exclamation mark of the product.
LANDED_FIRST = "Your first project is landed!"


def move_at_once(pitch: Opportunity, stage: str, today: date) -> Outcome:
    """The same as the form does with nothing filled in; the rule's plan for a pitch ends with it."""
    before, is_first = pitch.stage, is_first_landed(pitch, stage)
    if before == stage:
        text = f"“{pitch}” is at “{pitch.get_stage_display()}” already."
        return Outcome(text, is_change=False)
    pitch.stage = stage
    pitch.revision += 1
    pitch.save(update_fields=["stage", "revision", "updated_at"])
    pitch.record_stage(before)
    if plan := plan_of_stage(pitch):
        pitch.plan_next(*plan, is_pinned=False)
    elif before in Opportunity.PLANNING_STAGES and not pitch.is_next_pinned:
        pitch.plan_next("", None)
    if pitch.open_contact:
        recount(pitch.open_contact)
    text = LANDED_FIRST if is_first else f"Moved “{pitch}” to {pitch.get_stage_display()}."
    return Outcome(text, change=pitch.stage_changes.latest_first().first())


def is_first_landed(pitch: Opportunity, stage: str) -> bool:
    """Whether moving it there lands the first project of its owner; ask before it moves."""
    has_landed = Opportunity.objects.for_user(pitch.owner).has_landed
    return stage in Opportunity.HELD_STAGES and not has_landed()
