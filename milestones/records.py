"""What one person has on record: how many rows of each sort, and the newest by name."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.urls import reverse

from accounts.models import User
from milestones.models import (
    CheckMark,
    Competency,
    Focus,
    Milestone,
    QuizAttempt,
    Rating,
    ResourceRead,
    StepProgress,
)
from networking.models import Contact, Interaction, Opportunity, Organisation
from portfolio.models import Format, ReviewRequest, Sample
from portfolio.showing import may_be_shown

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

# As many as the largest requirement asks for.
NAMES_KEPT = 20
TOUCHES_NAMED = 100
# What no list shows of a step that has left the path.
LONG_TEXTS = ("step__guidance", *(f"step__milestone__{text}" for text in Milestone.LONG_TEXTS))
IN_PLAY = Opportunity.OPEN_STAGES[Opportunity.OPEN_STAGES.index(Opportunity.Stage.PITCHED) :]


@dataclass(frozen=True)
class Proof:
    """A record that counts, by name, with the page that shows it."""

    name: str
    view: str
    args: tuple[object, ...]

    @property
    def url(self) -> str:
        return reverse(self.view, args=self.args)


class Levels(TypedDict):
    """What a competency is read with: its latest level, None while unrated, how often it was rated, and
    whether it was chosen to be raised.
    """

    latest_level: int | None
    days_rated: int
    is_chosen: bool


class Row(NamedTuple):
    """A newest record of its sort, what its page is known by, and how many of that sort there are."""

    sort: tuple[Any, ...]
    name: str
    when: Any
    link: Any
    total: int = 0
    # The page that shows it, where that is not the one of its table.
    view: str = ""


@dataclass(frozen=True)
class Found:
    """The answer to “how many, and which?”."""

    total: int
    proof: tuple[Proof, ...]


class Tally:
    """The rows of one table, counted by sort."""

    def __init__(self, view: str, rows: Iterable[Row], totals: dict[Any, int] | None = None) -> None:
        self.view = view
        self.rows = sorted(rows, key=lambda row: (row.when, row.link), reverse=True)
        self.totals = {row.sort: row.total for row in self.rows} if totals is None else totals

    def find(self, wanted: Callable[..., bool]) -> Found:
        """Every record whose sort is `wanted`, the newest named."""
        total = sum(n for sort, n in self.totals.items() if wanted(*sort))
        rows = [row for row in self.rows if wanted(*row.sort)][:NAMES_KEPT]
        return Found(total, tuple(Proof(row.name, row.view or self.view, (row.link,)) for row in rows))

    def first_sorts(self) -> set[Any]:
        """What the rows were sorted by first, such as the kinds of organisations there are."""
        return {sort[0] for sort in self.totals}


class Records:
    """One person's evidence, each table read once and only when a requirement asks for it."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def progress(self) -> dict[int, StepProgress]:
        rows = StepProgress.objects.for_user(self.user).select_related("step__milestone")
        return {row.step_id: row for row in rows.defer(*LONG_TEXTS)}

    @cached_property
    def formats(self) -> dict[Any, Format]:
        return Format.objects.in_bulk()

    @cached_property
    def competencies(self) -> "dict[Any, WithAnnotations[Competency, Levels]]":
        """Every competency in its order, with what the person made of it."""
        mine = Rating.objects.for_user(self.user).filter(competency=OuterRef("pk"))
        days = Count("ratings__rated_on", filter=Q(ratings__owner=self.user), distinct=True)
        return Competency.objects.annotate(
            latest_level=Subquery(mine.latest_first().values("level")[:1]),
            days_rated=days,
            is_chosen=Exists(Focus.objects.for_user(self.user).filter(competency=OuterRef("pk"))),
        ).in_bulk()

    @cached_property
    def ticks(self) -> dict[int, int]:
        """How many items of each step's self-check list are ticked."""
        return self._counts["ticks"]

    @cached_property
    def quiz_best(self) -> dict[int, int]:
        """The most right answers in one attempt, by milestone."""
        return self._counts["best"]

    @cached_property
    def quiz_passed(self) -> dict[int, int]:
        """The latest attempt that passed, by milestone."""
        return self._counts["passed"]

    @cached_property
    def _counts(self) -> dict[str, dict[int, int]]:
        # Three small tables in one query: each more would be paid on every page.
        ticks = CheckMark.objects.for_user(self.user).order_by().values_list(Value("ticks"), "item__step")
        attempts = QuizAttempt.objects.for_user(self.user).order_by()
        best = attempts.values_list(Value("best"), "milestone").annotate(n=Max("correct"))
        passed = attempts.filter(is_passed=True).values_list(Value("passed"), "milestone")
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for what, of, n in ticks.annotate(n=Count("pk")).union(best, passed.annotate(n=Max("pk")), all=True):
            found[what][of] = n
        return found

    @cached_property
    def reads(self) -> Tally:
        """Resources marked as read, by milestone."""
        rows = ResourceRead.objects.for_user(self.user)
        sort, link = ("resource__milestone",), "resource__milestone__slug"
        return Tally("milestones:detail", _newest(rows, sort, "resource__title", "created_at", link))

    @cached_property
    def samples(self) -> Tally:
        """Samples by format, status, whether they are quality-checked, and whether they may be shown."""
        checked = Case(When(quality_checked_on=None, then=Value(0)), default=Value(1))
        shareable = Case(When(may_be_shown(), then=Value(1)), default=Value(0))
        rows = Sample.objects.for_user(self.user).annotate(is_checked=checked, is_shareable=shareable)
        sort = ("format", "status", "is_checked", "is_shareable")
        return Tally("portfolio:detail", _newest(rows, sort, "title", "updated_at"))

    @cached_property
    def organisations(self) -> Tally:
        """Organisations by kind; one without a kind has the kind “”."""
        rows = Organisation.objects.for_user(self.user)
        return Tally("networking:organisation-detail", _newest(rows, ("kind",), "name", "created_at"))

    @cached_property
    def contacts(self) -> Tally:
        """Contacts by kind."""
        rows = Contact.objects.for_user(self.user)
        return Tally("networking:detail", _newest(rows, ("kind",), "name", "created_at"))

    @cached_property
    def touches(self) -> Tally:
        """Interactions by kind, and readers' comments that were accepted, which are feedback too.

        The newest hundred touches are named: numbering all of them takes long.
        """
        rows = Interaction.objects.for_user(self.user)
        newest = rows.latest_first().values_list("kind", "contact__name", "happened_on", "contact")
        named = [Row((kind,), name, on, pk) for kind, name, on, pk in newest[:TOUCHES_NAMED]]
        totals: dict[Any, int] = defaultdict(int)
        for kind, total, reader, on, sample in self._counted_touches(rows):
            totals[(kind,)] += total
            if reader:
                named.append(Row((kind,), reader, on, sample, view="portfolio:detail"))
        return Tally("networking:detail", named, totals)

    def _counted_touches(self, rows: QuerySet[Interaction]) -> QuerySet[Any, Any]:
        # The reviews ride along with the counts, each by name: there are few, and a query more
        # would be paid on every page.
        unnamed = (Value("", CharField()), Value(None, DateField()), Value(None, BigIntegerField()))
        counts = (
            rows.order_by()
            .values_list("kind")
            .annotate(total=Count("pk"))
            .values_list("kind", "total", *unnamed)
        )
        accepted = ReviewRequest.objects.for_user(self.user).accepted().order_by()
        feedback = (Value(Interaction.Kind.FEEDBACK, CharField()), Value(1))
        named = accepted.values_list(*feedback, "reader", "accepted_on", "sample")
        return counts.union(named, all=True).order_by()

    @cached_property
    def opportunities(self) -> Tally:
        """Opportunities by the furthest stage they reached, and whether they wait without a date."""
        undated = Case(When(stage__in=IN_PLAY, next_on=None, then=Value(1)), default=Value(0))
        rows = Opportunity.objects.for_user(self.user).annotate(is_adrift=undated)
        newest = _newest(rows, ("furthest_stage", "is_adrift"), "title", "updated_at")
        return Tally("networking:opportunity-detail", newest)


def _newest(
    rows: QuerySet[Any], sort: tuple[str, ...], name: str, when: str, link: str = "pk"
) -> Iterable[Row]:
    """The newest few of each sort with the number of that sort, in one query."""
    by = [F(field) for field in sort]
    numbered = rows.order_by().annotate(
        total=Window(Count("pk"), partition_by=by),
        place=Window(RowNumber(), partition_by=by, order_by=[F(when).desc(), F("pk").desc()]),
    )
    shown = numbered.filter(place__lte=NAMES_KEPT).values_list(*sort, name, when, link, "total")
    for *kind, label, moment, known_by, total in shown:
        yield Row(tuple(kind), label, moment, known_by, total)
