import re
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from cmetrack.forms import DayInput
from networking.cadence import nudge_after_pitch
from networking.forms.choices import SeveralRows, formats_to_choose, name_empty_choice, offer
from networking.forms.funders import refuse_funder
from networking.forms.layout import Folds, OrganisationByNameForm
from networking.models import Contact, Opportunity
from networking.planning import plan_of_stage, recount
from networking.sent import title_to_send
from networking.stages import EITHER, REQUIRED, STAGES, UNPAID, StageRule
from portfolio.models import Sample, ShareLink

CONTACTS_OFFERED = 200
SAMPLES_OFFERED = 100
LINKS_OFFERED = 50
# Days that have come: what to say of one that is still ahead.
PAST = {
    "pitched_on": "This day is still to come. Choose the day you sent it.",
    "agreed_on": "This day is still to come. Choose the day they agreed.",
    "delivered_on": "This day is still to come. Choose the day you delivered it.",
    "paid_on": "This day is still to come. Choose the day the money came.",
}
DAYS = ("next_on", "due_on", "starts_on", *PAST)
# Moving there is mostly told on the day itself.
DONE_TODAY = {"delivered_on", "paid_on"}
# A day that the plan of a stage goes by.
PLANS = {"pitched_on", "due_on", "starts_on"}
# A change of these is one of what happened with the person.
HAPPENED = {"stage", "pitched_on", "delivered_on", "contact"}


