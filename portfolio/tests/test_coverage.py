import re
from datetime import date

import pytest
from django.urls import reverse

from portfolio.coverage import NO_AREA_NAMED, OTHER_AREAS, Level, Piece, cover, suggest
from portfolio.heat_map import WIDTH, draw
from portfolio.models import Format, Sample
from portfolio.tests.factories import make_format, make_sample

URL = reverse("portfolio:coverage")
CHECKED = {"status": "ready", "quality_checked_on": date(2026, 11, 1)}


def formats(*keys, in_demand=()):
    return [
        Format(pk=n, key=key, name=key, position=n, is_in_demand=key in in_demand, first_sample="yes")
        for n, key in enumerate(keys, start=1)
    ]


def piece(format_id, area, level="draft", count=1):
    return Piece(format_id, area, Level(level), count)


def table(coverage):
    """What stands where, by format and column."""
    return {
        (row.format.key, cell.column.name): (cell.level, cell.count, cell.rest)
        for row in coverage.rows
        for cell in row.cells
        if cell.counts
    }


def test_a_cell_is_as_far_as_its_furthest_sample():
    found = cover(
        formats("case"),
        [piece(1, "Gout", "draft", 3), piece(1, "Gout", "shareable", 2), piece(1, "Gout", "ready")],
    )

    assert table(found) == {("case", "Gout"): ("shareable", 2, "1 ready, 3 draft")}


def test_formats_in_demand_come_first_and_areas_used_most():
    found = cover(
        formats("later", "sooner", in_demand=["sooner"]),
        [piece(1, "Gout"), piece(2, "Asthma"), piece(2, "Gout")],
    )

    assert [row.format.key for row in found.rows] == ["sooner", "later"]
    assert [column.name for column in found.columns] == ["Gout", "Asthma"]


def test_one_area_is_one_column_however_it_is_spelt():
    found = cover(formats("case"), [piece(1, "cardiology"), piece(1, "Cardiology", "ready", 2)])

    assert table(found) == {("case", "Cardiology"): ("ready", 2, "1 draft")}


def test_many_areas_leave_the_eight_used_most_and_the_others():
    pieces = [piece(1, f"Area {n}", count=10 - n) for n in range(10)] + [piece(1, "", "ready")]

    found = cover(formats("case"), pieces)

    assert [column.name for column in found.columns] == [
        *(f"Area {n}" for n in range(8)),
        "Other areas",
        "No area named",
    ]
    assert table(found)["case", "Other areas"] == ("draft", 3, "")
    assert [bool(cell.url) for cell in found.rows[0].cells] == [*[True] * 8, False, True]
    assert table(found)["case", "No area named"] == ("ready", 1, "")


def test_an_area_that_somebody_calls_other_areas_is_its_own():
    pieces = [piece(1, "Other areas", "ready", 20), *(piece(1, f"Area {n}") for n in range(9))]

    columns = cover(formats("case"), pieces).columns

    assert [columns[0].name, columns[-1].name] == ["Other areas", "Other areas"]
    assert columns[0] != columns[-1] == OTHER_AREAS


def test_retired_formats_stay_only_with_samples():
    retired = [Format(pk=n, key=f"old-{n}", name="Old", position=n, is_retired=True) for n in (1, 2)]

    assert [row.format.key for row in cover(retired, [piece(2, "Gout")]).rows] == ["old-2"]


def test_cells_lead_to_their_samples_or_to_a_new_one():
    found = cover(formats("case"), [piece(1, "Gout & co"), piece(1, "")])
    other = cover(formats("case", "deck"), [piece(1, "Gout & co"), piece(1, "")])

    assert [cell.url for cell in found.rows[0].cells] == [
        "/portfolio/?format=case&area=Gout+%26+co",
        "/portfolio/?format=case&area=-",
    ]
    assert [cell.url for cell in other.rows[1].cells] == [
        "/portfolio/add/?format=deck&therapeutic_area=Gout+%26+co",
        "/portfolio/add/?format=deck",
    ]
    assert found.rows[0].cells[1].column == NO_AREA_NAMED


