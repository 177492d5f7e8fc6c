"""A template filled for one person from what is known. What is not known stays marked; nothing is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from networking.doing import Outcome, next_words
from networking.due_words import day_in_words
from networking.models import Contact, Interaction, MessageTemplate, Opportunity, Organisation, OwnTemplate
from networking.names import first_name
from networking.planning import log_touch
from portfolio.models import Sample, ShareLink
from portfolio.models.formats import in_a_sentence
from portfolio.showing import allowance

type Template = MessageTemplate | OwnTemplate

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
# As they read after “I’m a”.
PROFESSIONS: dict[str, str] = {
    User.Persona.HEALTH_PROFESSIONAL: "health professional",
    User.Persona.ACADEMIC: "university educator",
    User.Persona.SCIENCE_RESEARCHER: "science researcher",
    User.Persona.VETERINARIAN: "veterinarian",
}
SUMMARY_FITS = 1000
LEFT_ALONE = "“{}” asked to be left alone, or there is a conflict. There is nothing to write."
NO_PITCH = "“{}” works for a funder: learn from them, never pitch to them. Choose another template."


@dataclass(frozen=True)
class Sources:
    """What a message can be filled from. `site` begins the addresses of shared pages."""

    writer: User
    today: date
    site: str
    contact: Contact | None = None
    opportunity: Opportunity | None = None
    sample: Sample | None = None
    link: ShareLink | None = None

    @property
    def organisation(self) -> Organisation | None:
        if self.opportunity and self.opportunity.organisation.trashed_at is None:
            return self.opportunity.organisation
        return self.contact.open_organisation if self.contact else None

    @property
    def page(self) -> ShareLink | None:
        """The shared page to name: the one chosen, else the one they were sent, while it is open."""
        link = self.link or (self.opportunity.share_link if self.opportunity else None)
        return link if link and link.is_live(self.today) else None


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder replaced that there is a value for."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def unfilled(*texts: str) -> list[str]:
    """The placeholders left, each once, in their order."""
    return list(dict.fromkeys(found[0] for text in texts for found in PLACEHOLDER.finditer(text)))


def values_for(sources: Sources, kind: str) -> dict[str, str]:
    """What is known, by placeholder; empty for what is not."""
    writer, contact, organisation = sources.writer, sources.contact, sources.organisation
    return {
        "my_name": writer.name,
        "profession": PROFESSIONS.get(writer.persona, ""),
        "credentials": writer.credentials,
        "headline": writer.headline,
        "niche": writer.niche,
        "audience": writer.audience,
        "website": writer.website,
        "first_name": first_name(contact.name) if contact else "",
        "event": contact.met_at if contact else "",
        "reason": contact.reason_to_write if contact else "",
        "org": organisation.name if organisation else "",
        "project": sources.opportunity.title if sources.opportunity else "",
        "date": _day(sources, kind),
        **_about_the_work(sources),
    }


def refusal(template: Template, contact: Contact | None) -> str:
    """Why this is not to be written to them, empty where it may be."""
    if contact is None:
        return ""
    if not contact.is_reachable:
        return LEFT_ALONE.format(contact)
    is_pitch = template.kind == Interaction.Kind.PITCH
    return NO_PITCH.format(contact) if contact.is_funder and is_pitch else ""


def log_sent(contact: Contact, template: Template, channel: str, subject: str, today: date) -> Outcome:
    """The person has sent it themselves: log the touch, and let the clock say what comes next."""
    summary = f"{template.title}: {subject}" if subject else template.title
    touch = log_touch(contact, today, kind=template.kind, channel=channel, summary=summary[:SUMMARY_FITS])
    return Outcome(f"Logged “{template.title}” with “{contact}”. {next_words(contact)}", touch)


def _about_the_work(sources: Sources) -> dict[str, str]:
    """Of a sample only what names nobody: its format, its area, and an address that may be given away."""
    sample, page = sources.sample, sources.page
    of_pitch = sources.opportunity.format if sources.opportunity else None
    kind_of_work = of_pitch or (sample.format if sample else None)
    name = in_a_sentence(kind_of_work.name) if kind_of_work else ""
    link = sources.site + page.public_url if page else ""
    if not link and sample and allowance(sample).link:
        link = sample.external_url
    return {
        "format": name,
        "formats": f"{name}s" if name and not re.search(r"s$|,|\b(or|and)\b", name) else "",
        "topic": in_a_sentence(sample.therapeutic_area) if sample else "",
        "link": link,
    }


def _day(sources: Sources, kind: str) -> str:
    """The day of the pitch that is followed up, else of the last touch."""
    contact, pitch = sources.contact, sources.opportunity
    pitched = pitch.pitched_on if pitch and kind == Interaction.Kind.FOLLOW_UP else None
    day = pitched or (contact.last_touch_on if contact else None)
    return day_in_words(day) if day else ""
