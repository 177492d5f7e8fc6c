"""The XML parts of an office file, read without following where they lead and without keeping them."""

import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from portfolio.inspection.findings import SAVE_AGAIN, TroubleError

_CHUNK = 65_536
# How many of the elements around one are told: all of them would be endless in a hostile file.
NEAR = 8


class Element(NamedTuple):
    """One element as it ends: its name, those around it, its attributes and the text in it, all without
    namespaces. Text of an element that holds others is only what follows the last of them."""

    tag: str
    around: tuple[str, ...]
    attributes: dict[str, str]
    text: str


def elements(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    """The elements of a part, inner before outer; none when the part is not there. Raises TroubleError."""
    if name in archive.NameToInfo:
        with archive.open(name) as part:
            yield from elements_of(part)


def elements_of(xml: IO[bytes]) -> Iterator[Element]:
    """The same for any XML. A document type may be named, as old OpenDocument does; entities may not."""
    ended = _Ended()
    parser = XMLParser(target=ended)
    try:
        while chunk := xml.read(_CHUNK):
            parser.feed(chunk)
            yield from ended.taken()
        parser.close()
        yield from ended.taken()
    except DefusedXmlException as trick:
        raise TroubleError(f"contains XML that unfolds into something else. {SAVE_AGAIN}") from trick


class _Ended:
    """Collects elements as they end, so that no tree of them is ever held."""

    def __init__(self) -> None:
        self._ended: list[Element] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        self._open.append((_local(tag), attributes))

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        name, attributes = self._open.pop()
        around = tuple(outer for outer, _ in self._open[-NEAR:])
        named = {_local(key): value for key, value in attributes.items()}
        self._ended.append(Element(name, around, named, "".join(self._text)))
        self._text.clear()

    def close(self) -> None:
        """What a parser asks of its target at the end."""

    def taken(self) -> list[Element]:
        ended, self._ended = self._ended, []
        return ended


def _local(name: str) -> str:
    return name.rpartition("}")[2]
