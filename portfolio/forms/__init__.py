from portfolio.forms.files import FilesForm
from portfolio.forms.quality import QualityForm
from portfolio.forms.samples import SampleForm

__all__ = ["FilesForm", "QualityForm", "SampleForm"]
