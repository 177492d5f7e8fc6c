"""Markdown to safe HTML: CommonMark and tables in, an allow-list of tags out."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code",
    "strong", "em", "s", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
LOWEST_HEADING = 6
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}


class Term(NamedTuple):
    """A word to explain where it stands: how it is written, where it is explained, and how."""

    form: str
    url: str
    definition: str


@lru_cache(maxsize=512)
def render_markdown(text: str, top: int = 2) -> SafeString:
    """HTML for `text` that is safe whoever wrote it: no raw HTML, no scripts, http(s) links only.

    Headings are moved so that the highest of them is `top`, and none is skipped on the way in.
    """
    return _html(_parse(text, top), {"a": {"href", "title"}, "ol": {"start"}})


@lru_cache(maxsize=256)
def render_lesson(text: str, top: int, terms: tuple[Term, ...]) -> SafeString:
    """The same for an editor's text: headings can be linked to, and terms are explained in place.

    Each term becomes a link to its explanation where it first stands, headings and links left alone.
    """
    tokens = _parse(text, top)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", heading_id(tokens[place + 1].content))
    _explain(tokens, terms)
    links = {"href", "title", "class", "data-definition"}
    return _html(tokens, {"a": links, "ol": {"start"}, **{heading: {"id"} for heading in _HEADINGS}})


def headings(text: str) -> list[str]:
    """The headings of a lesson, as they are written."""
    tokens = _parser.parse(text)
    pairs = pairwise(tokens)
    return [inline.content for opening, inline in pairs if opening.type == "heading_open"]


def heading_id(heading: str) -> str:
    """The id of a heading within a lesson."""
    return f"part-{slugify(heading)}"


def _parse(text: str, top: int) -> list[Token]:
    tokens = _parser.parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + top, LOWEST_HEADING)}"
    return tokens


def _html(tokens: Sequence[Token], attributes: dict[str, set[str]]) -> SafeString:
    html = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


def _explain(tokens: list[Token], terms: tuple[Term, ...]) -> None:
    if not terms:
        return
    by_form = {term.form.lower(): term for term in terms}
    longest_first = sorted(by_form, key=len, reverse=True)
    forms = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    explained: set[str] = set()
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline" and token.children and not (before and before.type == "heading_open"):
            token.children = list(_with_links(token.children, forms, by_form, explained))


def _with_links(
    children: list[Token], forms: re.Pattern[str], by_form: dict[str, Term], explained: set[str]
) -> Iterator[Token]:
    in_link = 0
    for child in children:
        in_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not in_link:
            yield from _split(child.content, forms, by_form, explained)
        else:
            yield child


def _split(
    text: str, forms: re.Pattern[str], by_form: dict[str, Term], explained: set[str]
) -> Iterator[Token]:
    end = 0
    for found in forms.finditer(text):
        term = by_form[found[0].lower()]
        if term.url in explained or not _is_meant(found[0], term.form):
            continue
        explained.add(term.url)
        yield Token("text", "", 0, content=text[end : found.start()])
        yield Token("html_inline", "", 0, content=_link(found[0], term))
        end = found.end()
    yield Token("text", "", 0, content=text[end:])


def _is_meant(written: str, form: str) -> bool:
    # “RACE” is the registry, “race” is not; other terms may begin a sentence.
    return written == form if form[1:] != form[1:].lower() else True


def _link(written: str, term: Term) -> str:
    definition = escape(f"{term.form}: {term.definition}")
    return f'<a class="term" href="{escape(term.url)}" data-definition="{definition}">{escape(written)}</a>'
