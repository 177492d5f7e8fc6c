"""Rows of the lists with their words ready, so that no template works them out fifty times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from networking.due_words import day_in_words, due_words, is_due, quiet_words
from networking.models import Contact, Interaction, Opportunity, Organisation, StageChange

NO_STEP = "Get in touch"


@dataclass(frozen=True)
class PersonRow:
    key: str
    name: str
    url: str
    role: str
    role_and_place: str
    stage: str
    step: str
    due: str
    is_due: bool
    quiet: str
    touch_url: str


@dataclass(frozen=True)
class OrganisationRow:
    name: str
    url: str
    kind: str
    areas: str
    fit: str
    people: int
    opportunities: int


@dataclass(frozen=True)
class OpportunityRow:
    title: str
    url: str
    organisation: str
    person: str
    stage: str
    stage_name: str
    look: str
    step: str
    due: str
    is_due: bool
    pk: int
    revision: int


@dataclass(frozen=True)
class TouchRow:
    day: str
    iso: str
    title: str
    how: str
    url: str


@dataclass(frozen=True)
class ChangeRow:
    day: str
    iso: str
    title: str


def person_rows(contacts: Iterable[Contact], today: date) -> list[PersonRow]:
    return [_person(contact, today) for contact in contacts]


def organisation_rows(organisations: Iterable[Organisation]) -> list[OrganisationRow]:
    """Rows of organisations that came `with_counts`."""
    return [
        OrganisationRow(
            name=organisation.name,
            url=organisation.get_absolute_url(),
            kind=organisation.get_kind_display(),
            areas=organisation.areas,
            fit=f"{organisation.fit_score} of 5" if organisation.fit_score else "",
            people=organisation.contact_count,
            opportunities=organisation.opportunity_count,
        )
        for organisation in organisations
    ]


def opportunity_rows(opportunities: Iterable[Opportunity], today: date) -> list[OpportunityRow]:
    return [_opportunity(opportunity, today) for opportunity in opportunities]


def touch_rows(touches: Iterable[Interaction]) -> list[TouchRow]:
    return [
        TouchRow(
            day=day_in_words(touch.happened_on),
            iso=touch.happened_on.isoformat(),
            title=touch.summary or touch.get_kind_display(),
            how=" · ".join(filter(None, _how(touch))),
            url=reverse("networking:interaction-update", args=[touch.pk]),
        )
        for touch in touches
    ]


def change_rows(changes: Iterable[StageChange]) -> list[ChangeRow]:
    return [
        ChangeRow(
            day_in_words(timezone.localdate(change.created_at)), change.created_at.isoformat(), str(change)
        )
        for change in changes
    ]


def _person(contact: Contact, today: date) -> PersonRow:
    organisation = contact.open_organisation
    on = contact.comes_on if contact.is_reachable else None
    due = due_words(on, today)
    return PersonRow(
        key=str(contact.pk),
        name=contact.name,
        url=contact.get_absolute_url(),
        role=contact.role_title,
        role_and_place=" · ".join(
            filter(None, (contact.role_title, organisation.name if organisation else ""))
        ),
        stage=contact.get_stage_display(),
        step=contact.next_step or (NO_STEP if due else ""),
        due=due,
        is_due=is_due(on, today),
        quiet=quiet_words(contact.last_touch_on, today),
        touch_url=reverse("networking:interaction-create", args=[contact.pk]),
    )


def _how(touch: Interaction) -> tuple[str, ...]:
    kind, event = touch.get_kind_display(), touch.get_event_type_display()
    return kind, event, touch.get_channel_display(), touch.get_direction_display()


def _opportunity(opportunity: Opportunity, today: date) -> OpportunityRow:
    stage = Opportunity.Stage(opportunity.stage)
    on = opportunity.comes_on if opportunity.is_remindable else None
    contact = opportunity.open_contact
    return OpportunityRow(
        title=opportunity.title,
        url=opportunity.get_absolute_url(),
        organisation=opportunity.organisation.name,
        person=contact.name if contact else "",
        stage=stage,
        stage_name=stage.label,
        look=stage_look(stage),
        step=opportunity.next_step if opportunity.is_watched else "",
        due=due_words(on, today),
        is_due=is_due(on, today),
        pk=opportunity.pk,
        revision=opportunity.revision,
    )


def fee_words(opportunity: Opportunity) -> str:
    """“1,200 EUR”, with cents only where there are some."""
    if opportunity.fee is None:
        return ""
    return f"{opportunity.fee:,.2f}".removesuffix(".00") + f" {opportunity.currency}".rstrip()


def stage_look(stage: str) -> str:
    """The colour of a stage's tag: proof from landed on, quiet for what ended or rests."""
    if stage in Opportunity.HELD_STAGES:
        return "tag-proven"
    return "tag-brand" if stage in Opportunity.OPEN_STAGES else "tag-muted"
