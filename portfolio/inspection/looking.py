"""One look into a file: what it is, whether we take it, what it tells."""

import io
import warnings
from importlib import import_module

from portfolio.file_types import TYPES
from portfolio.inspection.archives import is_archive
from portfolio.inspection.findings import DAMAGED, Findings, TroubleError
from portfolio.inspection.kinds import check_kind

# Programs that read PDF accept it this far into a file.
_PDF_STARTS_WITHIN = 1024


def look_into(claimed: str, content: io.BytesIO) -> Findings:
    """What a file said to be `claimed`, a key of TYPES, tells. Raises TroubleError and nothing else."""
    family = TYPES[claimed].family
    try:
        # What a library warns of, it could read.
        with warnings.catch_warnings(action="ignore"):
            return _look(claimed, family, content)
    except TroubleError:
        raise
    except Exception as problem:
        # Whatever a library makes of what it cannot read, a person needs one answer.
        raise TroubleError(DAMAGED) from problem


def _look(claimed: str, family: str, content: io.BytesIO) -> Findings:
    check_kind(claimed, content)
    if family == "text":
        return Findings()
    _check_alone(family, content)
    content.seek(0)
    # Only the libraries that this family needs: a new process loads them each time.
    found: Findings = import_module(f"portfolio.inspection.{family}").look(content)
    return found


def _check_alone(family: str, content: io.BytesIO) -> None:
    """Refuse what another program would take for another file."""
    content.seek(0)
    hides_pdf = family != "pdf" and b"%PDF-" in content.read(_PDF_STARTS_WITHIN)
    # Office files are archives, or keep one inside: those from before 2007 have their theme in it.
    hides_archive = family in {"pdf", "picture"} and is_archive(content)
    if hides_pdf or hides_archive:
        raise TroubleError("is two files in one. Open it, save it as a new file and choose that.")
