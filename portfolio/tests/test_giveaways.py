"""What readers could learn beside what its owner means to tell: the client’s name, the file’s author."""

import pytest
from django.urls import reverse

from portfolio.giveaways import places_naming_client
from portfolio.models import Sample
from portfolio.tests.factories import make_sample, make_sample_file, make_share_link, make_shareable


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ({"title": "Northfield Care: gout"}, ["the title"]),
        ({"summary": "Written for NORTHFIELD\n care, on gout."}, ["the summary"]),
        ({"role": "Writer at Northfield Care", "audience": "Nurses"}, ["your part"]),
        ({"title": "Gout in Northfield Careers", "summary": "Northfield"}, []),
        ({"notes": "Northfield Care paid late", "consent": "Northfield Care, in May"}, []),
    ],
)
def test_finds_the_clients_name_in_the_words_that_go_out(words, places):
    sample = Sample(**{"title": "Gout", "client_name": "Northfield  Care", **words})

    assert places_naming_client(sample) == places


def test_without_a_client_there_is_nothing_to_find():
    assert places_naming_client(Sample(title="Gout", client_name=" ")) == []


def test_the_owner_reads_of_it_beside_the_page_and_the_sample(as_alice, alice):
    told = {"origin": "client", "permission": "granted_full", "client_name": "Northfield"}
    sample = make_shareable(alice, title="Northfield launch", **told)
    make_sample_file(sample, traces=["Author: Ida <b>", "Comments"])
    link = make_share_link(alice, sample)
    sentences = [
        "The client’s name stands in what readers see: the title.",
        "The file tells beside its content: Author: Ida <b>; Comments.",
    ]

    beside_page = as_alice.get(reverse("portfolio:link-detail", args=[link.pk]))
    beside_sample = as_alice.get(reverse("portfolio:detail", args=[sample.pk]))

    assert beside_page.context["items"][0].giveaways == sentences
    assert beside_sample.context["giveaways"] == sentences
    for page in (beside_page.text, beside_sample.text):
        assert "The client’s name stands in what readers see: the title." in page
        assert "Author: Ida &lt;b&gt;; Comments." in page


def test_tells_the_owner_before_anything_is_shown(as_alice, alice):
    told = {"origin": "client", "permission": "granted_redacted", "client_name": "Northfield"}
    sample = make_sample(alice, title="Gout", summary="For Northfield.", status="draft", **told)
    make_sample_file(sample, kind="redacted", traces=["Author: Ida"])
    make_sample_file(sample, traces=["Comments"])

    page = as_alice.get(reverse("portfolio:detail", args=[sample.pk]))

    assert page.context["giveaways"] == [
        "The client’s name stands in what readers see: the summary.",
        "The file tells beside its content: Author: Ida.",
    ]


@pytest.mark.parametrize("permission", ["refused", "not_asked", "granted_private"])
def test_says_nothing_of_words_that_do_not_go_out(as_alice, alice, permission):
    told = {"origin": "client", "permission": permission, "client_name": "Northfield"}
    sample = make_shareable(alice, title="Northfield launch", **told)
    make_sample_file(sample, traces=["Author: Ida"])

    page = as_alice.get(reverse("portfolio:detail", args=[sample.pk]))

    assert page.context["giveaways"] == []
