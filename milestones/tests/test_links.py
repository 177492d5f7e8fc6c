from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.formats import date_format

from milestones.links import dead, malformed
from milestones.models import Publication, Resource
from milestones.publishing import unpublished
from milestones.restoring import put_back
from milestones.seeding import load_content
from milestones.tests.factories import make_milestone, make_resource

LONG_AGO = date(2026, 1, 5)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/alive" else 404)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "javascript:alert(1)", "https://example", "https://[x", "https://a b.org"]
)
def test_tells_addresses_that_cannot_be_right(url):
    assert malformed(Resource(url=url))


def test_the_addresses_we_ship_are_well_formed_and_say_when_they_were_looked_at(content, capsys):
    assert not Resource.objects.filter(checked_on=None).exists()

    call_command("check_links")

    assert capsys.readouterr().out == "45 addresses, nothing wrong.\n"


def test_a_look_at_the_form_is_dated_and_never_counts_as_opened(db, as_alice):
    milestone = make_milestone(title="Formats")
    sound = make_resource(milestone, url="https://example.org/", checked_on=date(2026, 11, 1))
    opened = make_resource(milestone, url="https://example.org/2", checked_on=LONG_AGO, was_opened=True)
    bad = make_resource(milestone, title="Bad", url="ftp://example.org/")

    with pytest.raises(CommandError, match="1 of 3"):
        call_command("check_links")

    assert [how_checked(row) for row in (sound, opened, bad)] == [
        (timezone.localdate(), False),
        (LONG_AGO, True),
        (None, False),
    ]
    page = as_alice.get(milestone.get_absolute_url()).text
    today = date_format(timezone.localdate(), "j F Y")
    assert [
        page.count(words)
        for words in (
            f"Address looked over on {today}, not opened yet",
            "Link opened on 5 January 2026",
            "Link not checked yet",
        )
    ] == [1, 1, 1]


def how_checked(resource):
    resource.refresh_from_db()
    return resource.checked_on, resource.was_opened


def test_opens_addresses_and_dates_those_that_answer(db, capsys, site):
    milestone = make_milestone(title="Formats")
    alive = make_resource(milestone, url=f"{site}/alive")
    gone = make_resource(milestone, title="Gone", url=f"{site}/gone")

    with pytest.raises(CommandError, match="1 of 2 addresses need a look"):
        call_command("check_links", open=True)

    assert (how_checked(alive), how_checked(gone)) == ((timezone.localdate(), True), (None, False))
    assert capsys.readouterr().out == f"Formats, “Gone”: {site}/gone answers 404.\n"


def test_a_date_is_seen_at_once_and_is_nobodys_edit(db, as_alice, site):
    milestone = make_milestone(title="Formats")
    make_resource(milestone, url=f"{site}/alive")
    before = as_alice.get(milestone.get_absolute_url()).content.decode()

    call_command("check_links", open=True)

    today = date_format(timezone.localdate(), "j F Y")
    assert "Link not checked yet" in before
    assert f"Link opened on {today}" in as_alice.get(milestone.get_absolute_url()).content.decode()
    assert unpublished() == {}


def test_the_next_load_sees_no_edit_and_keeps_the_later_day(content):
    Resource.objects.update(checked_on=date(2026, 12, 1), was_opened=True)

    report = load_content()

    assert (report.edited, report.waiting, report.is_nothing_to_do) == ([], [], True)
    assert set(Resource.objects.values_list("checked_on", flat=True)) == {date(2026, 12, 1)}


def test_putting_a_version_back_keeps_the_day(db):
    resource = make_resource(make_milestone(), checked_on=date(2026, 12, 1), was_opened=True)

    put_back(Publication.objects.get(), timezone.localdate())

    assert how_checked(resource) == (date(2026, 12, 1), True)


def test_tells_a_site_that_does_not_answer():
    assert dead(Resource(url="http://127.0.0.1:9/")).startswith("does not answer")
