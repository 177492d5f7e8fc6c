"""Lines to paste into a CV or an e-mail."""

from datetime import date

import pytest
from django.urls import reverse

from networking.models import Opportunity, Organisation
from networking.tests.factories import make_deliverable, make_landed, make_opportunity, make_organisation
from portfolio.tests.factories import make_format, make_sample
from progress.cv import CLIENTS

URL = reverse("progress:cv")


def cv_of(client, **query):
    return client.get(URL, query).context["cv"]


def lines(client, **query):
    return [line.text for group in cv_of(client, **query).groups for line in group.lines]


def make_ready(owner, **fields):
    return make_sample(owner, **{"status": "ready", "completed_on": date(2026, 3, 4), **fields})


def test_a_sample_free_to_be_named(as_alice, alice):
    make_ready(
        alice,
        title="Gout at night",
        therapeutic_area="Rheumatology",
        audience="Hospital nurses",
        role="Sole writer.",
        external_url="https://example.org/gout",
    )

    assert lines(as_alice) == [
        "“Gout at night”: needs assessment, rheumatology, for hospital nurses, 2026. Sole writer. "
        "https://example.org/gout"
    ]
    assert lines(as_alice, wording="sentence") == [
        "I wrote “Gout at night”, a needs assessment in rheumatology for hospital nurses (2026). "
        "https://example.org/gout"
    ]


def test_a_sample_with_nothing_but_a_title(as_alice, alice):
    sample = make_ready(alice, title="Gout at night", completed_on=None)
    year = sample.created_at.year

    assert lines(as_alice) == [f"“Gout at night”: needs assessment, {year}."]
    assert lines(as_alice, wording="sentence") == [f"I wrote “Gout at night”, a needs assessment ({year})."]


def test_a_title_that_names_the_client_is_told_in_general_words(as_alice, alice):
    told = {"origin": "client", "permission": "granted_full", "client_name": "Northfield"}
    make_ready(alice, title="Northfield launch", therapeutic_area="Oncology", **told)

    assert lines(as_alice) == ["Needs assessment, oncology, 2026"]
    assert lines(as_alice, wording="sentence") == ["I wrote a needs assessment in oncology (2026)."]


def test_a_sample_not_released_is_told_in_general_words(as_alice, alice):
    make_ready(alice, title="Northfield launch", therapeutic_area="Oncology", permission="refused")

    assert lines(as_alice) == ["Needs assessment, oncology, 2026"]
    assert lines(as_alice, wording="sentence") == ["I wrote a needs assessment in oncology (2026)."]


@pytest.mark.parametrize(
    ("fields", "line", "sentence"),
    [
        (
            {"origin": "edited", "permission": "refused"},
            "Needs assessment, 2026",
            "I edited a needs assessment (2026).",
        ),
        (
            {"status": "draft"},
            "Needs assessment, 2026 (in preparation)",
            "I am writing a needs assessment (2026).",
        ),
        (
            {"status": "in_review", "origin": "edited"},
            "Needs assessment, 2026 (in preparation)",
            "I am editing a needs assessment (2026).",
        ),
    ],
)
def test_says_truly_what_was_done(as_alice, alice, fields, line, sentence):
    make_ready(alice, **fields)

    assert lines(as_alice, status="begun") == [line]
    assert lines(as_alice, status="begun", wording="sentence") == [sentence]


def test_abbreviations_and_plurals_read_well(as_alice, alice):
    for name in ("Abstract, poster or paper", "CME front matter", "Microlearning"):
        format_ = make_format(name[:5].strip().lower(), name=name)
        make_ready(alice, format=format_, permission="refused", therapeutic_area="HIV")

    assert sorted(lines(as_alice, wording="sentence")) == [
        "I wrote CME front matter in HIV (2026).",
        "I wrote an abstract, poster or paper in HIV (2026).",
        "I wrote microlearning in HIV (2026).",
    ]
    assert "CME front matter, HIV, 2026" in lines(as_alice)


def test_projects_are_told_by_the_kind_of_client(as_alice, alice):
    mec = make_organisation(alice, name="Northfield", kind="mec")
    make_landed(alice, title="Northfield launch", organisation=mec, role="", format=make_deliverable())

    assert lines(as_alice) == ["Needs assessment, for a medical education company, 2026"]
    assert lines(as_alice, wording="sentence") == [
        "A medical education company commissioned a needs assessment from me (2026)."
    ]


def test_a_job_and_a_writing_test(as_alice, alice):
    make_landed(alice, role="Writer at Northfield", organisation=make_organisation(alice, kind=""))
    make_landed(
        alice,
        format=make_deliverable(),
        is_writing_test=True,
        organisation=make_organisation(alice, kind="vet_ce"),
        agreed_on=date(2025, 1, 1),
    )

    assert lines(as_alice) == [
        "Writer, for a client, 2026",
        "Needs assessment (a paid writing test), for a provider of veterinary education, 2025",
    ]
    assert lines(as_alice, wording="sentence") == [
        "A client took me on as a writer (2026).",
        "A provider of veterinary education commissioned a needs assessment (a paid writing test) "
        "from me (2025).",
    ]


def test_every_kind_of_organisation_has_words():
    assert set(CLIENTS) == {"", *Organisation.Kind.values}


@pytest.mark.parametrize("stage", sorted(set(Opportunity.Stage) - set(Opportunity.HELD_STAGES)))
def test_what_has_not_landed_is_no_project(as_alice, alice, stage):
    make_opportunity(alice, stage=stage)
    make_landed(alice)

    assert len(lines(as_alice)) == 1