def test_suggests_what_is_in_demand_and_missing_where_one_is_strongest():
    have = [piece(1, "Gout", "draft", 5), piece(2, "Asthma", "shareable"), piece(3, "Asthma", "ready")]

    found = suggest(formats("deck", "case", "notes", "script", in_demand=["deck", "case", "script"]), have)

    assert (found.format.key, found.area) == ("deck", "Asthma")
    assert found.reason == (
        "Your portfolio is strongest in asthma and lacks this there: one of the formats that hiring "
        "editors say they need most."
    )
    assert found.url == "/portfolio/add/?format=deck&therapeutic_area=Asthma"


def test_then_another_format_in_the_same_area():
    found = suggest(formats("deck", "notes", in_demand=["deck"]), [piece(1, "Asthma", "ready")])

    assert (found.format.key, found.area) == ("notes", "Asthma")
    assert found.reason.startswith("Your portfolio is strongest in asthma, with one format so far.")


def test_then_the_next_area():
    have = [piece(1, "Asthma", "ready"), piece(2, "Asthma"), piece(1, "Gout")]

    found = suggest(formats("deck", "case"), have)

    assert (found.format.key, found.area) == ("case", "Gout")
    assert "with one format so far" in found.reason


def test_the_easier_format_is_suggested_first():
    hard, easy = formats("hard", "easy")
    hard.first_sample = "later"

    assert suggest([hard, easy], []).format == easy


def test_suggests_nothing_retired_or_for_the_portfolio_only():
    gone, shown = formats("gone", "shown")
    gone.is_retired, shown.is_portfolio_only = True, True

    assert suggest([gone, shown], [piece(1, "Gout")]) is None


def test_suggests_nothing_when_nothing_is_missing():
    assert suggest(formats("case"), [piece(1, "Gout", "ready")]) is None


@pytest.mark.parametrize("have", [[], [piece(2, "")]])
def test_without_an_area_suggests_a_format_only(have):
    found = suggest(formats("case", "deck", in_demand=["case"]), have)

    assert (found.format.key, found.area) == ("case", "")
    assert found.reason == "A good start: one of the formats that hiring editors say they need most."


@pytest.mark.parametrize("columns", [1, 4, 8, 30])
def test_the_picture_stays_in_its_frame(columns):
    kinds = formats(*("format " * 8 + str(n) for n in range(6)), in_demand=())
    pieces = [piece(n % 6 + 1, f"{'W' * 60} {n}") for n in range(columns)]

    picture = draw(cover(kinds, pieces))

    width, height = map(float, picture.box)
    boxes = [tuple(map(float, mark.place.split())) for mark in picture.marks]
    assert len(set(boxes)) == len(boxes) == len(picture.columns) * min(columns, 6)
    assert all(x + width <= WIDTH and y + height <= float(picture.height) for x, y in boxes)
    for label in picture.columns:
        x, y = map(float, label.place.split())
        # Written upwards, it ends below the upper edge.
        assert x <= WIDTH
        assert len(label.text) * 6 <= y


@pytest.fixture
def some_samples(alice):
    case = make_format("case", name="Interactive case", is_in_demand=True)
    deck = make_format("deck", name="Slide deck", position=1)
    make_format("notes", name="Notes", position=2)
    make_sample(alice, format=case, therapeutic_area="Gout", **CHECKED)
    make_sample(alice, format=case, therapeutic_area="gout", status="in_review")
    make_sample(alice, format=case, therapeutic_area="Gout", status="ready")
    make_sample(alice, format=deck, therapeutic_area="Gout & co", status="draft")
    # None of these has come so far that it covers anything.
    make_sample(alice, format=deck, therapeutic_area="Gout", status="idea")
    make_sample(alice, format=deck, therapeutic_area="Gout", status="retired")
    make_sample(alice, format=deck, therapeutic_area="Gout", **CHECKED).trash()


def cells_of(page):
    """Level, address and words of each cell of the first table."""
    found = re.findall(r'<td class="coverage-(\w+)"><a href="([^"]+)">(.*?)</a></td>', page)
    return [
        (level, address, " ".join(re.sub("<[^>]+>", " ", words).split())) for level, address, words in found
    ]


