"""How often a password may be tried, counted as a server counts."""

import pytest

from cmetrack.counting import count
from portfolio.gate import PAUSE, TRIES, TRIES_OF_ALL, may_try
from portfolio.tests.factories import make_share_link

NOON = 1_000_000 * PAUSE


@pytest.fixture
def clock(monkeypatch):
    """The moment that counting takes for now, to be set."""
    now = [NOON]
    monkeypatch.setattr("cmetrack.counting.time", lambda: now[0])
    return now


@pytest.fixture
def link(alice, counted_in_the_database):
    return make_share_link(alice)


def addresses(number):
    return [f"198.51.{n // 250}.{n % 250}" for n in range(number)]


def keys_written(monkeypatch):
    """The keys that are counted from now on."""
    keys = []
    monkeypatch.setattr("portfolio.gate.count", lambda key, seconds: keys.append(key))
    return keys


def test_a_thousand_tries_from_as_many_machines_are_stopped_until_the_window_is_over(link, clock):
    tries = [may_try(link, address) for address in addresses(1000)]

    assert tries == [True] * TRIES_OF_ALL + [False] * (1000 - TRIES_OF_ALL)
    clock[0] = NOON + PAUSE - 1
    assert not may_try(link, "203.0.113.1")
    clock[0] = NOON + PAUSE
    assert may_try(link, "203.0.113.1")


def test_rows_of_others_do_not_wash_the_counter_out(link, clock):
    for address in addresses(TRIES_OF_ALL):
        may_try(link, address)

    for n in range(400):
        count(f"others-{n}", PAUSE)

    assert not may_try(link, "203.0.113.1")


def test_a_try_too_many_writes_nothing_and_shuts_out_nobody_else(link, clock, monkeypatch):
    for _ in range(TRIES_OF_ALL + TRIES):
        may_try(link, "198.51.100.1")
    written = keys_written(monkeypatch)

    assert not may_try(link, "198.51.100.1")

    assert written == []
    assert may_try(link, "198.51.100.2")
    assert len(written) == 2


def test_nobody_can_tell_an_address_from_what_is_kept(link, clock, monkeypatch, settings):
    kept = keys_written(monkeypatch)

    may_try(link, "198.51.100.1")
    settings.SECRET_KEY = "another key"
    may_try(link, "198.51.100.1")

    # One of the reader and one of the page each time.
    first, page, second, same_page = kept
    assert page == same_page
    assert first != second
    assert "198.51" not in first