@pytest.mark.parametrize("stage", ["delivered", "paid"])
def test_what_came_after_landing_is_a_project_still(as_alice, alice, stage):
    make_landed(alice, stage=stage, organisation=make_organisation(alice, kind=""))

    assert lines(as_alice) == ["Writer, for a client, 2026"]


def test_what_fell_through_after_landing_is_no_project(as_alice, alice):
    project = make_landed(alice)
    assert len(lines(as_alice)) == 1

    project.stage = "lost"
    project.save()

    assert lines(as_alice) == []


@pytest.mark.parametrize("status", ["idea", "retired"])
def test_ideas_and_retired_samples_never_stand_there(as_alice, alice, status):
    make_sample(alice, status=status)
    begun = make_sample(alice, status="draft")

    (group,) = cv_of(as_alice, status="begun").groups

    assert [line.url for line in group.lines] == [begun.get_absolute_url()]


def test_groups_in_order_and_the_latest_work_first(as_alice, alice):
    make_ready(alice, title="Old", completed_on=date(2024, 1, 1))
    make_ready(alice, title="New", completed_on=date(2026, 1, 1))
    make_ready(alice, permission="refused")
    make_landed(alice)

    cv = cv_of(as_alice)

    assert [group.title for group in cv.groups] == ["Projects", "Writing samples", "Further writing"]
    assert cv.text == (
        "Projects\nWriter, for a client, 2026\n\n"
        "Writing samples\n“New”: needs assessment, 2026.\n“Old”: needs assessment, 2024.\n\n"
        "Further writing\nNeeds assessment, 2026"
    )


def test_filters_stand_in_the_address(as_alice, alice):
    make_ready(alice, title="Gout", format="slide_deck", completed_on=date(2020, 1, 1))
    make_ready(alice, title="Cough", completed_on=date(2026, 1, 1))
    make_sample(alice, status="draft")
    make_landed(alice)

    assert len(lines(as_alice)) == 3
    assert len(lines(as_alice, status="begun")) == 4
    assert [text[:6] for text in lines(as_alice, what="samples")] == ["“Cough", "“Gout”"]
    assert lines(as_alice, what="projects") == ["Writer, for a client, 2026"]
    assert lines(as_alice, format="slide_deck")[0].startswith("“Gout”")
    assert lines(as_alice, q="cough")[0].startswith("“Cough”")
    assert [text[:6] for text in lines(as_alice, since="2026", what="samples")] == ["“Cough"]


@pytest.mark.parametrize(
    "query", [{"what": "x"}, {"since": "soon"}, {"since": "9" * 30}, {"wording": "x"}, {"format": "\0"}]
)
def test_nonsense_in_the_address_is_ignored(as_alice, alice, query):
    make_ready(alice)

    assert len(lines(as_alice, **query)) == 1


def test_a_line_can_be_copied_and_without_scripts_selected(as_alice, alice):
    sample = make_ready(alice, title="Gout & co")

    page = as_alice.get(URL).content.decode()

    assert 'rows="2" readonly aria-label="Line 1">“Gout &amp; co”: needs assessment, 2026.</textarea>' in page
    assert 'data-copy="line-1-1" hidden>' in page
    assert 'data-copy="all" hidden>' in page
    assert f'href="{sample.get_absolute_url()}"' in page


def test_markup_is_text(as_alice, alice):
    make_ready(alice, title="</textarea><img src=x>")

    page = as_alice.get(URL).content.decode()

    assert "“&lt;/textarea&gt;&lt;img src=x&gt;”" in page
    assert "<img" not in page


def test_htmx_gets_the_lines_alone(as_alice, alice, htmx):
    make_ready(alice, title="Gout")

    fragment = as_alice.get(URL, headers=htmx).content.decode()

    assert "<html" not in fragment
    assert "“Gout”" in fragment


def test_empty_and_narrowed_to_nothing_say_different_things(as_alice, alice):
    assert "As soon as a sample is ready" in as_alice.get(URL).content.decode()

    make_ready(alice)

    assert "Nothing matches these filters." in as_alice.get(URL, {"q": "zzz"}).content.decode()


def test_shows_nothing_of_anybody_else(as_alice, as_bob, bob):
    make_ready(bob)
    make_landed(bob)

    assert lines(as_alice) == []
    assert len(lines(as_bob)) == 2


def test_what_lies_in_the_trash_is_gone(as_alice, alice):
    rows = make_ready(alice), make_landed(alice)
    assert len(lines(as_alice)) == 2

    for row in rows:
        row.trash()

    assert lines(as_alice) == []


def test_shows_fifty_of_each_and_says_that_there_are_more(as_alice, alice):
    for n in range(51):
        make_ready(alice, title=f"Piece {n}")

    cv = cv_of(as_alice)

    assert (cv.total, cv.is_cut) == (50, True)
    assert "only the newest 50" in as_alice.get(URL).content.decode()
    assert cv_of(as_alice, q="piece 1").is_cut is False


def test_only_reads(as_alice):
    assert as_alice.post(URL).status_code == 405


def test_the_portfolio_leads_there(as_alice, alice):
    make_sample(alice)

    assert f'href="{URL}"' in as_alice.get(reverse("portfolio:index")).content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_query_count_does_not_grow(as_alice, alice, count, django_assert_num_queries):
    for _ in range(count):
        make_ready(alice)
        make_ready(alice, permission="refused")
        make_landed(alice, organisation=make_organisation(alice, kind="mec"), format=make_deliverable())

    with django_assert_num_queries(6):
        as_alice.get(URL)


def test_belongs_to_the_portfolio_in_the_navigation(as_alice):
    page = as_alice.get(URL).content.decode()

    assert f'<a class="tab" href="{reverse("portfolio:index")}" aria-current="true">' in page
    assert page.count('aria-current="true"') == 1
