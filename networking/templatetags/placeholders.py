"""Shows where a message waits for the writer's own words."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from networking.messages import PLACEHOLDER

register = template.Library()


@register.filter
def mark_placeholders(text: str) -> SafeString:
    """The text, escaped, with each {placeholder} marked."""
    escaped = conditional_escape(text)
    return mark_safe(PLACEHOLDER.sub(r"<mark>\g<0></mark>", escaped))  # noqa: S308 - escaped above
