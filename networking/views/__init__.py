from networking.views.calendar import (
    calendar,
    calendar_create,
    calendar_delete,
    calendar_feed,
    calendar_replace,
)
from networking.views.contacts import create, delete, detail, index, restore, update
from networking.views.follow_ups import follow_ups, undo
from networking.views.interactions import (
    interaction_create,
    interaction_delete,
    interaction_restore,
    interaction_update,
)
from networking.views.opportunities import (
    opportunity_create,
    opportunity_delete,
    opportunity_detail,
    opportunity_index,
    opportunity_restore,
    opportunity_update,
)
from networking.views.opportunity_stages import opportunity_move
from networking.views.organisations import (
    organisation_create,
    organisation_delete,
    organisation_detail,
    organisation_index,
    organisation_restore,
    organisation_update,
)
from networking.views.taps import (
    done,
    follow_rule,
    opportunity_done,
    opportunity_follow_rule,
    opportunity_no_reply,
    opportunity_plan,
    opportunity_snooze,
    opportunity_stage,
    plan,
    rest,
    snooze,
)
from networking.views.templates import templates
from networking.views.trash import trash

__all__ = [
    "calendar",
    "calendar_create",
    "calendar_delete",
    "calendar_feed",
    "calendar_replace",
    "create",
    "delete",
    "detail",
    "done",
    "follow_rule",
    "follow_ups",
    "index",
    "interaction_create",
    "interaction_delete",
    "interaction_restore",
    "interaction_update",
    "opportunity_create",
    "opportunity_delete",
    "opportunity_detail",
    "opportunity_done",
    "opportunity_follow_rule",
    "opportunity_index",
    "opportunity_move",
    "opportunity_no_reply",
    "opportunity_plan",
    "opportunity_restore",
    "opportunity_snooze",
    "opportunity_stage",
    "opportunity_update",
    "organisation_create",
    "organisation_delete",
    "organisation_detail",
    "organisation_index",
    "organisation_restore",
    "organisation_update",
    "plan",
    "rest",
    "restore",
    "snooze",
    "templates",
    "trash",
    "undo",
    "update",
]