class OpportunityForm(OrganisationByNameForm):
    folds: ClassVar[Folds] = (
        ("Who and what", ("contact", "format", "next_step", "next_on")),
        ("The pitch", ("pitched_on", "channel", "samples", "share_link")),
        ("A test or a brief", ("test_pay", "test_hours")),
        (
            "Agreement, dates and money",
            ("is_paid", "is_writing_test", "role", "agreement", "agreed_on", "due_on", "starts_on", "fee",
             "currency", "delivered_on", "paid_on"),
        ),
        ("If it ended", ("closed_reason", "lesson")),
        ("Notes", ("notes",)),
    )  # fmt: skip
    field_order = ("title", "organisation", "stage")

    instance: Opportunity

    class Meta:
        model = Opportunity
        fields = (
            "title", "stage", "contact", "format", "next_step", "next_on", "pitched_on", "channel", "samples",
            "share_link", "test_pay", "test_hours", "is_paid", "is_writing_test", "role", "agreement",
            "agreed_on", "due_on", "starts_on", "fee", "currency", "delivered_on", "paid_on", "closed_reason",
            "lesson", "notes",
        )  # fmt: skip
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
            "samples": forms.CheckboxSelectMultiple,
            "fee": forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
            "currency": forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
            "lesson": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 5}),
            **dict.fromkeys(DAYS, DayInput),
        }
        field_classes = {"samples": SeveralRows}
        help_texts = {
            "title": "What you would write, such as “Needs assessment on heart failure”.",
            "lesson": "One line is enough. It is for you alone.",
            "due_on": "For a piece of work.",
            "starts_on": "For a job.",
            "share_link": "The page for this reader, if you made one.",
            "is_writing_test": "A paid test counts as a first project, and is labelled as one.",
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # Taken now: validating writes the new stage into the instance.
        self.stage_before = self.instance.stage if self.instance.pk else ""
        is_sent = self.instance.pk and self.instance.pitched_on
        self.sent_before = list(self.initial.get("samples", ())) if is_sent else []
        self.fields["organisation"].required = True
        self.fields["organisation"].error_messages["required"] = "Name the organisation."
        self._offer_contacts()
        self._offer_formats()
        self._offer_samples()
        self._offer_pages()

    def stage_asked(self) -> str:
        """The stage this form is about to set, as far as it is known."""
        return self["stage"].value() or Opportunity.Stage.LEAD

    def stands_open(self, field: forms.BoundField) -> bool:
        rule = STAGES.get(self.stage_asked())
        return super().stands_open(field) or (rule is not None and field.name in rule.needs())

    def clean_title(self) -> str:
        return self.clean_line("title")

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if currency and not re.fullmatch("[A-Z]{3}", currency):
            raise forms.ValidationError("Use the three letters of the currency, such as EUR.")
        return currency

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, message in PAST.items():
            if (day := data.get(name)) and day > self.today:
                self.add_error(name, message)
        rule = STAGES.get(data.get("stage") or self.stage_asked())
        for name, message in rule.missing(self._known(rule) | data) if rule else ():
            if name not in self.errors:
                self.add_error(name, _with_way_out(message))
        refuse_funder(self, data)
        return data

    def save(self, commit: bool = True) -> Any:
        """Save with the change of stage in the history and the clocks set; call it inside a transaction."""
        self._plan()
        saved = super().save(commit)
        if commit and saved is self.instance:
            saved.record_stage(self.stage_before)
            if saved.contact and HAPPENED & set(self.changed_data):
                recount(saved.contact)
        return saved

    def just_sent(self) -> list[Sample]:
        """The samples that this form records as sent, and that were not before."""
        if not self.instance.pitched_on:
            return []
        chosen = self.cleaned_data.get("samples", self.initial.get("samples", ()))
        return [sample for sample in chosen if sample not in self.sent_before]

    def done_words(self) -> str:
        """What to say after saving."""
        return f"Saved “{self.instance}”."

    def _known(self, rule: StageRule) -> dict[str, Any]:
        """What the row holds of the fields that this form does not ask for."""
        unasked = (name for name in rule.needs() if name not in self.fields)
        return {name: getattr(self.instance, name) for name in unasked}

    def _plan(self) -> None:
        """What was chosen here is pinned; else the stage plans, and its plan ends with it."""
        pitch, is_moved = self.instance, self.instance.stage != self.stage_before
        if self._is_plan_chosen():
            pitch.is_next_pinned, pitch.snoozed_until = pitch.next_on is not None, None
        elif plan := plan_of_stage(pitch):
            if is_moved or (PLANS & set(self.changed_data) and pitch.follows_the_rule):
                pitch.next_step, pitch.next_on = plan
                pitch.is_next_pinned, pitch.snoozed_until = False, None
        elif is_moved and self.stage_before in Opportunity.PLANNING_STAGES and not pitch.is_next_pinned:
            pitch.next_step, pitch.next_on, pitch.snoozed_until = "", None, None

    def _is_plan_chosen(self) -> bool:
        if self.stage_before:
            return bool({"next_step", "next_on"} & set(self.changed_data))
        return bool(self.instance.next_step or self.instance.next_on)

    def _offer_contacts(self) -> None:
        likely = Contact.objects.for_user(self.instance.owner).recently_touched()[:CONTACTS_OFFERED]
        chosen = self.data.get("contact") or self.get_initial_for_field(self.fields["contact"], "contact")
        offer(self.fields["contact"], likely, "name", chosen)

    def _offer_formats(self) -> None:
        formats = cast(forms.ModelChoiceField, self.fields["format"])
        formats.queryset = formats_to_choose([self.instance.format] if self.instance.format else [])

    def _offer_samples(self) -> None:
        samples = cast(forms.ModelMultipleChoiceField, self.fields["samples"])
        samples.queryset = self.instance.sendable_samples()
        latest = samples.queryset.order_by("-updated_at", "-pk")
        latest = latest.only("title", "origin", "permission")[:SAMPLES_OFFERED]
        offered = {s.pk: s for s in [*latest, *self.initial.get("samples", ())]}
        samples.choices = [(pk, title_to_send(sample)) for pk, sample in offered.items()]
        if not samples.choices:
            del self.fields["samples"]

    def _offer_pages(self) -> None:
        pages = ShareLink.objects.for_user(self.instance.owner).live(self.today)[:LINKS_OFFERED]
        chosen = self.data.get("share_link") or self.instance.share_link_id
        offer(self.fields["share_link"], pages, "title", chosen)
        if len(self.fields["share_link"].choices) == 1:  # type: ignore[attr-defined]
            del self.fields["share_link"]


class MoveForm(OpportunityForm):
    """Asks only what the new stage needs, by the same rules as the whole form."""

    folds: ClassVar[Folds] = (("Samples you sent", ("samples", "share_link")),)

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].widget = forms.HiddenInput()
        self.initial["stage"] = stage
        asked = STAGES[stage].asked_of(self.instance)
        for name in set(self.fields) - {"stage", "submission_id", "revision", *asked}:
            del self.fields[name]
        self.order_fields(asked)
        self._mark_required(stage)
        self._suggest(stage)

    @cached_property
    def changed_data(self) -> list[str]:
        """The new stage is what is shown at first, and yet a change to the row."""
        is_moved = self.stage_asked() != self.stage_before
        return [*super().changed_data, "stage"] if is_moved else super().changed_data

    def done_words(self) -> str:
        return f"Moved to {self.instance.get_stage_display()}."

    def _mark_required(self, stage: str) -> None:
        either = {name for pair in EITHER for name in pair}
        for name in set(STAGES[stage].needs()) & set(self.fields) - either:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = _with_way_out(REQUIRED[name])
            name_empty_choice(self.fields[name])

    def _suggest(self, stage: str) -> None:
        if stage == Opportunity.Stage.PITCHED and self.instance.pitched_on is None:
            step, on = nudge_after_pitch(self.today)
            self.initial.update(pitched_on=self.today, next_step=step, next_on=on)
        for name in DONE_TODAY & set(self.fields):
            self.initial[name] = self.initial.get(name) or self.today
        if stage == Opportunity.Stage.ON_HOLD:
            self.fields["next_on"].label = "Look at it again on"
        is_rules_plan = self.stage_before in Opportunity.PLANNING_STAGES and not self.instance.is_next_pinned
        if stage != self.stage_before and (is_rules_plan or stage == Opportunity.Stage.ON_HOLD):
            self.initial.update(next_step="", next_on=None)


def _with_way_out(message: str) -> str:
    if message != UNPAID:
        return message
    add = f"{reverse('portfolio:create')}?origin=volunteer"
    return format_html('{} <a href="{}">Log a sample</a>', message, add)
