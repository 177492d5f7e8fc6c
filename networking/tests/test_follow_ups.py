from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from networking.due_rows import Tap
from networking.pitch_clock import ANSWERED
from networking.planning import follow_pitch_rule, follow_rule
from networking.tests.factories import make_contact, make_interaction, make_opportunity, make_organisation
from networking.tests.queries import SHELL

URL = reverse("networking:follow-ups")
# The rules; how much is due, and what of it stands on this page; people and opportunities due, coming
# and quiet; touches and pitches for the clock, and the steps after a pitch.
QUERIES = SHELL + 11


def day(offset):
    return timezone.localdate() + timedelta(offset)


def parts(response):
    found = response.context["found"].parts
    return {part.title: [row.title for row in part.rows] for part in found}


def test_sorts_by_when(as_alice, alice, bob):
    make_contact(alice, name="Late", next_on=day(-2))
    make_contact(alice, name="Later still", next_on=day(-3))
    make_contact(alice, name="Now", next_on=day(0))
    make_contact(alice, name="Soon", next_on=day(14))
    make_contact(alice, name="Far", next_on=day(15))
    make_contact(alice, name="Left alone", next_on=day(0), stage="do_not_contact")
    make_contact(bob, name="Bob’s", next_on=day(0))
    make_opportunity(alice, title="Parked", stage="on_hold", next_on=day(0))
    make_opportunity(alice, title="Lost", stage="lost", next_on=day(0))

    assert parts(as_alice.get(URL)) == {
        "Overdue": ["Later still", "Late"],
        "Today": ["Now", "Parked"],
        "Next 14 days": ["Soon"],
    }


def test_a_touch_is_one_tap_away(as_alice, alice):
    contact = make_contact(alice, next_on=day(0))

    assert reverse("networking:interaction-create", args=[contact.pk]) in as_alice.get(URL).text


def test_with_nothing_due_it_says_so(as_alice, alice):
    make_contact(alice, name="Soon", next_on=day(3))

    response = as_alice.get(URL)

    assert "Nothing is due today." in response.text
    assert parts(response) == {"Next 14 days": ["Soon"]}


def test_with_nothing_soon_it_shows_the_nearest(as_alice, alice):
    make_contact(alice, name="In May", next_on=day(40))
    make_contact(alice, name="In June", next_on=day(70))
    make_opportunity(alice, title="In July", next_on=day(100))

    nearest = as_alice.get(URL).context["found"].nearest

    assert [row.title for row in nearest.rows] == ["In May"]


def test_people_and_pitches_come_by_date(as_alice, alice):
    make_contact(alice, name="Third", next_on=day(9))
    make_opportunity(alice, title="Second", next_on=day(5))
    make_contact(alice, name="First", next_on=day(2))

    assert parts(as_alice.get(URL)) == {"Next 14 days": ["First", "Second", "Third"]}


@pytest.mark.parametrize(("offset", "said"), [(-1, "1 day overdue</span>"), (3, "in 3 days</span>")])
def test_says_when(as_alice, alice, offset, said):
    make_contact(alice, next_on=day(offset))
    make_opportunity(alice, next_on=day(offset))

    assert as_alice.get(URL).text.count(said) == 2


def test_today_is_said_once(as_alice, alice):
    make_contact(alice, next_on=day(0))
    make_opportunity(alice, next_on=day(0))

    text = as_alice.get(URL).text

    assert "<h2>Today</h2>" in text
    assert "today</span>" not in text


def test_with_nothing_at_all_it_says_how_to_begin(as_alice):
    assert "Nobody is waiting" in as_alice.get(URL).text


