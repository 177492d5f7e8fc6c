from django.core.management import call_command

from cmetrack.counting import count


def test_counts_within_a_window_and_starts_anew_in_the_next(monkeypatch):
    now = 1_000_000
    monkeypatch.setattr("cmetrack.counting.time", lambda: now)

    assert [count("tries", 600) for _ in range(3)] == [1, 2, 3]
    assert count("others", 600) == 1
    now += 600
    assert count("tries", 600) == 1


def test_counts_in_the_database_as_a_server_does(db, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    }
    call_command("createcachetable", verbosity=0)

    assert [count("tries", 3600) for _ in range(3)] == [1, 2, 3]
