from networking.forms.contacts import ContactForm
from networking.forms.filters import ContactFilter, OpportunityFilter, OrganisationFilter
from networking.forms.interactions import InteractionForm, TouchForm
from networking.forms.opportunities import MoveForm, OpportunityForm
from networking.forms.organisations import OrganisationForm

__all__ = [
    "ContactFilter",
    "ContactForm",
    "InteractionForm",
    "MoveForm",
    "OpportunityFilter",
    "OpportunityForm",
    "OrganisationFilter",
    "OrganisationForm",
    "TouchForm",
]