def test_pages_what_is_due_and_counts_all_of_it(as_alice, alice):
    for n in range(26):
        make_contact(alice, name=f"Person {n}", next_on=day(-100 + n))
    make_opportunity(alice, title="Pitch", next_on=day(0))
    make_contact(alice, name="Soon", next_on=day(3))

    first, second = as_alice.get(URL), as_alice.get(URL, {"page": 2})

    assert "27 due, the longest waiting first" in first.text
    assert parts(first)["Overdue"] == [f"Person {n}" for n in range(25)]
    assert parts(first)["Next 14 days"] == ["Soon"]
    assert parts(second) == {"Overdue": ["Person 25"], "Today": ["Pitch"]}


@pytest.mark.parametrize("page", ["0", "-1", "x", "\x00", "9" * 400])
def test_a_page_that_is_none_is_survived(as_alice, alice, page):
    make_contact(alice, next_on=day(0))

    assert as_alice.get(URL, {"page": page}).status_code == 200


def test_says_when_more_is_coming_than_it_shows(as_alice, alice):
    for n in range(15):
        make_contact(alice, name=f"Person {n}", next_on=day(1))

    assert "More is coming up" in as_alice.get(URL).text


def test_the_snoozed_are_out_of_sight_until_their_day(as_alice, alice):
    make_contact(alice, name="Asleep", next_on=day(-9), snoozed_until=day(5))
    make_opportunity(alice, title="Awake", next_on=day(-9), snoozed_until=day(0))

    assert parts(as_alice.get(URL)) == {"Today": ["Awake"], "Next 14 days": ["Asleep"]}


def test_nobody_is_pitched_who_asked_to_be_left_alone(as_alice, alice):
    left_alone = make_contact(alice, stage="do_not_contact")
    make_opportunity(alice, title="With them", contact=left_alone, stage="pitched", next_on=day(0))
    make_opportunity(alice, title="With nobody", next_on=day(0))

    response = as_alice.get(URL)

    assert parts(response) == {"Today": ["With nobody"]}
    assert response.context["due_count"]() == 1


def silent(owner, *messages, **fields):
    contact = make_contact(owner, **{"stage": "connected", "stage_set_on": date(2025, 1, 6), **fields})
    for ago in messages:
        make_interaction(owner, contact=contact, happened_on=day(-ago))
    return contact


def test_proposes_rest_instead_of_a_third_message(as_alice, alice):
    contact = silent(alice, 40, 20)
    follow_rule(contact)

    response = as_alice.get(URL)

    [row] = response.context["found"].parts[0].rows
    assert row.tap == Tap("Let it rest", reverse("networking:rest", args=[contact.pk]))
    assert "2 messages without an answer: enough for now at “Connected”." in response.text
    assert reverse("networking:done", args=[contact.pk]) not in response.text
    contact.refresh_from_db()
    assert contact.stage == "connected"


def test_proposes_rest_for_those_who_went_quiet(as_alice, alice):
    silent(alice, 95, name="Planned", next_step="Old plan", next_on=day(-30))
    silent(alice, 91, name="Not planned")
    silent(alice, 89, name="Not quiet yet")
    silent(alice, 300, name="A client", stage="client")
    silent(alice, 300, name="At rest", stage="dormant")
    silent(alice, name="Never met")
    silent(alice, 91, name="Just moved", stage_set_on=day(-3))

    found = as_alice.get(URL).context["found"]

    [late] = found.parts[0].rows
    assert (late.title, late.is_rest, late.why[:17]) == ("Planned", True, "Quiet for 95 days")
    [quiet] = found.quiet.rows
    assert (quiet.title, quiet.tap.label) == ("Not planned", "Let it rest")


@pytest.mark.parametrize(
    ("fields", "label", "view"),
    [
        ({"stage": "quoted"}, "Done", "opportunity-done"),
        ({"stage": "on_hold"}, "Move it on", "opportunity-move"),
        ({"stage": "pitched", "pitched_on": day(-7)}, "Done", "opportunity-done"),
        ({"stage": "pitched", "pitched_on": day(-50)}, "Record no reply", "opportunity-no-reply"),
    ],
)
def test_one_tap_does_what_an_opportunity_needs(as_alice, alice, fields, label, view):
    pitch = make_opportunity(alice, next_on=day(0), **fields)
    if pitch.awaits_reply:
        follow_pitch_rule(pitch)

    [row] = as_alice.get(URL).context["found"].parts[0].rows

    assert (row.tap.label, row.tap.url) == (label, reverse(f"networking:{view}", args=[pitch.pk]))


