"""How often a page was opened, by day, as numbers and as a picture."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from portfolio.models import ShareLink

DAYS = 28
HEIGHT = 56
WIDTH = 8
GAP = 3


@dataclass(frozen=True)
class Bar:
    """One day: its count, and where its bar stands in the picture."""

    day: date
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Looks:
    """All looks ever, and the last four weeks day by day."""

    total: int
    bars: list[Bar]
    width: int = DAYS * (WIDTH + GAP)
    height: int = HEIGHT
    bar_width: int = WIDTH

    @property
    def days(self) -> list[Bar]:
        """The days with at least one look, latest first."""
        return [bar for bar in reversed(self.bars) if bar.count]


def looks_of(link: ShareLink, today: date) -> Looks:
    """Two queries, however often the page was opened."""
    first = today - timedelta(DAYS - 1)
    counted = dict(link.days.filter(day__gte=first).values_list("day", "count"))
    total = link.days.aggregate(all=Sum("count"))["all"] or 0
    most = max(counted.values(), default=1)
    days = [first + timedelta(n) for n in range(DAYS)]
    return Looks(total, [_bar(n, day, counted.get(day, 0), most) for n, day in enumerate(days)])


def _bar(place: int, day: date, count: int, most: int) -> Bar:
    # A day with a look is never so low that it cannot be seen; one without is a thin line.
    height = max(round(HEIGHT * count / most), 4) if count else 1
    return Bar(day, count, place * (WIDTH + GAP), HEIGHT - height, height)
