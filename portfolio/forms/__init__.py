from portfolio.forms.drafts import DraftForm, NewDraftForm
from portfolio.forms.duplicates import DuplicateForm
from portfolio.forms.files import FilesForm
from portfolio.forms.quality import QualityForm
from portfolio.forms.reviews import CommentsForm, ReviewRequestForm
from portfolio.forms.samples import NewSampleForm, SampleChangeForm
from portfolio.forms.sharing import PasswordForm, PrivateShowingForm, ShareLinkForm

__all__ = [
    "CommentsForm",
    "DraftForm",
    "DuplicateForm",
    "FilesForm",
    "NewDraftForm",
    "NewSampleForm",
    "PasswordForm",
    "PrivateShowingForm",
    "QualityForm",
    "ReviewRequestForm",
    "SampleChangeForm",
    "ShareLinkForm",
]