def test_an_answered_pitch_is_moved_on(as_alice, alice):
    contact = make_contact(alice)
    pitch = make_opportunity(alice, stage="pitched", pitched_on=day(-9), contact=contact)
    make_interaction(alice, contact=contact, direction="incoming", happened_on=day(-5))
    follow_pitch_rule(pitch)

    [row] = as_alice.get(URL).context["found"].parts[0].rows

    assert (row.detail, row.tap.label, row.tap.is_link) == (ANSWERED, "Move it on", True)


def test_works_without_javascript(as_alice, alice):
    """Every answer is a form of its own with all it needs, or a link."""
    contact = make_contact(alice, next_on=day(0))
    text = as_alice.get(URL).text

    for name in ("done", "snooze", "plan"):
        assert f'action="{reverse(f"networking:{name}", args=[contact.pk])}"' in text
    assert text.count('name="csrfmiddlewaretoken"') == 3  # and the one to sign out
    assert text.count('name="next" value="/network/follow-ups/"') == 2
    assert text.count('name="revision" value="0"') == 2


LAST_AND_FIRST = [
    # The clocks go forward and back on the Sunday before.
    ("Europe/London", date(2026, 3, 30), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
    ("Europe/London", date(2026, 10, 26), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),
    ("America/New_York", date(2026, 3, 9), datetime(2026, 3, 9, 4, 0, tzinfo=UTC)),
    ("America/New_York", date(2026, 11, 2), datetime(2026, 11, 2, 5, 0, tzinfo=UTC)),
    # On the very day.
    ("Europe/London", date(2026, 3, 29), datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),
    ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 1, 4, 0, tzinfo=UTC)),
    # Samoa left out 30 December 2011: what was due then is due on the 31st.
    ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ("Pacific/Apia", date(2012, 4, 2), datetime(2012, 4, 1, 11, 0, tzinfo=UTC)),
    ("Pacific/Apia", date(2026, 11, 26), datetime(2026, 11, 25, 11, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "on", "midnight"), LAST_AND_FIRST)
def test_the_day_begins_at_midnight_where_the_person_is(as_alice, alice, monkeypatch, zone, on, midnight):
    alice.time_zone = zone
    alice.save()
    make_contact(alice, next_on=on)

    monkeypatch.setattr(timezone, "now", lambda: midnight - timedelta(seconds=1))
    before = as_alice.get(URL).context
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    at = as_alice.get(URL).context

    assert (before["page"].paginator.count, before["due_count"]()) == (0, 0)
    assert (at["page"].paginator.count, at["due_count"]()) == (1, 1)


@given(
    st.sampled_from(["Europe/London", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.integers(0, 260_000).map(lambda hour: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=hour)),
    st.integers(0, 72),
)
def test_no_day_comes_twice_whatever_the_clocks_do(zone, moment, hours):
    then = moment + timedelta(hours=hours)

    assert timezone.localdate(moment, ZoneInfo(zone)) <= timezone.localdate(then, ZoneInfo(zone))


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        place = make_organisation(alice, name=f"Place {n}")
        contact = make_contact(alice, name=f"Person {n}", next_on=day(0), organisation=place)
        make_opportunity(alice, next_on=day(0), organisation=place, contact=contact)
        make_opportunity(alice, next_on=day(4), stage="pitched", pitched_on=day(-9), organisation=place)
        make_contact(alice, name=f"Soon {n}", next_on=day(3))
        silent(alice, 120, name=f"Quiet {n}")

    with django_assert_num_queries(QUERIES):
        as_alice.get(URL)
