"""How a date is said: “2 days overdue”, “today”, “in 5 days”, “quiet 12 days”."""

from datetime import date


def due_words(on: date | None, today: date) -> str:
    """When something planned is due, in words; nothing for nothing planned."""
    if on is None:
        return ""
    days = (on - today).days
    if days < 0:
        return f"{in_days(-days)} overdue"
    if days == 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {in_days(days)}"


def quiet_words(last: date | None, today: date) -> str:
    """How long it has been still since the last touch."""
    if last is None:
        return "no touch yet"
    days = (today - last).days
    return "in touch today" if days <= 0 else f"quiet {in_days(days)}"


def is_due(on: date | None, today: date) -> bool:
    return on is not None and on <= today


def in_days(count: int) -> str:
    return counted(count, "day")


def counted(count: int, noun: str) -> str:
    """“1 message”, “3 messages”."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def day_in_words(day: date) -> str:
    """3 November 2026, as templates would show it, without asking a filter in every row."""
    return f"{day.day} {day:%B %Y}"
