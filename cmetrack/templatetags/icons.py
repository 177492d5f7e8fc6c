"""Icons, each drawn once: nothing about them changes while the program runs."""

from functools import cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, *, size: int) -> str:
    """One of Lucide's icons as SVG, `size` pixels square, and silent to those who have the page read out."""
    return str(lucide(name, size=size, aria_hidden="true"))
