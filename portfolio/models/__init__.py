from portfolio.models.files import SampleFile
from portfolio.models.formats import Format
from portfolio.models.quality import QualityItem, QualityMark
from portfolio.models.reviews import ReviewComment, ReviewRequest
from portfolio.models.samples import Sample
from portfolio.models.sharing import PrivateShowing, ShareDay, ShareItem, ShareLink

__all__ = [
    "Format",
    "PrivateShowing",
    "QualityItem",
    "QualityMark",
    "ReviewComment",
    "ReviewRequest",
    "Sample",
    "SampleFile",
    "ShareDay",
    "ShareItem",
    "ShareLink",
]
