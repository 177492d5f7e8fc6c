"""What to settle before saying yes (domain.md F), each point with its key and whether it is settled."""

from dataclasses import dataclass

from networking.models import Opportunity

POINTS = {
    "deliverable": "Deliverable and length",
    "audience": "Audience and objectives",
    "references": "Who supplies references and access to faculty",
    "revisions": "Rounds of revision",
    "style": "Reference and annotation style",
    "deadlines": "Deadlines",
    "fee": "Fee, currency, invoice terms, kill fee",
    "rights": "Rights and byline",
    "nda": "Confidentiality, and whether you may show it",
    "ai": "Policy on AI",
    "disclosure": "Disclosure form",
    "decision_maker": "Who decides, by name",
}


@dataclass(frozen=True)
class Point:
    key: str
    words: str
    is_settled: bool


@dataclass(frozen=True)
class BeforeYes:
    points: list[Point]

    @property
    def settled(self) -> int:
        return sum(point.is_settled for point in self.points)

    @property
    def total(self) -> int:
        return len(self.points)


def before_yes(opportunity: Opportunity) -> BeforeYes | None:
    """The list while a yes is near, and where something on it was ticked, until the yes is in writing."""
    is_begun = bool(opportunity.settled) and not opportunity.is_held
    if not (opportunity.is_near_yes or is_begun):
        return None
    return points_of(opportunity)


def points_of(opportunity: Opportunity) -> BeforeYes:
    return BeforeYes([Point(key, words, key in opportunity.settled) for key, words in POINTS.items()])


def settle(opportunity: Opportunity, point: str) -> None:
    """Tick one point; what is none changes nothing."""
    if point in POINTS and point not in opportunity.settled:
        _keep(opportunity, [*opportunity.settled, point])


def unsettle(opportunity: Opportunity, point: str) -> None:
    if point in opportunity.settled:
        _keep(opportunity, [other for other in opportunity.settled if other != point])


def _keep(opportunity: Opportunity, settled: list[str]) -> None:
    opportunity.settled = settled
    opportunity.save(update_fields=["settled", "updated_at"])
