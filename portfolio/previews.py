"""What a file looks like inside: pages drawn once and kept beside it, or the beginning of a text."""

import codecs
import logging
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cmetrack.markdown import render_markdown
from portfolio.models import SampleFile
from portfolio.sandbox import NoAnswerError, TooLateError, draw
from portfolio.storage import preview_name

logger = logging.getLogger(__name__)

CONTENT_TYPE = "image/webp"
CHARACTERS_SHOWN = 20_000
CHARACTERS_OF_EXCERPT = 1_200
_MARKDOWN = "text/markdown"


class NoPictureError(Exception):
    """There is no such page, or it cannot be drawn."""


def draw_page(file: SampleFile, page: int) -> bytes:
    """A page of `file`, from 1, as a picture of type CONTENT_TYPE. Raises NoPictureError."""
    if not 1 <= page <= file.preview_pages:
        raise NoPictureError(f"There is no page {page} to draw.")
    name = preview_name(str(file.file.name), page)
    try:
        with default_storage.open(name) as kept:
            picture = kept.read()
    except FileNotFoundError:
        picture = _draw(file, page)
        _keep(name, picture)
        _check_still_there(file, name)
    if not picture:
        raise NoPictureError(f"Page {page} cannot be drawn.")
    return bytes(picture)


def _draw(file: SampleFile, page: int) -> bytes:
    """The picture, or nothing when the page cannot be drawn: that is kept too, since trying takes long."""
    try:
        with file.file.open("rb") as content:
            return draw(file.family, content, page)
    except FileNotFoundError as missing:
        raise NoPictureError("The file is missing from storage.") from missing
    except TooLateError as late:
        # The machine was busy, perhaps: the next look may do better.
        raise NoPictureError("It took too long.") from late
    except NoAnswerError as failed:
        logger.warning("Page %s of file %s could not be drawn: %s", page, file.pk, failed)
        return b""


def _keep(name: str, picture: bytes) -> None:
    try:
        kept = default_storage.save(name, ContentFile(picture))
    except OSError as problem:
        # A full disk must not keep anybody from looking.
        logger.warning("The picture of a page could not be kept: %s", problem.strerror)
        default_storage.delete(name)
        return
    if kept != name:
        # Somebody else drew the same page at the same moment.
        default_storage.delete(kept)


def _check_still_there(file: SampleFile, name: str) -> None:
    """A file deleted while it was drawn took its pictures along: none of it may come after that."""
    if not SampleFile.objects.filter(pk=file.pk).exists():
        default_storage.delete(name)
        raise NoPictureError("The file was deleted while it was drawn.")


@dataclass(frozen=True)
class Words:
    """The beginning of a text file, ready to be shown."""

    html: SafeString
    is_whole: bool


def words_of(file: SampleFile, characters: int = CHARACTERS_SHOWN, *, top: int = 2) -> Words | None:
    """What a text or Markdown file says, its highest heading at level `top`; None for all other files."""
    if file.family != "text":
        return None
    try:
        with file.file.open("rb") as content:
            # No character takes more than four bytes.
            start = content.read(characters * 4 + 4)
    except FileNotFoundError:
        return None
    text = _decoded(start)
    is_whole = len(start) == file.size and len(text) <= characters
    return Words(_shown(text[:characters], file.content_type, top), is_whole)


def _decoded(start: bytes) -> str:
    """Text in whatever alphabet it was written; a last character that was cut in two is left out."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", errors="ignore")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(start)
    except UnicodeDecodeError:
        return start.decode("cp1252", errors="replace")


def _shown(text: str, content_type: str, top: int) -> SafeString:
    if content_type == _MARKDOWN:
        return render_markdown(text, top)
    return format_html('<pre class="plain-text">{}</pre>', text)
