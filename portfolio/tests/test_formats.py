import pytest
from django.urls import reverse

from portfolio.tests.factories import make_format, make_sample

URL = reverse("portfolio:formats")


def test_shows_what_a_writer_should_know(as_alice):
    make_format(
        "slide_deck",
        name="Slide deck",
        definition="Teaching slides.",
        parts="Title\n\nCases ",
        commissioned_by="All providers",
        first_sample="maybe",
        first_sample_note="Keep it short.",
        typical_length="12 slides",
        moore_level="3–4",
        tip="One idea a slide.",
    )

    page = as_alice.get(URL).content.decode()

    for shown in (
        "Slide deck",
        "Teaching slides.",
        "Title, Cases",
        "All providers",
        "Possible as a first sample",
        "Keep it short.",
        "12 slides",
        "3–4",
        "One idea a slide.",
        f'href="{reverse("portfolio:create")}?format=slide_deck"',
    ):
        assert shown in page


def test_those_in_demand_come_first_and_retired_ones_not_at_all(as_alice):
    make_format("plain", position=1)
    make_format("wanted", position=2, is_in_demand=True)
    make_format("shown", position=3, is_portfolio_only=True)
    make_format("gone", is_retired=True)

    groups = as_alice.get(URL).context["groups"]

    assert [[format_.key for format_ in formats] for _, _, formats in groups] == [
        ["wanted"],
        ["plain"],
        ["shown"],
    ]


def test_counts_own_samples_only(as_alice, alice, bob):
    make_sample(alice)
    make_sample(alice).trash()
    make_sample(bob)

    assert "You have 1<" in as_alice.get(URL).content.decode()


def test_is_read_only(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_sample(alice, format=f"format_{n}")
    with django_assert_num_queries(4):
        as_alice.get(URL)
