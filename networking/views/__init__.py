from networking.views.bulk import bulk_stage, bulk_tag, bulk_trash, bulk_untag
from networking.views.calendar import (
    calendar,
    calendar_create,
    calendar_delete,
    calendar_feed,
    calendar_replace,
)
from networking.views.capture import capture, contact_sort, sort
from networking.views.contacts import create, delete, detail, index, restore, update
from networking.views.follow_ups import follow_ups, undo
from networking.views.interactions import (
    interaction_create,
    interaction_delete,
    interaction_restore,
    interaction_update,
)
from networking.views.merging import change_undo, duplicates, merge
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
    plan,
    rest,
    snooze,
)
from networking.views.templates import templates
from networking.views.trash import trash

__all__ = [
    "bulk_stage",
    "bulk_tag",
    "bulk_trash",
    "bulk_untag",
    "calendar",
    "calendar_create",
    "calendar_delete",
    "calendar_feed",
    "calendar_replace",
    "capture",
    "change_undo",
    "contact_sort",
    "create",
    "delete",
    "detail",
    "done",
    "duplicates",
    "follow_rule",
    "follow_ups",
    "index",
    "interaction_create",
    "interaction_delete",
    "interaction_restore",
    "interaction_update",
    "merge",
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
    "sort",
    "templates",
    "trash",
    "undo",
    "update",
]
