"""XMP: what PDF files and pictures say about themselves in XML."""

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from portfolio.inspection.findings import labelled
from portfolio.inspection.parts import elements_of

LABELS = {
    "creator": "Author",
    "Author": "Author",
    "title": "Title",
    "description": "Description",
    "subject": "Keywords",
    "Keywords": "Keywords",
    "rights": "Copyright",
    "Company": "Company",
    "Manager": "Manager",
    "OwnerName": "Owner of the camera",
}
UNREADABLE = "A description of itself that we cannot read"
PROGRAMS = {"CreatorTool": "Made with", "Producer": "Made with"}
# A program says nothing about people; whatever else stands in its place may.
_KNOWN_PROGRAMS = re.compile(
    r"adobe|acrobat|distiller|indesign|illustrator|photoshop|microsoft|\bword\b|powerpoint|excel|office|"
    r"writer|impress|\bcalc\b|google|canva|skia|chrom|mozilla|quartz|macos|mac os|\bios\b|pages|keynote|"
    r"tex\b|ghostscript|itext|pdf|prince|wkhtmltopdf|\bqt\b|cairo|weasyprint|reportlab|pikepdf|qpdf|print|scan|gimp|"
    r"inkscape|imagemagick|figma|firefox|safari|textedit|preview|symphony|version|\d\.\d",
    re.IGNORECASE,
)


def labels_in(xmp: bytes) -> Iterator[str]:
    """“Author: Ana Ribeiro” and the like. Raises TroubleError for XML tricks; broken XML tells nothing."""
    told: dict[str, list[str]] = {}
    try:
        for part in elements_of(io.BytesIO(xmp.rstrip(b"\0 \r\n\t"))):
            # A value stands in the element of its name, in a list below it, or in an attribute.
            name = next((near for near in reversed((*part.around, part.tag)) if near in LABELS), part.tag)
            told.setdefault(name, []).append(part.text.strip())
            if part.tag == "Description":
                for key, value in part.attributes.items():
                    told.setdefault(key, []).append(value)
    except (ParseError, ValueError, LookupError):
        yield UNREADABLE
        return
    values = {key: ", ".join(dict.fromkeys(filter(None, texts))) for key, texts in told.items()}
    yield from labelled(values, LABELS)
    yield from made_with(values, PROGRAMS)


def made_with(values: dict[str, str], labels: dict[str, str]) -> list[str]:
    """The same for what made a file, unless that is a program."""
    people = {key: value for key, value in values.items() if not _KNOWN_PROGRAMS.search(value)}
    return labelled(people, labels)
