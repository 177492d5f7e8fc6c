from networking.forms.contacts import ContactForm
from networking.forms.days import DayForm, SnoozeForm
from networking.forms.filters import ContactFilter, OpportunityFilter, OrganisationFilter
from networking.forms.imports import ColumnsForm, ImportForm
from networking.forms.interactions import InteractionForm, TouchForm
from networking.forms.opportunities import MoveForm, OpportunityForm
from networking.forms.organisations import OrganisationForm

__all__ = [
    "ColumnsForm",
    "ContactFilter",
    "ContactForm",
    "DayForm",
    "ImportForm",
    "InteractionForm",
    "MoveForm",
    "OpportunityFilter",
    "OpportunityForm",
    "OrganisationFilter",
    "OrganisationForm",
    "SnoozeForm",
    "TouchForm",
]
