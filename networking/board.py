"""The board: a column a stage, each with its newest cards and with how many there are in all."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from networking.models import Opportunity, OpportunityQuerySet
from networking.rows import OpportunityRow, opportunity_rows

# A column with more cards is no picture any more; the table has them all.
CARDS = 50


@dataclass(frozen=True)
class Column:
    """`options` are the stages a card can be moved to, drawn once for the whole column."""

    stage: str
    name: str
    rows: list[OpportunityRow]
    total: int
    options: SafeString
    add_url: str
    table_query: str

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)


def board_columns(opportunities: OpportunityQuerySet, today: date, kept: dict[str, str]) -> list[Column]:
    """Every stage of the way, and of the others those that have some. `kept` are the filters in force."""
    found = list(opportunities.newest_of_each_stage(CARDS))
    rows: dict[str, list[OpportunityRow]] = {stage: [] for stage in Opportunity.Stage}
    for row in opportunity_rows(found, today):
        rows[row.stage].append(row)
    totals = {one.stage: one.in_stage for one in found}  # type: ignore[attr-defined]
    return [
        _column(stage, rows[stage], totals.get(stage, 0), kept)
        for stage in Opportunity.Stage
        if rows[stage] or stage in Opportunity.FORWARD_STAGES
    ]


def _column(stage: Opportunity.Stage, rows: list[OpportunityRow], total: int, kept: dict[str, str]) -> Column:
    add = reverse("networking:opportunity-create")
    query = urlencode({**kept, "stage": stage.value})
    return Column(stage, stage.label, rows, total, _options(stage), f"{add}?stage={stage}", f"?{query}")


def _options(chosen: Opportunity.Stage) -> SafeString:
    marks = ((stage, mark_safe(" selected") if stage == chosen else "") for stage in Opportunity.Stage)
    return format_html_join(
        "", '<option value="{}"{}>{}</option>', ((stage.value, mark, stage.label) for stage, mark in marks)
    )
