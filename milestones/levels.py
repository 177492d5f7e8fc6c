"""Where a person stands on the competencies: the rows of the table and the bars of the picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from milestones.models import Competency, Level, Rating
from milestones.models.competencies import HIGHEST_LEVEL

# The picture's own units; CSS scales it.
STEP = 80
WIDTH = STEP * HIGHEST_LEVEL
ROW = 38
# Above the first bar, for the numbers of the levels.
SCALE = 18


@dataclass(frozen=True)
class Standing:
    """One competency with a person's first and latest rating of it."""

    competency: Competency
    first: Rating | None
    latest: Rating | None

    @property
    def is_rated(self) -> bool:
        return self.latest is not None

    @property
    def is_ready(self) -> bool:
        """At or over the line for a first project."""
        return self.latest is not None and self.latest.level >= self.competency.ready_level

    @property
    def now(self) -> str:
        """The latest level in words: “2, practising, needs help”."""
        return _in_words(self.latest)

    @property
    def began(self) -> str:
        return _in_words(self.first)

    @property
    def change(self) -> str:
        """What changed between the first rating and the latest: “up 2”; nothing before the second."""
        if not (self.first and self.latest) or self.first == self.latest:
            return ""
        by = self.latest.level - self.first.level
        return f"{'up' if by > 0 else 'down'} {abs(by)}" if by else "as before"


@dataclass(frozen=True)
class Bar:
    """One row of the picture, in its own units."""

    standing: Standing
    top: int

    @property
    def label_y(self) -> int:
        return self.top + 13

    @property
    def bar_y(self) -> int:
        return self.top + 20

    @property
    def marker_y(self) -> int:
        return self.top + 25

    @property
    def now(self) -> int | None:
        return self._place(self.standing.latest)

    @property
    def first(self) -> int | None:
        """Where the first rating stands, when a later one moved away from it."""
        return self._place(self.standing.first) if self.standing.change else None

    @property
    def line(self) -> int:
        return self.standing.competency.ready_level * STEP

    @property
    def line_top(self) -> int:
        return self.top + 16

    @property
    def line_bottom(self) -> int:
        return self.top + 34

    @staticmethod
    def _place(rating: Rating | None) -> int | None:
        return None if rating is None else rating.level * STEP


@dataclass(frozen=True)
class Picture:
    """All bars, and what they say in a sentence for those who do not see them."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    # Each level with its place from the left.
    scale: tuple[tuple[int, int], ...] = tuple((level, level * STEP) for level in range(HIGHEST_LEVEL + 1))

    @property
    def height(self) -> int:
        return SCALE + ROW * len(self.bars)

    @property
    def description(self) -> str:
        return "; ".join(f"{bar.standing.competency}: {bar.standing.now}" for bar in self.bars)


def standings(user: User) -> list[Standing]:
    """Every competency in use, in the order of the framework. Two queries."""
    first: dict[int, Rating] = {}
    latest: dict[int, Rating] = {}
    for rating in Rating.objects.for_user(user).order_by("rated_on", "pk"):
        first.setdefault(rating.competency_id, rating)
        latest[rating.competency_id] = rating
    rows = Competency.objects.current().select_related("group")
    return [Standing(row, first.get(row.pk), latest.get(row.pk)) for row in rows]


def picture(rows: Iterable[Standing]) -> Picture:
    """The bars of `rows`, one below the other."""
    return Picture(tuple(Bar(standing, SCALE + n * ROW) for n, standing in enumerate(rows)))


def first_unrated(rows: Iterable[Standing]) -> Competency | None:
    """The first competency without a rating, None when all have one."""
    return next((row.competency for row in rows if not row.is_rated), None)


def _in_words(rating: Rating | None) -> str:
    if rating is None:
        return "not rated"
    label = Level(rating.level).label
    return f"{rating.level}, {label[0].lower()}{label[1:]}"
