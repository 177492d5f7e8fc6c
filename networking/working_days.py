"""Days on which people work: nobody is reminded of anything on a Saturday or Sunday."""

from calendar import monthrange
from datetime import date, timedelta

SATURDAY = 5


def working_day(day: date) -> date:
    """That day, or the Monday after its weekend."""
    weekend = day.weekday() - SATURDAY
    return day + timedelta(2 - weekend) if weekend >= 0 else day


def after_working_days(day: date, count: int) -> date:
    """The working day that comes `count` working days after `day`."""
    weeks, days = divmod(count, SATURDAY)
    # What begins on a weekend counts from the Friday before.
    day -= timedelta(max(0, day.weekday() - SATURDAY + 1))
    over_a_weekend = day.weekday() + days >= SATURDAY
    return day + timedelta(7 * weeks + days + (2 if over_a_weekend else 0))


def a_month_after(day: date) -> date:
    """The same day of the next month, or the last one it has."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
