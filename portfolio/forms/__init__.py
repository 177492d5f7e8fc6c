from portfolio.forms.files import FilesForm
from portfolio.forms.quality import QualityForm
from portfolio.forms.reviews import CommentsForm, ReviewRequestForm
from portfolio.forms.samples import SampleForm
from portfolio.forms.sharing import PasswordForm, PrivateShowingForm, ShareLinkForm

__all__ = [
    "CommentsForm",
    "FilesForm",
    "PasswordForm",
    "PrivateShowingForm",
    "QualityForm",
    "ReviewRequestForm",
    "SampleForm",
    "ShareLinkForm",
]
