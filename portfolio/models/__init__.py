from portfolio.models.files import SampleFile
from portfolio.models.formats import Format
from portfolio.models.samples import Sample

__all__ = ["Format", "Sample", "SampleFile"]
