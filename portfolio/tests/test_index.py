import re

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Sample
from portfolio.tests.factories import make_format, make_sample

URL = reverse("portfolio:index")


def titles(response):
    return [sample.title for sample in response.context["page"]]


def between(text, start, end):
    return text.split(start, 1)[1].split(end, 1)[0]


def test_shows_own_samples_latest_change_first(as_alice, alice):
    make_sample(alice, title="Older")
    make_sample(alice, title="Newer", therapeutic_area="Cardiology", origin="client", permission="refused")

    response = as_alice.get(URL)

    assert titles(response) == ["Newer", "Older"]
    page = response.content.decode()
    assert "2 samples" in page
    for shown in ("Cardiology", "Needs assessment", "Draft", "Refused"):
        assert shown in page


def test_hides_other_peoples_samples(as_alice, alice, bob):
    make_sample(bob, title="Bob’s", therapeutic_area="Bobology")
    make_sample(alice, title="Mine")

    response = as_alice.get(URL)

    assert titles(response) == ["Mine"]
    assert b"Bob\xe2\x80\x99s" not in response.content
    assert b"Bobology" not in response.content


def test_leaves_out_the_trash(as_alice, alice):
    make_sample(alice, title="Gone").trash()

    assert titles(as_alice.get(URL)) == []


def test_newcomer_gets_one_button_and_no_filters(as_alice):
    page = as_alice.get(URL).content.decode()

    assert "Log your first sample" in page
    assert page.count(f'class="btn btn-primary" href="{reverse("portfolio:create")}"') == 1
    assert 'name="q"' not in page


def test_filters_that_find_nothing_can_be_cleared(as_alice, alice):
    make_sample(alice)

    page = as_alice.get(URL, {"q": "nowhere"}).content.decode()

    assert "No sample matches these filters." in page
    assert "Clear filters" in page
    assert "Log your first sample" not in page


@pytest.mark.parametrize(
    "query",
    [
        {"q": "ASTHMA"},
        {"q": "asthma nurses"},
        {"q": "inhalers asthma"},
        {"tag": "inhalers"},
        {"tag": "INHALERS"},
        {"shareable": "yes"},
        {"area": "pulmonology "},
        {"format": "slide_deck"},
        {"status": "ready"},
        {"permission": "granted_full"},
        {"area": "Pulmonology"},
        {"area": "Pulmonology", "status": "ready", "q": "deck"},
    ],
)
def test_filters(as_alice, alice, query):
    make_sample(alice, title="Other", therapeutic_area="Oncology", tags="inhalers of old, all inhalers")
    make_sample(
        alice,
        title="Asthma deck",
        format="slide_deck",
        status="ready",
        permission="granted_full",
        quality_checked_on="2026-11-01",
        tags="school, Inhalers",
        therapeutic_area="Pulmonology",
        audience="School nurses",
    )

    response = as_alice.get(URL, query)

    assert titles(response) == ["Asthma deck"]
    assert "1 sample " in re.sub(r"\s+", " ", response.content.decode())


def test_one_area_or_tag_is_found_however_it_is_spelt(as_alice, alice):
    for area, tags in (
        ("cardiology", "Épilepsie"),
        ("Cardiology", "épilepsie, b"),
        ("Cardiology", "a, Épilepsie"),
    ):
        make_sample(alice, therapeutic_area=area, tags=tags)
    make_sample(alice, therapeutic_area="Oncology", tags="b")

    for query in ({"area": "cardiology"}, {"area": "CARDIOLOGY"}, {"tag": "épilepsie"}, {"tag": "ÉPILEPSIE"}):
        response = as_alice.get(URL, query)
        assert len(titles(response)) == 3, query
        [(name, _)] = query.items()
        assert (
            f'<option value="{"Cardiology" if name == "area" else "Épilepsie"}" selected>'
            in response.content.decode()
        )


def test_filters_to_what_has_no_area(as_alice, alice):
    make_sample(alice, title="Without")
    make_sample(alice, title="With", therapeutic_area="Oncology")

    assert titles(as_alice.get(URL, {"area": "-"})) == ["Without"]


def test_filters_to_what_may_not_be_shown_yet(as_alice, alice):
    make_sample(alice, title="Shown", status="ready", quality_checked_on="2026-11-01")
    make_sample(alice, title="Draft")
    make_sample(
        alice, title="Due", status="ready", quality_checked_on="2026-11-01", look_due_since=timezone.now()
    )

    assert set(titles(as_alice.get(URL, {"shareable": "not-yet"}))) == {"Draft", "Due"}
    assert titles(as_alice.get(URL, {"shareable": "yes"})) == ["Shown"]


def test_tags_are_shown_and_offered_once_there_are_some(as_alice, alice):
    make_sample(alice)
    assert 'name="tag"' not in as_alice.get(URL).content.decode()

    make_sample(alice, tags="gout, <b>bold</b>")

    page = as_alice.get(URL).content.decode()
    assert "<bdi>gout, &lt;b&gt;bold&lt;/b&gt;</bdi>" in page
    assert '<option value="gout">gout</option>' in page


