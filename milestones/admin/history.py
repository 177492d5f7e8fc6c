"""Who changed a row and when, line by line, and an older text put back."""

from typing import Any

from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import HistoricalChanges, ModelChange, ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from cmetrack.admin import EditorAdmin
from milestones.differences import NOT_TOLD, Line, in_words, label_of, lines


class LineByLine(HistoricalRecordContextHelper):
    """The lines of a long text that changed: the package's own would show its first hundred letters."""

    def context_for_delta_changes(self, delta: ModelDelta) -> list[Any]:
        return [self._told(change) for change in delta.changes if change.field not in NOT_TOLD]

    def _told(self, change: ModelChange) -> tuple[str, tuple[Line, ...]]:
        column = self.model._meta.get_field(change.field)
        return label_of(column), lines(in_words(column, change.old), in_words(column, change.new))


class HistoryAdmin(EditorAdmin, SimpleHistoryAdmin):
    object_history_template = "admin/milestones/history.html"
    object_history_form_template = "admin/milestones/history_form.html"

    def get_historical_record_context_helper(
        self, request: Any, historical_record: HistoricalChanges
    ) -> HistoricalRecordContextHelper:
        return LineByLine(self.model, historical_record)
