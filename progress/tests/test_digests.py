"""Summaries by mail: at the person's hour, once a day, over a real mail server."""

import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from networking.tests.factories import make_contact, make_opportunity
from progress.digests import send_digests, stop_token
from progress.models import DigestDay

# A Wednesday.
DAY = datetime(2026, 11, 25, tzinfo=UTC)


def at(hour, minute=0, days=0):
    return DAY + timedelta(days=days, hours=hour, minutes=minute)


@pytest.fixture
def reader(alice):
    """Somebody in London who wants a mail at seven, with one person due."""
    alice.digest, alice.digest_hour, alice.time_zone = "daily", 7, "Europe/London"
    alice.save()
    make_contact(alice, name="Ida Holm", next_step="Share something useful", next_on=DAY.date())
    return alice


def sent_at(*moments):
    """How many mails went out at each of these moments."""
    return [send_digests(moment) for moment in moments]


def test_is_sent_at_the_persons_hour_and_once_a_day(reader):
    moments = at(6, 59), at(7), at(7, 1), at(15), at(6, 59, days=1), at(7, 0, days=1)

    assert sent_at(*moments) == [0, 1, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("zone", "hour"), [("America/New_York", 12), ("Asia/Kolkata", 2), ("Pacific/Kiritimati", 17)]
)
def test_the_hour_is_that_of_their_zone(reader, zone, hour):
    reader.time_zone = zone
    reader.save()

    # Seven in the morning there, whatever day it is here.
    assert sent_at(at(hour - 1, 29), at(hour)) == [0, 1]


def test_the_hour_stays_when_the_clocks_change(reader):
    summer, winter = datetime(2026, 10, 24, 6, tzinfo=UTC), datetime(2026, 10, 26, 6, tzinfo=UTC)
    reader.contact_set.update(next_on=summer.date())

    assert sent_at(summer, winter, winter + timedelta(hours=1)) == [1, 0, 1]


def test_says_who_is_due_why_and_what_is_next(reader, content):
    make_opportunity(reader, title="Gout module", stage="quoted", next_on=DAY.date() - timedelta(2))

    send_digests(at(8))

    (message,) = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "CMEtrack: 2 follow-ups are due today"
    for words in ("Hello Alice,", "Ida Holm", "Share something useful", "Gout module", "On your path"):
        assert words in message.body
    assert message.body.index("Gout module") < message.body.index("Ida Holm")
    assert "http://127.0.0.1:8000/network/contacts/" in message.body


def test_nothing_due_sends_nothing(reader):
    reader.contact_set.update(next_on=DAY.date() + timedelta(1))

    assert sent_at(at(7), at(8)) == [0, 0]


def test_those_who_want_none_get_none(reader, bob):
    reader.stop_digests()

    assert sent_at(at(7)) == [0]


def test_a_week_gets_one_mail_on_its_first_working_run(reader):
    reader.digest = "weekly"
    reader.save()
    reader.contact_set.update(next_on=DAY.date() + timedelta(1))

    # Wednesday, because the server slept through Monday; then Thursday, and the Monday after.
    assert sent_at(at(7), at(7, days=1), at(7, days=5)) == [1, 0, 1]
    assert mail.outbox[0].subject.endswith("1 follow-up is due this week")


def test_a_day_that_was_missed_is_not_made_up_for(reader):
    assert sent_at(at(7), at(7, days=3)) == [1, 1]


def test_a_second_worker_finds_the_day_taken(reader):
    DigestDay.objects.create(owner=reader, day=DAY.date())

    assert sent_at(at(7)) == [0]
    with pytest.raises(IntegrityError), transaction.atomic():
        DigestDay.objects.create(owner=reader, day=DAY.date())


class TestARealServer:
    @pytest.fixture
    def inbox(self, settings):
        """What a mail server on this machine received."""
        received = []

        class Handler:
            async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
                received.append(message_from_bytes(envelope.content, policy=default))
                return "250 OK"

        port = free_port()
        controller = Controller(Handler(), hostname="127.0.0.1", port=port)
        controller.start()
        settings.MAILERS = smtp(port)
        yield received
        controller.stop()

    def test_arrives_with_a_one_tap_way_out(self, reader, inbox, capsys):
        reader.digest_hour = 0
        reader.save()
        reader.contact_set.update(next_on="2020-01-02")

        call_command("send_digests")

        (message,) = inbox
        assert message["To"] == "alice@example.org"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
        # As a mail program does it: no cookie, no token of a form.
        client = Client(enforce_csrf_checks=True)
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        reader.refresh_from_db()
        assert reader.digest == "off"
        assert "Sent 1 summary." in capsys.readouterr().out

    def test_a_server_that_is_down_costs_nobody_their_mail(self, reader, bob, settings, inbox, caplog):
        working = settings.MAILERS
        settings.MAILERS = smtp(1)
        assert sent_at(at(7)) == [0]
        assert "could not be sent" in caplog.text
        settings.MAILERS = working

        assert sent_at(at(7, 5)) == [1]
        assert len(inbox) == 1


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def smtp(port):
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


class TestStopping:
    def address(self, person):
        return reverse("progress:digest-stop", args=[stop_token(person)])

    def test_opening_the_page_changes_nothing(self, client, reader):
        assert "Stop the summaries by mail?" in client.get(self.address(reader)).text
        reader.refresh_from_db()
        assert reader.digest == "daily"

    def test_one_press_stops_them(self, client, reader):
        assert "No more summaries" in client.post(self.address(reader)).text
        reader.refresh_from_db()
        assert reader.digest == "off"

    @pytest.mark.parametrize("token", ["1", "1:forged", "x:y"])
    def test_a_made_up_address_is_not_found(self, client, reader, token):
        assert client.post(reverse("progress:digest-stop", args=[token])).status_code == 404
        reader.refresh_from_db()
        assert reader.digest == "daily"


def test_the_profile_asks_for_it(as_alice, alice):
    form = as_alice.get(reverse("accounts:profile")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {
        "digest": "weekly",
        "digest_hour": "18",
    }

    as_alice.post(reverse("accounts:profile"), values)

    alice.refresh_from_db()
    assert (alice.digest, alice.digest_hour) == ("weekly", 18)
