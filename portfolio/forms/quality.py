"""The quality checklist of one sample as a form."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from portfolio.models import QualityItem, QualityMark, Sample

MET, NOT_APPLICABLE = "met", "not_applicable"
ANSWERS = [("", "Not yet"), (MET, "Met"), (NOT_APPLICABLE, "Does not apply")]


class QualityForm(forms.Form):
    """An answer to each point in use. Some may be left for later; “does not apply” needs its reason."""

    def __init__(self, sample: Sample, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.sample = sample
        self.items: list[QualityItem] = list(QualityItem.objects.current())
        marks = {mark.item_id: mark for mark in sample.quality_marks.all()}
        for item in self.items:
            mark = marks.get(item.pk)
            self.fields[f"answer_{item.pk}"] = forms.ChoiceField(
                choices=ANSWERS, required=False, widget=forms.RadioSelect, initial=_answer(mark)
            )
            self.fields[f"reason_{item.pk}"] = forms.CharField(
                required=False,
                max_length=QualityMark._meta.get_field("reason").max_length,
                initial=mark.reason if mark else "",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for item in self.items:
            reason = f"reason_{item.pk}"
            if data.get(f"answer_{item.pk}") == NOT_APPLICABLE and reason in data and not data[reason]:
                self.add_error(reason, "Say in a few words why it does not apply.")
        return data

    @property
    def is_complete(self) -> bool:
        """Whether every point has an answer."""
        return bool(self.items) and all(self.cleaned_data[f"answer_{item.pk}"] for item in self.items)

    def clashes(self, seen: str) -> bool:
        """Whether these answers are about the sample as it was, which is not as it is now.

        The second of two clicks finds what the first one wrote: there is nothing to write, and no clash.
        """
        # All answers, though nothing new, also count as the look that is due since something else changed.
        is_settled = self.sample.quality_checked_on and not self.sample.look_due_since
        would_check = self.is_complete and not is_settled
        return seen != self.sample.as_seen and (self.has_changed() or would_check)

    def rows(self) -> Iterator[tuple[QualityItem, forms.BoundField, forms.BoundField]]:
        """Each point with its two fields, for the page."""
        for item in self.items:
            yield item, self[f"answer_{item.pk}"], self[f"reason_{item.pk}"]

    def save(self, today: date) -> None:
        """Keep the answers. With all of them the sample is quality-checked as of `today`.

        An answer taken back is a doubt: nothing is shown of the sample until its owner has looked.
        """
        was_checked = self.sample.quality_checked_on is not None
        answered = {item.pk: self.cleaned_data[f"answer_{item.pk}"] for item in self.items}
        self.sample.quality_marks.filter(
            item__in=[pk for pk, answer in answered.items() if not answer]
        ).delete()
        for item in self.items:
            if answered[item.pk]:
                self._mark(item, answered[item.pk] == MET)
        self.sample.check_quality(today if self.is_complete else None)
        if was_checked and not self.is_complete:
            self.sample.ask_for_a_look()

    def _mark(self, item: QualityItem, is_met: bool) -> None:
        reason = "" if is_met else self.cleaned_data[f"reason_{item.pk}"]
        values = {"is_met": is_met, "reason": reason, "owner_id": self.sample.owner_id}
        self.sample.quality_marks.update_or_create(item=item, defaults=values)


def _answer(mark: QualityMark | None) -> str:
    if mark is None:
        return ""
    return MET if mark.is_met else NOT_APPLICABLE
