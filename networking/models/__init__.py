from networking.models.cadence import CadenceRule, PitchStep
from networking.models.calendar import CalendarFeed
from networking.models.changes import PeopleChange
from networking.models.contacts import ROOM_FOR_TAGS, Contact, ContactDetail, ContactQuerySet
from networking.models.imports import ImportBatch, ImportRow
from networking.models.interactions import Channel, Interaction
from networking.models.opportunities import Opportunity, OpportunityQuerySet
from networking.models.organisations import Organisation, OrganisationQuerySet
from networking.models.stage_changes import StageChange
from networking.models.templates import MessageTemplate, OwnTemplate

__all__ = [
    "ROOM_FOR_TAGS",
    "CadenceRule",
    "CalendarFeed",
    "Channel",
    "Contact",
    "ContactDetail",
    "ContactQuerySet",
    "ImportBatch",
    "ImportRow",
    "Interaction",
    "MessageTemplate",
    "Opportunity",
    "OpportunityQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "OwnTemplate",
    "PeopleChange",
    "PitchStep",
    "StageChange",
]