def test_the_parts_of_the_portfolio_are_one_tap_apart(as_alice, alice):
    for name in ("index", "coverage", "formats", "trash"):
        page = as_alice.get(reverse(f"portfolio:{name}")).content.decode()
        subnav = between(page, '<nav class="subnav" aria-label="Portfolio">', "</nav>")
        assert f'href="{reverse(f"portfolio:{name}")}" aria-current="page"' in subnav
        assert subnav.count("<a ") >= 4
        assert subnav.count("aria-current") == 1


def test_every_word_has_to_be_found(as_alice, alice):
    make_sample(alice, title="Asthma", summary="A deck for nurses.")

    assert titles(as_alice.get(URL, {"q": "nurses asthma"})) == ["Asthma"]
    assert titles(as_alice.get(URL, {"q": "asthma pharmacists"})) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("title", ["A", "B"]), ("format", ["B", "A"]), ("", ["B", "A"]), ("size", ["B", "A"])],
)
def test_sorts(as_alice, alice, sort, expected):
    make_sample(alice, title="A", format=make_format("later", position=2))
    make_sample(alice, title="B", format=make_format("sooner", position=1))

    assert titles(as_alice.get(URL, {"sort": sort})) == expected


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a\0b"},
        {"area": "\0"},
        {"tag": "\0"},
        {"tag": "x" * 500},
        {"shareable": "perhaps"},
        {"format": "\0"},
        {"format": "nonsense"},
        {"status": "finished"},
        {"permission": "' OR 1=1"},
        {"q": "word " * 20_000},
        {"page": "abc"},
        {"page": "99999999999999999999"},
        {"page": "9" * 5000},
        {"page": "-1"},
    ],
)
def test_ignores_nonsense_in_the_address(as_alice, alice, query):
    make_sample(alice, title="Still here")

    response = as_alice.get(URL, query)

    assert response.status_code == 200
    assert titles(response) == ["Still here"]


def test_survives_many_words(as_alice, alice):
    make_sample(alice)

    assert titles(as_alice.get(URL, {"q": "a " * 100})) == ["Heart failure needs assessment"]
    assert titles(as_alice.get(URL, {"q": "%"})) == []


def test_shows_fifty_a_page_and_keeps_filters_when_turning(as_alice, alice):
    format_ = make_format()
    Sample.objects.bulk_create(
        Sample(owner=alice, title=f"Sample {n}", format=format_, status="ready") for n in range(51)
    )

    response = as_alice.get(URL, {"status": "ready"})

    assert len(response.context["page"]) == 50
    assert b"51 samples" in response.content
    assert b"?status=ready&amp;page=2" in response.content
    assert len(as_alice.get(URL, {"status": "ready", "page": "2"}).context["page"]) == 1


def test_htmx_gets_only_the_results(as_alice, alice, htmx):
    make_sample(alice, title="Found")

    response = as_alice.get(URL, {"q": "found"}, headers=htmx)

    fragment = response.content.decode().strip()
    assert fragment.startswith('<table class="table table-cards table-lines samples">')
    assert "<html" not in fragment
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(("words", "heard"), [("gout", "1 sample "), ("nowhere", "No samples found")])
def test_the_count_is_heard_when_the_list_changes(as_alice, alice, htmx, words, heard):
    make_sample(alice, title="Gout")

    page = as_alice.get(URL, {"q": words}).content.decode()
    fragment = as_alice.get(URL, {"q": words}, headers=htmx).content.decode()

    # A live region speaks only if it was there before: it stays, and its text arrives beside the list.
    region = '<p class="meta" id="count" role="status">'
    assert heard in between(page, region, "</p>")
    assert page.index(region) < page.index('<div id="results">')
    assert heard in between(fragment, '<p hx-swap-oob="innerHTML:#count">', "</p>")
    assert 'role="status"' not in fragment


@pytest.mark.parametrize(
    ("query", "is_open"),
    [({}, False), ({"q": "heart"}, False), ({"status": "draft"}, True), ({"sort": "title"}, True)],
)
def test_more_filters_are_open_while_one_is_in_use(as_alice, alice, query, is_open):
    make_sample(alice)

    page = as_alice.get(URL, query).content.decode()

    assert ('<details class="filters-more" open>' in page) is is_open
    assert ('<details class="filters-more">' in page) is not is_open


def test_escapes_markup(as_alice, alice):
    make_sample(alice, title="<script>alert(1)</script>", therapeutic_area="<b>bold</b>")

    page = as_alice.get(URL).content.decode()

    assert "<script>alert(1)" not in page
    assert "<b>bold" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_is_read_only(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for n in range(count):
        make_sample(
            alice, title=f"Sample {n}", format=f"format_{n}", therapeutic_area=f"Area {n}", tags=f"t{n}"
        )
    with django_assert_num_queries(7):
        as_alice.get(URL)
