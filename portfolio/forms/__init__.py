from portfolio.forms.files import FilesForm
from portfolio.forms.quality import QualityForm
from portfolio.forms.reviews import CommentsForm, ReviewRequestForm
from portfolio.forms.samples import SampleForm

__all__ = ["CommentsForm", "FilesForm", "QualityForm", "ReviewRequestForm", "SampleForm"]