def test_the_page_shows_a_table_and_a_picture(as_alice, some_samples):
    page = as_alice.get(URL).content.decode()

    assert cells_of(page) == [
        ("shareable", "/portfolio/?format=case&amp;area=Gout", "1 shareable 1 ready, 1 draft Gout"),
        ("empty", "/portfolio/add/?format=case&amp;therapeutic_area=Gout+%26+co",
         "+ Add: Interactive case, Gout &amp; co"),
        ("empty", "/portfolio/add/?format=deck&amp;therapeutic_area=Gout", "+ Add: Slide deck, Gout"),
        ("draft", "/portfolio/?format=deck&amp;area=Gout+%26+co", "1 draft Gout &amp; co"),
        ("empty", "/portfolio/add/?format=notes&amp;therapeutic_area=Gout", "+ Add: Notes, Gout"),
        ("empty", "/portfolio/add/?format=notes&amp;therapeutic_area=Gout+%26+co",
         "+ Add: Notes, Gout &amp; co"),
    ]  # fmt: skip
    assert '<svg class="heat-map" role="img" aria-labelledby="heat-map-title"' in page
    assert "<title>Interactive case, Gout: 1 shareable, 1 ready, 1 draft</title>" in page
    assert "2 combinations of format and area begun." in page
    assert page.count('<th scope="col">') == 4
    assert page.count('<th scope="row">') == 3
    assert page.count("<caption>") == 2
    assert "1 more format without a sample" in page


def test_the_links_of_the_cells_find_what_they_say(as_alice, some_samples):
    page = as_alice.get(URL).content.decode()

    for level, address, words in cells_of(page):
        if level != "empty":
            found = as_alice.get(address.replace("&amp;", "&")).context["page"].object_list
            shown = [s for s in found if s.status not in ("idea", "retired")]
            assert len(shown) == sum(map(int, re.findall(r"(\d+) (?:shareable|ready|draft)", words)))
        else:
            form = as_alice.get(address.replace("&amp;", "&")).context["form"]
            assert form["format"].value()
            assert form["therapeutic_area"].value() in {"Gout", "Gout & co"}


def test_suggests_one_next_sample(as_alice, some_samples):
    page = as_alice.get(URL).content.decode()

    assert 'href="/portfolio/add/?format=deck&amp;therapeutic_area=Gout">Start it</a>' in page
    assert "Another one there shows your range better than a new field." in page


def test_asks_to_name_the_areas_as_long_as_no_sample_does(as_alice, alice):
    make_sample(alice)
    hint = "None of your samples names its therapeutic area yet."
    assert hint in as_alice.get(URL).content.decode()

    make_sample(alice, therapeutic_area="Gout")

    assert hint not in as_alice.get(URL).content.decode()


def test_newcomer_gets_one_button(as_alice):
    make_format("case", name="Interactive case", is_in_demand=True)

    page = as_alice.get(URL).content.decode()

    assert 'href="/portfolio/add/?format=case">Log your first sample</a>' in page
    assert "A good first one: interactive case." in page
    assert "<table" not in page
    assert "<svg class" not in page


def test_an_abbreviation_stays_one_inside_a_sentence(as_alice):
    make_format("front", name="CME front matter", is_in_demand=True)

    assert "A good first one: CME front matter." in as_alice.get(URL).text


def test_a_cell_of_many_areas_leads_nowhere(as_alice, alice):
    for n in range(10):
        make_sample(alice, therapeutic_area=f"Area {n}")

    page = as_alice.get(URL).text

    assert "<a><strong>2</strong> draft" in page
    assert 'href=""' not in page


def test_without_any_format_there_is_still_a_page(as_alice):
    assert 'href="/portfolio/add/">Log your first sample</a>' in as_alice.get(URL).content.decode()


def test_hides_other_peoples_samples(as_alice, alice, bob):
    make_sample(alice, therapeutic_area="Gout")
    make_sample(bob, therapeutic_area="Bobology")

    assert [column.name for column in as_alice.get(URL).context["coverage"].columns] == ["Gout"]


def test_says_when_nothing_is_missing(as_alice, alice):
    make_sample(alice, therapeutic_area="Gout")

    assert "Nothing is missing" in as_alice.get(URL).content.decode()


def test_markup_is_shown_as_text(as_alice, alice):
    make_sample(alice, therapeutic_area="<script>alert(1)</script>")

    page = as_alice.get(URL).content.decode()

    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in page
    assert "<script>alert" not in page


def test_is_read_only(as_alice):
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 500])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    kinds = [make_format(f"format_{n}") for n in range(min(count, 20))]
    Sample.objects.bulk_create(
        Sample(owner=alice, title=f"{n}", format=kinds[n % len(kinds)], therapeutic_area=f"Area {n % 30}")
        for n in range(count)
    )
    with django_assert_num_queries(5):
        as_alice.get(URL)
