from portfolio.forms.files import FilesForm
from portfolio.forms.quality import QualityForm
from portfolio.forms.samples import SampleForm
from portfolio.forms.sharing import PasswordForm, PrivateShowingForm, ShareLinkForm

__all__ = ["FilesForm", "PasswordForm", "PrivateShowingForm", "QualityForm", "SampleForm", "ShareLinkForm"]
