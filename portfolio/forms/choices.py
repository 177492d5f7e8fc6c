"""Choices that say what choosing them means."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def with_meanings(labels: list[tuple[str, str]], meanings: dict[str, str]) -> list[tuple[str, SafeString]]:
    """Choices whose label is followed by what choosing it means."""
    text = '{} <span class="meta d-block">{}</span>'
    return [(value, format_html(text, label, meanings[value])) for value, label in labels]
