from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networking.working_days import a_month_after, after_working_days, working_day

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS)
def test_a_working_day_is_the_day_itself_or_the_monday_after(day):
    on = working_day(day)

    assert on.weekday() < 5
    assert 0 <= (on - day).days <= 2
    assert (on == day) is (day.weekday() < 5)


@given(DAYS, st.integers(0, 400))
def test_working_days_are_counted_one_by_one(day, count):
    counted, left = day, count
    while left or counted.weekday() >= 5:
        counted += timedelta(1)
        left -= left > 0 and counted.weekday() < 5

    # From a weekend on, no working days lead back to the Friday before it.
    expected = day - timedelta(day.weekday() - 4) if count == 0 and day.weekday() > 4 else counted
    assert after_working_days(day, count) == expected


@pytest.mark.parametrize(
    ("offset", "count", "expected"),
    [(0, 5, 7), (4, 1, 7), (5, 5, 11), (6, 5, 11), (2, 7, 11)],
)
def test_working_days_leap_over_weekends(offset, count, expected):
    assert after_working_days(MONDAY + timedelta(offset), count) == MONDAY + timedelta(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, expected):
    assert a_month_after(day) == expected
