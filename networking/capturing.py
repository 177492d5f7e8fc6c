"""Somebody met in passing: caught in seconds, sorted later.

A word in person is an answer, so they are “connected” from now on, with the day to thank them by.
Whether it grew into a conversation is asked when they are sorted. The touch is an event and not a
conversation: one held on purpose, with questions prepared, is another thing.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from accounts.models import User
from networking.changes import made
from networking.doing import next_words
from networking.models import Channel, Contact, Interaction, Organisation, PeopleChange
from networking.planning import log_touch

STAGE = Contact.Stage.CONNECTED
IN_SESSION = "captured"
# As long as a congress lasts: after that the place would be a wrong guess.
PLACE_KEPT = timedelta(days=3)


@dataclass(frozen=True)
class ToSort:
    """How many wait to be sorted, and in words from where."""

    count: int
    words: str


def log_meeting(contact: Contact, on: date, line: str) -> None:
    """What a new contact was caught with: the touch, and by it the clock. Call it in a transaction."""
    met = f"Met: {contact.met_at}" if contact.met_at else "Met"
    log_touch(
        contact,
        on,
        kind=Interaction.Kind.EVENT,
        channel=Channel.EVENT,
        direction=Interaction.Direction.BOTH,
        summary=line or met,
    )


def keep_capture(contact: Contact, organisation: Organisation | None) -> PeopleChange:
    """What was made, so that one tap takes it back; the organisation only if it is new."""
    rows = made(contact, organisation) if organisation else made(contact)
    return PeopleChange.objects.create(
        owner=contact.owner,
        kind=PeopleChange.Kind.CAPTURE,
        contact=contact,
        text=f"Saved “{contact}”. {next_words(contact)}",
        kept={"made": rows},
    )


def capture_of(contact: Contact) -> PeopleChange | None:
    captures = PeopleChange.objects.for_user(contact.owner).filter(kind=PeopleChange.Kind.CAPTURE)
    return captures.standing().filter(contact=contact).first()


def remember_place(session: MutableMapping[str, Any], place: str, today: date) -> None:
    session[IN_SESSION] = {"place": place, "on": today.isoformat()}


def last_place(session: MutableMapping[str, Any], today: date) -> str:
    """Where the last one was met, while it is likely that this is where the next one is."""
    last = session.get(IN_SESSION)
    if not last or today - date.fromisoformat(last["on"]) > PLACE_KEPT:
        return ""
    return str(last["place"])


def to_sort_of(user: User) -> ToSort:
    """Who waits to be sorted, in one query."""
    people = Contact.objects.for_user(user).to_sort().order_by()
    places = dict(people.values_list("met_at").annotate(Count("pk")))
    count = sum(places.values())
    named = sorted(((times, place) for place, times in places.items() if place), reverse=True)
    return ToSort(count, _words(count, *named[0]) if named else f"{_people(count)} to sort")


def _words(count: int, times: int, place: str) -> str:
    if times == count:
        return f"{_people(count)} from {place} to sort"
    return f"{_people(count)} to sort, {times} of them from {place}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
