from portfolio.forms.drafts import DraftForm, NewDraftForm
from portfolio.forms.duplicates import DuplicateForm
from portfolio.forms.files import FilesForm
from portfolio.forms.quality import QualityForm
from portfolio.forms.samples import NewSampleForm, SampleChangeForm

__all__ = [
    "DraftForm",
    "DuplicateForm",
    "FilesForm",
    "NewDraftForm",
    "NewSampleForm",
    "QualityForm",
    "SampleChangeForm",
]
