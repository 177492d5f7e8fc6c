"""What is due, as a calendar that other programs subscribe to (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from accounts.models import User
from cmetrack.validators import without_hidden_characters
from networking.models import Contact, Opportunity
from networking.rows import NO_STEP

# Calendars show what is near; a feed without end would only grow.
LOOK_BACK = timedelta(days=60)
LOOK_AHEAD = timedelta(days=400)
MOST = 500
ONE_DAY = timedelta(days=1)
REFRESH = timedelta(hours=6)


def calendar_of(user: User, today: date, address: str) -> bytes:
    """The person's next steps as all-day events. No notes and no e-mail addresses go in.

    `address` is where the app answers, such as https://cme.example.org, for the links back.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//CMEtrack//Follow-ups//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "CMEtrack follow-ups")
    calendar.add("x-wr-calname", "CMEtrack follow-ups")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for event in _events(user, today, address):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _events(user: User, today: date, address: str) -> Iterator[Event]:
    near = (today - LOOK_BACK, today + LOOK_AHEAD)
    for person in Contact.objects.for_user(user).coming_up(*near)[:MOST]:
        what = f"{person.name}: {person.next_step or NO_STEP}"
        yield _event(f"contact-{person.pk}", what, person.comes_on, person.updated_at, address, person)
    for pitch in Opportunity.objects.for_user(user).coming_up(*near)[:MOST]:
        what = f"{pitch.title}: {pitch.next_step}" if pitch.next_step else pitch.title
        yield _event(f"opportunity-{pitch.pk}", what, pitch.comes_on, pitch.updated_at, address, pitch)


def _event(
    uid: str, what: str, on: date | None, changed: datetime, address: str, row: Contact | Opportunity
) -> Event:
    event = Event()
    # The same for as long as the row lives: a calendar then moves the event and adds no second one.
    event.add("uid", f"{uid}@cmetrack")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", without_hidden_characters(what))
    event.add("dtstart", on)
    event.add("dtend", (on or date.min) + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{address}{row.get_absolute_url()}")
    return event
