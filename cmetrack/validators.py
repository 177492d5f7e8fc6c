"""Limits on what people may type, each with a message that says what to do."""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

validate_web_address = URLValidator(
    schemes=["http", "https"], message="Enter a web address that begins with https:// or http://."
)
EARLIEST = date(1950, 1, 1)
LATEST = date(2100, 12, 31)
# Invisible marks that turn text around: a file name can hide its true ending behind them.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def validate_plausible_date(value: date) -> None:
    """Refuse slips of the keyboard such as the year 0202 or 9999."""
    if not EARLIEST <= value <= LATEST:
        raise ValidationError(f"Enter a date between {EARLIEST.year} and {LATEST.year}.", code="implausible")


def without_hidden_characters(text: str) -> str:
    """`text` without control characters and direction overrides, for names shown to others."""
    if text.isprintable():
        return text
    visible = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs"})
    return _BIDI_CONTROLS.sub("", visible)
