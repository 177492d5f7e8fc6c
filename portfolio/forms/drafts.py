"""The forms for a sample that saves itself while somebody types."""

import uuid
from typing import Any

from portfolio.forms.samples import DECISIONS, NewSampleForm, SampleForm, begun_number
from portfolio.models import Sample


class DraftForm(SampleForm):
    """The text of a sample that is there already. Once it can be seen by others, only the button saves it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DECISIONS:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if not self.instance.saves_itself:
            self.add_error(None, "It is kept in this browser until you press Save.")
        # What SampleForm adds is about the decisions.
        return super(SampleForm, self).clean()


class NewDraftForm(NewSampleForm):
    """A new sample from the first words on. However often it saves itself, it stays one row."""

    def __init__(self, data: Any, *, instance: Sample) -> None:
        super().__init__(data, instance=instance)
        del self.fields["attachment"]

    def clean_status(self) -> str:
        status: str = self.cleaned_data["status"]
        if status and status not in Sample.UNFINISHED:
            chosen = Sample.Status(status).label.lower()
            self.add_error(None, f"It is kept in this browser until you press “Log it”, as it is {chosen}.")
        return status

    def _sending(self) -> uuid.UUID | None:
        return begun_number(self.cleaned_data.get("submission_id"))
