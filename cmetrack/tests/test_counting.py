from cmetrack.counting import count, counted


def test_counts_within_a_window_and_starts_anew_in_the_next(monkeypatch):
    now = 1_000_000
    monkeypatch.setattr("cmetrack.counting.time", lambda: now)

    assert [count("tries", 600) for _ in range(3)] == [1, 2, 3]
    assert count("others", 600) == 1
    assert [counted("tries", 600), counted("never", 600), counted("tries", 600)] == [3, 0, 3]
    now += 600
    assert count("tries", 600) == 1


def test_counts_in_the_database_as_a_server_does(counted_in_the_database):
    assert [count("tries", 3600) for _ in range(3)] == [1, 2, 3]
