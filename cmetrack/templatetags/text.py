"""Template filters for text that people typed."""

from django import template
from django.utils.safestring import SafeString

from cmetrack.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text: str | None, top: int = 2) -> SafeString:
    """The text as safe HTML, its highest heading an h2 or what `top` says; nothing for nothing."""
    return render_markdown(text or "", top)
