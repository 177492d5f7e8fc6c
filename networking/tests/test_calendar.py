"""The calendar feed: turned on, replaced, turned off, and read by a strict calendar program."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from networking.models import CalendarFeed
from networking.tests.factories import make_contact, make_opportunity

PAGE = reverse("networking:calendar")


def turn_on(client):
    client.post(reverse("networking:calendar-create"))
    return CalendarFeed.objects.get()


@pytest.fixture
def feed(alice):
    return CalendarFeed.objects.create(owner=alice)


def read(feed):
    """The events as a strict reader finds them, with a client that nobody is signed in on."""
    response = Client().get(feed.get_absolute_url())
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return IcsCalendarStream.calendar_from_ics(response.content.decode()).events


def soon(days=3):
    return timezone.localdate() + timedelta(days)


def test_is_off_until_it_is_turned_on(as_alice, alice):
    assert "It is off" in as_alice.get(PAGE).text

    feed = turn_on(as_alice)

    assert feed.owner == alice
    assert f"http://testserver{feed.get_absolute_url()}" in as_alice.get(PAGE).text


def test_turning_it_on_twice_keeps_the_address(as_alice):
    token = turn_on(as_alice).token

    assert turn_on(as_alice).token == token


def test_replacing_kills_the_old_address(as_alice, feed):
    old = feed.get_absolute_url()

    as_alice.post(reverse("networking:calendar-replace"))

    feed.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(feed.get_absolute_url()).status_code == 200


def test_turning_it_off_kills_the_address(as_alice, feed):
    as_alice.post(reverse("networking:calendar-delete"))

    assert Client().get(feed.get_absolute_url()).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_nobody_touches_anothers_feed(as_bob, feed):
    token = feed.token

    as_bob.post(reverse("networking:calendar-replace"))
    as_bob.post(reverse("networking:calendar-delete"))

    feed.refresh_from_db()
    assert feed.token == token
    assert "It is off" in as_bob.get(PAGE).text


def test_a_guessed_address_is_not_found(db):
    assert Client().get(reverse("networking:calendar-feed", args=["guess"])).status_code == 404


def test_the_feed_of_somebody_who_left_is_gone(alice, feed):
    alice.is_active = False
    alice.save()

    assert Client().get(feed.get_absolute_url()).status_code == 404


def test_calendars_show_it_and_do_not_save_it_as_a_file(feed):
    response = Client().get(feed.get_absolute_url())

    assert response["Content-Disposition"] == 'inline; filename="cmetrack.ics"'


def test_lists_next_steps_as_whole_days(alice, bob, feed):
    person = make_contact(alice, name="Ida Holm", next_step="Share something useful", next_on=soon())
    pitch = make_opportunity(alice, title="Gout module", stage="quoted", next_on=soon(5))
    make_contact(alice, name="Left alone", stage="do_not_contact", next_on=soon())
    make_contact(alice, name="Long ago", next_on=soon(-100))
    make_contact(bob, name="Bob’s", next_on=soon())

    events = {event.uid: event for event in read(feed)}

    assert set(events) == {f"contact-{person.pk}@cmetrack", f"opportunity-{pitch.pk}@cmetrack"}
    event = events[f"contact-{person.pk}@cmetrack"]
    assert (event.summary, event.dtstart, event.dtend) == (
        "Ida Holm: Share something useful",
        soon(),
        soon() + timedelta(1),
    )
    assert str(event.url) == f"http://testserver{person.get_absolute_url()}"


def test_a_snoozed_step_stands_on_the_day_it_comes_back(alice, feed):
    make_contact(alice, next_on=soon(), snoozed_until=soon(9))
    make_contact(alice, next_on=soon(-100), snoozed_until=soon(5))
    make_opportunity(alice, stage="quoted", next_on=soon(7), snoozed_until=soon(2))

    assert [event.dtstart for event in read(feed)] == [soon(5), soon(9), soon(7)]


def test_a_pitch_to_somebody_who_asked_to_be_left_alone_is_not_in_it(alice, feed):
    left_alone = make_contact(alice, stage="do_not_contact")
    make_opportunity(alice, contact=left_alone, stage="quoted", next_on=soon())
    make_opportunity(alice, stage="lost", next_on=soon())

    assert read(feed) == []


def test_a_moved_date_moves_the_same_event(alice, feed):
    person = make_contact(alice, next_on=soon())
    before = read(feed)[0]

    person.next_on = soon(9)
    person.save()

    after = read(feed)[0]
    assert (after.uid, after.dtstart) == (before.uid, soon(9))


def test_says_nothing_private(alice, feed):
    make_contact(
        alice,
        next_on=soon(),
        notes="SECRET",
        email="secret@example.org",
        reason_to_write="SECRET",
        tags="SECRET",
    )

    text = Client().get(feed.get_absolute_url()).content.decode().lower()

    assert "secret" not in text
    assert "@example.org" not in text


def test_is_written_as_the_standard_asks(alice, feed):
    make_contact(alice, name="Ünï " * 30, next_step="semi; comma, line\nend \x07\u202e", next_on=soon())

    content = Client().get(feed.get_absolute_url()).content

    assert read(feed)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"METHOD:PUBLISH" in lines
    assert max(map(len, lines)) <= 75
    for start in (b"UID:", b"DTSTAMP:", b"DTSTART;VALUE=DATE:"):
        assert any(line.startswith(start) for line in lines)


@pytest.mark.parametrize("count", [1, 5])
def test_query_count_does_not_grow(alice, feed, count, django_assert_num_queries):
    for _ in range(count):
        make_contact(alice, next_on=soon())
        make_opportunity(alice, stage="quoted", next_on=soon())

    with django_assert_num_queries(3):
        Client().get(feed.get_absolute_url())


def test_the_day_is_the_owners(alice, feed):
    """A step of sixty days ago, as its owner counts, is still there."""
    alice.time_zone = "Pacific/Kiritimati"
    alice.save()
    today: date = timezone.localdate(timezone=timezone.get_fixed_timezone(14 * 60))
    make_contact(alice, next_on=today - timedelta(60))

    assert len(read(feed)) == 1
