from portfolio.models.files import SampleFile
from portfolio.models.formats import Format
from portfolio.models.quality import QualityItem, QualityMark
from portfolio.models.samples import Sample

__all__ = ["Format", "QualityItem", "QualityMark", "Sample", "SampleFile"]
