"""Which version of each sample they were sent, and which page."""

from typing import Any, cast

from django import forms

from networking.forms.choices import name_empty_choice
from networking.models import Opportunity
from networking.sent import title_to_send, version_words
from portfolio.models import Sample, SampleFile, ShareLink


class SentForm(forms.Form):
    """One choice for each sample that was sent and has files."""

    share_link = forms.ModelChoiceField(
        ShareLink.objects.none(),
        label="Shared page",
        required=False,
        empty_label="Not said",
        help_text="If you sent one of your pages.",
    )

    def __init__(self, data: Any, *, opportunity: Opportunity) -> None:
        super().__init__(data)
        self.opportunity, owner = opportunity, opportunity.owner
        links = cast(forms.ModelChoiceField, self.fields["share_link"])
        links.queryset = ShareLink.objects.for_user(owner)
        links.initial = opportunity.share_link_id
        self.samples = list(opportunity.samples.for_user(owner).prefetch_related("files"))
        sent = set(opportunity.sample_files.values_list("pk", flat=True))
        for sample in self.samples:
            if files := list(sample.files.all()):
                self.fields[self._name(sample)] = _version_of(sample, files, sent)
        self.order_fields([*(self._name(sample) for sample in self.samples), "share_link"])
        if not links.queryset.exists():
            del self.fields["share_link"]

    def just_sent(self) -> list[Sample]:
        """The samples that this form says were sent, or were in another version than it said before."""
        named = {self._name(sample): sample for sample in self.samples}
        return [named[name] for name in self.changed_data if name in named and self.cleaned_data[name]]

    def save(self) -> None:
        """Keep what was chosen; what another tab changes of the opportunity meanwhile stays its own."""
        if "share_link" in self.fields:
            self.opportunity.share_link = self.cleaned_data["share_link"]
            self.opportunity.save(update_fields=["share_link", "updated_at"])
        chosen = [self.cleaned_data.get(self._name(sample)) for sample in self.samples]
        self.opportunity.sample_files.set([pk for pk in chosen if pk])

    @staticmethod
    def _name(sample: Sample) -> str:
        return f"version_{sample.pk}"


def _version_of(sample: Sample, files: list[SampleFile], sent: set[int]) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label=title_to_send(sample),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", ""), *((file.pk, version_words(file)) for file in files)],
        initial=next((file.pk for file in files if file.pk in sent), None),
    )
    name_empty_choice(field)
    return field
