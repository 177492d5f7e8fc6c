"""Template filters for text that people typed."""

from django import template
from django.utils.safestring import SafeString

from cmetrack.markdown import Term, render_lesson, render_markdown

register = template.Library()

# Headings of a page are an h1 and its h2s; a lesson begins below them.
LESSON_TOP = 3


@register.filter
def markdown(text: str | None, top: int = 2) -> SafeString:
    """The text as safe HTML, its highest heading an h2 or what `top` says; nothing for nothing."""
    return render_markdown(text or "", top)


@register.filter
def lesson(text: str, terms: tuple[Term, ...]) -> SafeString:
    """An editor's text as safe HTML: its headings can be linked to, `terms` are explained in place."""
    return render_lesson(text, LESSON_TOP, terms)
