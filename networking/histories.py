"""What happened with people and after pitches, read for the clock: many of them in one query."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from networking.clock import History, Plan, Touch
from networking.models import Contact, Interaction, Opportunity
from networking.models.planned import Planned
from networking.pitch_clock import PitchHistory

PITCH, FOLLOW_UP = Interaction.Kind.PITCH, Interaction.Kind.FOLLOW_UP
# Not a touch that anybody logs: work that went to them.
DELIVERY = "delivery"

type Touches = dict[int, list[tuple[str, Touch]]]


def plan_of(row: Planned) -> Plan:
    return Plan(row.next_step, row.next_on, row.is_next_pinned, row.snoozed_until)


def touches_with(contacts: Iterable[int | None]) -> Touches:
    """Kind and touch of everything that happened with these people, by their key, oldest first.

    A pitch is a message too, also where it was put down as an opportunity and not as a touch. Work
    that was delivered begins the count anew: the check-in with a client comes two weeks after it.
    """
    with_them = {"contact__in": {pk for pk in contacts if pk}, "trashed_at": None}
    logged = Interaction.objects.filter(**with_them).order_by("happened_on", "pk")
    is_told = Q(pitched_on__isnull=False) | Q(delivered_on__isnull=False, stage__in=Opportunity.HELD_STAGES)
    told = Opportunity.objects.filter(is_told, **with_them).order_by("pitched_on", "pk")
    found: Touches = defaultdict(list)
    for pk, on, kind, direction in logged.values_list("contact", "happened_on", "kind", "direction"):
        found[pk].append((kind, Touch.of(on, kind, direction)))
    for pk, stage, pitched_on, delivered_on in told.values_list(
        "contact", "stage", "pitched_on", "delivered_on"
    ):
        if pitched_on and (sent := (PITCH, Touch(pitched_on, is_message=True))) not in found[pk]:
            found[pk].append(sent)
        if delivered_on and stage in Opportunity.HELD_STAGES:
            found[pk].append((DELIVERY, Touch(delivered_on, is_heard=True)))
    for touches in found.values():
        touches.sort(key=lambda pair: pair[1].on)
    return found


def history_of(contact: Contact, touches: Touches) -> History:
    return History(
        stage=contact.stage,
        since=contact.stage_set_on,
        touches=tuple(touch for _, touch in touches.get(contact.pk, ())),
        is_met=bool(contact.met_at),
        is_funder=contact.is_funder,
    )


def follows_up(pitch: Opportunity, kind: str, touch: Touch) -> bool:
    """Whether this came after the pitch: on its own day only a follow-up is told from the pitch itself."""
    if kind == DELIVERY or pitch.pitched_on is None or not (touch.is_message or touch.is_heard):
        return False
    return touch.on > pitch.pitched_on or (touch.on == pitch.pitched_on and kind == FOLLOW_UP)


def pitch_history_of(pitch: Opportunity, touches: Touches) -> PitchHistory:
    with_them = touches.get(pitch.contact_id or 0, ())
    after = [touch for kind, touch in with_them if follows_up(pitch, kind, touch)]
    unlogged = [pitch.followed_up_on] * pitch.follow_ups if pitch.followed_up_on else []
    return PitchHistory(
        pitched_on=pitch.pitched_on or pitch.created_at.date(),
        messages=tuple(sorted([*(touch.on for touch in after if touch.is_message), *unlogged])),
        answered_on=next((touch.on for touch in after if touch.is_heard), None),
    )
