import pytest

from progress.greeting import greeting


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Good evening"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
        (0, "Good evening"),
    ],
)
def test_goes_by_the_hour(hour, words):
    assert greeting(hour, "") == words


def test_names_the_person():
    assert greeting(9, "Ana") == "Good morning, Ana"
