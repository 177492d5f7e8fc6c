"""What each relationship stage means, what to do next, and when to do it after a touch."""

from dataclasses import dataclass
from datetime import date, timedelta

from networking.models import Contact

SATURDAY = 5


@dataclass(frozen=True)
class Cadence:
    """`advice` is for reading; `step` and `days` are what a logged touch suggests next."""

    meaning: str
    advice: str
    step: str = ""
    days: int | None = None

    def suggest(self, today: date) -> tuple[str, date | None]:
        """The next step and its day; never a weekend, because nobody works for a reminder."""
        return (self.step, _working_day(today + timedelta(self.days))) if self.days else ("", None)


CADENCE: dict[str, Cadence] = {
    Contact.Stage.IDENTIFIED: Cadence(
        "you know their name and role", "Research them within 7 days.", "Research them", 7
    ),
    Contact.Stage.RESEARCHED: Cadence(
        "you have a genuine reason to write",
        "Begin light engagement within 7 days: a useful comment, a good question.",
        "Begin light engagement",
        7,
    ),
    Contact.Stage.WARMED: Cadence(
        "two or three helpful public interactions",
        "Send one connection note after about 14 days.",
        "Send a connection note",
        14,
    ),
    Contact.Stage.CONNECTED: Cadence(
        "accepted or replied",
        "Thank within 2 days, with no ask. Share something useful at 2 to 3 weeks. "
        "No more than 2 touches before a reply.",
        "Share something useful",
        14,
    ),
    Contact.Stage.IN_CONVERSATION: Cadence(
        "a two-way exchange or a call",
        "Thank within 24 hours, do what you promised within 7 days, be in touch again at 3 to 4 weeks.",
        "Do what you promised",
        7,
    ),
    Contact.Stage.WARM_LEAD: Cadence(
        "they said that work or a referral is possible",
        "Check in every 30 to 45 days with news or a new sample. Stop if they ask.",
        "Check in with news or a new sample",
        30,
    ),
    Contact.Stage.CLIENT: Cadence(
        "paid work agreed",
        "Check in 14 days after delivery, then every quarter.",
        "Check in",
        90,
    ),
    Contact.Stage.DORMANT: Cadence(
        "three touches unanswered, or quiet for 90 days",
        "One fresh approach after 6 months, no more than one a half-year.",
        "Make one fresh approach",
        182,
    ),
    Contact.Stage.DO_NOT_CONTACT: Cadence(
        "they asked you to stop, or there is a conflict",
        "Nothing to do: they never come up in reminders.",
    ),
}


def first_step(contact: Contact, today: date) -> tuple[str, date | None]:
    """What comes first with somebody new, so that nobody is met once and then forgotten."""
    if contact.stage in (Contact.Stage.DORMANT, Contact.Stage.DO_NOT_CONTACT):
        return "", None
    if contact.met_at:
        return "Write to them", _working_day(today + timedelta(2))
    return CADENCE[contact.stage].suggest(today)


def nudge_after_pitch(today: date) -> tuple[str, date]:
    """The second message goes out on working day 5 to 7 after a pitch, if nobody answered."""
    return "Send a short nudge with one new item", _working_day(today + timedelta(7))


def _working_day(day: date) -> date:
    weekend = day.weekday() - SATURDAY
    return day + timedelta(2 - weekend) if weekend >= 0 else day
