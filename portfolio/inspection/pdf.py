"""PDF files: one document and nothing else, nothing that acts by itself, and what it tells about people."""

import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from portfolio.inspection.findings import (
    DAMAGED,
    LOCKED,
    PRINT_AGAIN,
    Findings,
    TroubleError,
    by_whom,
    counted,
    labelled,
)
from portfolio.inspection.xmp import PROGRAMS, labels_in, made_with

_SCRIPT = f"contains JavaScript. {PRINT_AGAIN}"
_START = b"%PDF-"
_END = b"%%EOF"
# As pikepdf writes objects: names in full, each after one space or bracket.
_TELLING = re.compile(
    rb"/(JS|JavaScript|Launch|SubmitForm|ImportData|GoToE|GoToR|Rendition|RichMedia\w*|EF|EmbeddedFiles?|XFA|"
    rb"Sig|Metadata|Subtype /(Text|FreeText|Highlight|Underline|Squiggly|StrikeOut|Caret|Stamp|Ink|Redact))\b"
)
_ACTIONS = {
    Name.JavaScript: _SCRIPT,
    Name.Rendition: _SCRIPT,
    Name.Launch: f"starts another program when it is opened or clicked. {PRINT_AGAIN}",
    Name.SubmitForm: f"sends what its reader fills in elsewhere. {PRINT_AGAIN}",
    Name.ImportData: f"reads other files of its reader. {PRINT_AGAIN}",
    # With an address in place of a name, a reader's computer signs in there by itself.
    Name.GoToR: f"leads to other files on its reader’s computer. {PRINT_AGAIN}",
    Name.GoToE: f"carries other files inside. {PRINT_AGAIN}",
}
_KEYS = {
    "/JS": _SCRIPT,
    "/JavaScript": _SCRIPT,
    "/EF": f"carries other files inside. {PRINT_AGAIN}",
    "/EmbeddedFiles": f"carries other files inside. {PRINT_AGAIN}",
    "/XFA": f"is a form that changes itself. {PRINT_AGAIN}",
}
_KINDS = {
    Name.EmbeddedFile: f"carries other files inside. {PRINT_AGAIN}",
    Name.RichMedia: f"plays media when it is opened. {PRINT_AGAIN}",
}
_REMARKS = {
    Name.Text, Name.FreeText, Name.Highlight, Name.Underline, Name.Squiggly,
    Name.StrikeOut, Name.Caret, Name.Stamp, Name.Ink,
}  # fmt: skip
_INFO = {"/Author": "Author", "/Title": "Title", "/Subject": "Subject", "/Keywords": "Keywords"}
_PROGRAM = {f"/{key}": label for key, label in (("Creator", "Made with"), *PROGRAMS.items())}
_SAYS_NOTHING = {"/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner", "/SourceModified"}


def look(content: io.BytesIO) -> Findings:
    """Refuses what is more than a document; otherwise what it tells. Raises TroubleError."""
    content.seek(0)
    whole = content.read()
    _check_alone(whole)
    content.seek(0)
    try:
        pdf = pikepdf.open(content)
    except pikepdf.PasswordError as locked:
        raise TroubleError(LOCKED) from locked
    if pdf.is_encrypted:
        raise TroubleError(
            "is locked against copying or changing. Save a copy without protection and choose that."
        )
    telling = list(_telling(pdf))
    for part in telling:
        _check_harmless(part)
    pages = len(pdf.pages)
    if not pages:
        raise TroubleError(f"has no pages. {PRINT_AGAIN}")
    traces = chain(
        _properties(pdf), _metadata(telling), _remarks(telling), _signatures(telling), _history(pdf, whole)
    )
    return Findings(tuple(dict.fromkeys(traces)), pages)


def _check_alone(whole: bytes) -> None:
    """A PDF begins and ends the file: around it could lie a second file that other programs find."""
    end = whole.rfind(_END)
    if not whole.startswith(_START) or end < 0:
        raise TroubleError(DAMAGED)
    if whole[end + len(_END) :].strip(b"\0\t\n\f\r "):
        raise TroubleError(f"is more than a PDF: something else follows it in the same file. {PRINT_AGAIN}")


def _telling(pdf: Pdf) -> Iterator[Dictionary | Stream]:
    """The dictionaries that matter here, also those that no page leads to. Most objects only draw."""
    for part in pdf.objects:
        told = part.stream_dict if isinstance(part, Stream) else part
        if isinstance(told, Object) and _TELLING.search(told.unparse(resolved=True)):
            yield from _dictionaries(part)


def _dictionaries(part: Object) -> Iterator[Dictionary | Stream]:
    """A part and what stands within it. What it refers to comes up by itself."""
    waiting = deque([part])
    while waiting:
        one = waiting.popleft()
        if isinstance(one, Dictionary | Stream):
            yield one
            waiting.extend(value for value in one.values() if _stands_within(value))
        elif isinstance(one, Array):
            waiting.extend(value for value in one if _stands_within(value))


def _stands_within(value: object) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _check_harmless(part: Dictionary | Stream) -> None:
    refusals = [reason for key, reason in _KEYS.items() if key in part]
    kinds = [(_ACTIONS, part.get(Name.S)), (_KINDS, part.get(Name.Type)), (_KINDS, part.get(Name.Subtype))]
    refusals += [reasons[kind] for reasons, kind in kinds if isinstance(kind, Name) and kind in reasons]
    if refusals:
        raise TroubleError(refusals[0])


def _properties(pdf: Pdf) -> Iterator[str]:
    info = pdf.trailer.get(Name.Info)
    told = info.items() if isinstance(info, Dictionary) else ()
    values = {key: str(value) for key, value in told if isinstance(value, String)}
    yield from labelled(values, _INFO)
    yield from made_with(values, _PROGRAM)
    for key, value in values.items():
        if key not in _INFO | _PROGRAM and key not in _SAYS_NOTHING and value.strip():
            yield f"{key[1:]}: {value.strip()}"


def _metadata(telling: list[Dictionary | Stream]) -> Iterator[str]:
    for part in telling:
        if isinstance(part, Stream) and part.get(Name.Type) == Name.Metadata:
            yield from labels_in(part.read_bytes())


def _remarks(telling: list[Dictionary | Stream]) -> Iterator[str]:
    drawn = [part for part in telling if Name.Rect in part]
    remarks = [part for part in drawn if part.get(Name.Subtype) in _REMARKS]
    if remarks:
        yield counted(len(remarks), "comment") + by_whom([str(part.get(Name.T, "")) for part in remarks])
    if any(part.get(Name.Subtype) == Name.Redact for part in drawn):
        yield "Passages marked for redaction but not removed yet"


def _signatures(telling: list[Dictionary | Stream]) -> Iterator[str]:
    for part in telling:
        if part.get(Name.Type) == Name.Sig:
            yield "A signature" + by_whom([str(part.get(Name.Name, ""))])


def _history(pdf: Pdf, whole: bytes) -> Iterator[str]:
    """What its page shows no longer, or not at once."""
    # A file made for the web has two ends from its beginning.
    earlier = whole.count(_END) - 1 - pdf.is_linearized
    if earlier > 0:
        yield counted(earlier, "earlier state of the text inside it", "earlier states of the text inside it")
    layers = pdf.Root.get(Name.OCProperties)
    default = layers.get(Name.D) if isinstance(layers, Dictionary) else None
    if isinstance(default, Dictionary) and (default.get(Name.OFF) or default.get(Name.BaseState) == Name.OFF):
        yield "Hidden layers"
