"""Who asked to be left alone comes up nowhere: every way in which the app suggests to be in touch.

Each way gives the text of what it suggests, and names the module that asks for it. Whoever adds a
module that asks for due, coming, quiet, waiting or unsorted people adds a row here.
"""

import ast
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cmetrack.tests.test_architecture import ROOT, sources
from networking.cadence import cadence_rules
from networking.follow_ups import gone_quiet, nearest_of
from networking.models import CalendarFeed, Contact
from networking.tests.factories import make_contact, make_opportunity
from progress.digests import digest_of
from progress.summary import summarise

LONG_AGO = date(2026, 1, 5)
# What a module calls when it looks for somebody to be in touch with.
ASKS = {"due", "coming", "coming_up", "quiet", "waiting", "remindable", "to_sort", "gone_quiet", "due_keys"}
# These pass on what they are given, or only define the words.
ONLY_PASSES_ON = {"networking/models/planned.py", "networking/models/contacts.py"}


def today_page(client, user):
    today = summarise(user, timezone.localdate())
    return f"{today.actions} {today.due} {today.nearest} {today.waiting} {today.to_sort.words}"


def follow_ups_page(client, user):
    return main_of(client.get(reverse("networking:follow-ups")))


def nearest(client, user):
    return str(nearest_of(user, timezone.localdate()))


def quiet_list(client, user):
    rows = gone_quiet(Contact.objects.for_user(user), cadence_rules(), timezone.localdate())
    return f"{list(rows)} {list(Contact.objects.for_user(user).quiet(timezone.localdate()))}"


def filtered_lists(client, user):
    people, pitches = reverse("networking:index"), reverse("networking:opportunity-index")
    lists = [(people, "due"), (people, "coming"), (people, "quiet"), (pitches, "due"), (pitches, "coming")]
    return "".join(rows_of(client.get(address, {"due": due})) for address, due in lists)


def count_in_the_menu(client, user):
    page = client.get(reverse("networking:templates")).text
    return page.partition('id="due-count">')[2].partition("</span>")[0]


def calendar_feed(client, user):
    feed = CalendarFeed.objects.create(owner=user)
    return Client().get(feed.get_absolute_url()).content.decode()


def mail(client, user):
    found = []
    for user.digest in ("daily", "weekly"):
        found.append(digest_of(user, timezone.localdate()))
    return str(found)


def sorting_page(client, user):
    return main_of(client.get(reverse("networking:sort")))


def sort_words(client, user):
    return main_of(client.get(reverse("networking:capture")))


# Each way with the modules that ask for it.
WAYS = {
    today_page: {"progress/summary.py"},
    follow_ups_page: {"networking/follow_ups.py", "networking/views/follow_ups.py"},
    nearest: {"networking/follow_ups.py"},
    quiet_list: {"networking/follow_ups.py"},
    filtered_lists: {"networking/forms/filters.py"},
    count_in_the_menu: {"networking/context_processors.py"},
    calendar_feed: {"networking/calendar.py"},
    mail: {"progress/digests.py"},
    sorting_page: {"networking/views/capture.py"},
    sort_words: {"networking/capturing.py"},
}


def main_of(response):
    return response.text.partition("<main")[2].partition("</main>")[0]


def rows_of(response):
    return main_of(response).partition("<tbody>")[2].partition("</tbody>")[0]


def asking_modules():
    """Every module of ours that calls one of these."""
    for app in ("networking", "progress"):
        for path in sources(app):
            if {name.attr for name in attributes(path)} & ASKS or {name.id for name in names(path)} & ASKS:
                yield str(path.relative_to(ROOT))


def attributes(path):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]


def names(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return [called for called in calls if isinstance(called, ast.Name)]


def make_everything(user, stage):
    """Somebody whom every way would bring up; `stage` decides."""
    today = timezone.localdate()
    fields = {"stage": stage, "stage_set_on": LONG_AGO, "last_touch_on": LONG_AGO}
    caught = {"to_sort_since": timezone.now(), "met_at": "MARK", **fields}
    late = make_contact(user, name="MARK late", next_on=today, **caught)
    make_contact(user, name="MARK ahead", next_on=today + timedelta(3), **fields)
    make_contact(user, name="MARK quiet", **fields)
    sent = {"contact": late, "stage": "pitched", "pitched_on": LONG_AGO}
    make_opportunity(user, title="MARK due", next_on=today, **sent)
    make_opportunity(user, title="MARK coming", next_on=today + timedelta(3), **sent)


def has_mark(way, client, user):
    text = way(client, user)
    return "MARK" in text or (way is count_in_the_menu and bool(text.strip()))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_asked_to_be_left_alone_comes_up_nowhere(as_alice, alice, way):
    make_everything(alice, "do_not_contact")

    assert not has_mark(way, as_alice, alice)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_anybody_else_comes_up(as_alice, alice, way):
    """Else the test above would pass for ways that never bring up anybody."""
    make_everything(alice, "connected")
    if way is nearest:
        Contact.objects.filter(name="MARK late").update(next_on=timezone.localdate() + timedelta(2))

    assert has_mark(way, as_alice, alice)


def test_every_module_that_looks_for_people_has_a_row_above():
    assert set(asking_modules()) - ONLY_PASSES_ON == set().union(*WAYS.values())
