"""Rows for tests: a valid default of each, overridden by keyword."""

from datetime import date
from typing import Any

from accounts.models import User
from networking.models import Contact, Interaction, MessageTemplate, Opportunity, Organisation, OwnTemplate
from portfolio.models import Format


def make_organisation(owner: User, **fields: Any) -> Organisation:
    return Organisation.objects.create(owner=owner, **{"name": "Northfield Medical Education", **fields})


def make_contact(owner: User, **fields: Any) -> Contact:
    return Contact.objects.create(owner=owner, **{"name": "Ida Holm", **fields})


def make_interaction(owner: User, **fields: Any) -> Interaction:
    """One touch; without `contact` it makes one. The contact's last touch is brought up to date."""
    contact = fields.pop("contact", None) or make_contact(owner)
    defaults = {"happened_on": date(2026, 11, 2), "summary": "Met at the regional meeting"}
    interaction = Interaction.objects.create(owner=owner, contact=contact, **{**defaults, **fields})
    contact.recount_last_touch()
    return interaction


def make_opportunity(owner: User, **fields: Any) -> Opportunity:
    """One opportunity whose history says it came straight to its stage."""
    samples = fields.pop("samples", ())
    if "organisation" not in fields:
        fields["organisation"] = make_organisation(owner)
    opportunity = Opportunity.objects.create(
        owner=owner, **{"title": "Heart failure needs assessment", **fields}
    )
    opportunity.record_stage("")
    opportunity.samples.set(samples)
    return opportunity


def make_landed(owner: User, **fields: Any) -> Opportunity:
    """An opportunity that meets everything a landed project needs."""
    facts = {
        "stage": Opportunity.Stage.LANDED,
        "role": "Staff writer",
        "is_paid": True,
        "agreement": Opportunity.Agreement.CONTRACT,
        "agreed_on": date(2026, 11, 1),
        "due_on": date(2026, 12, 15),
    }
    return make_opportunity(owner, **{**facts, **fields})


def make_deliverable(key: str = "needs_assessment", **fields: Any) -> Format:
    """A format of the catalogue, made only once."""
    made, _ = Format.objects.get_or_create(
        key=key, defaults={"name": "Needs assessment", "definition": "The case for education.", **fields}
    )
    return made


def make_own_template(owner: User, **fields: Any) -> OwnTemplate:
    defaults = {"title": "After a webinar", "body": "Hi {first_name}, your session on {point} helped."}
    return OwnTemplate.objects.create(owner=owner, **{**defaults, **fields})


def make_template(**fields: Any) -> MessageTemplate:
    defaults = {"key": "follow_up", "title": "Follow-up after a pitch", "body": "Dear {first_name}, hello."}
    return MessageTemplate.objects.create(**{**defaults, **fields})
