from networking.forms.bulk import BulkForm, BulkStageForm, BulkTagForm
from networking.forms.capture import CaptureForm, SortForm
from networking.forms.contacts import ContactForm
from networking.forms.days import DayForm, SnoozeForm
from networking.forms.filters import ContactFilter, OpportunityFilter, OrganisationFilter
from networking.forms.imports import ColumnsForm, ImportForm
from networking.forms.interactions import InteractionForm, TouchForm
from networking.forms.merging import MergeForm
from networking.forms.messages import MessageForm, OwnTemplateForm, SourcesForm
from networking.forms.opportunities import MoveForm, OpportunityForm
from networking.forms.organisations import OrganisationForm
from networking.forms.sent import SentForm

__all__ = [
    "BulkForm",
    "BulkStageForm",
    "BulkTagForm",
    "CaptureForm",
    "ColumnsForm",
    "ContactFilter",
    "ContactForm",
    "DayForm",
    "ImportForm",
    "InteractionForm",
    "MergeForm",
    "MessageForm",
    "MoveForm",
    "OpportunityFilter",
    "OpportunityForm",
    "OrganisationFilter",
    "OrganisationForm",
    "OwnTemplateForm",
    "SentForm",
    "SnoozeForm",
    "SortForm",
    "SourcesForm",
    "TouchForm",
]
