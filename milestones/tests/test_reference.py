"""The glossary, terms explained in the lessons, and what a background brings."""

import pytest
from django.urls import reverse

from accounts.models import User
from milestones.evidence import evaluate
from milestones.models import Background, GlossaryTerm, PriorWork
from milestones.tests.factories import make_milestone, make_question, make_requirement, make_step
from portfolio.models import Sample
from portfolio.tests.factories import make_format

GLOSSARY = "/path/glossary/"
BACKGROUND = "/path/background/"


def make_term(**fields):
    return GlossaryTerm.objects.create(
        **{"key": "gap", "term": "Practice gap", "definition": "A distance.", **fields}
    )


@pytest.fixture
def background(db):
    row = Background.objects.create(
        persona="health_professional",
        title="What you bring",
        brings="You know **wards**.",
        lacks="Gap logic.",
        first_niche="Your specialty.",
        watch_out="Real patients.",
    )
    for n, title in enumerate(("Talk", "Leaflet"), start=1):
        PriorWork.objects.create(
            background=row,
            position=n,
            label=f"A {title} I gave",
            title=title,
            format=make_format(),
            origin="volunteer",
        )
    return row


def test_glossary_lists_every_term_once_and_links_terms_in_definitions(as_alice):
    make_term()
    make_term(
        key="needs", term="Needs assessment", definition="Shows a practice gap, and a needs assessment."
    )

    page = as_alice.get(GLOSSARY).content.decode()

    assert page.count('<div id="gap">') == 1
    assert 'href="/path/glossary/#gap"' in page
    assert 'href="/path/glossary/#needs"' not in page


def test_lessons_explain_a_term_where_it_first_stands(as_alice):
    make_term(also="practice gaps")
    milestone = make_milestone(
        lesson="## The practice gap\n\nEvery practice gap counts. Practice gaps differ."
    )

    page = as_alice.get(milestone.get_absolute_url()).content.decode()

    assert page.count('class="term"') == 1
    assert 'data-definition="Practice gap: A distance."' in page
    assert '<h3 id="part-the-practice-gap">The practice gap</h3>' in page


def test_steps_mistakes_and_reasons_explain_terms_too(as_alice):
    make_term()
    milestone = make_milestone(mistakes="- Naming no practice gap")
    step = make_step(milestone, guidance="Write a practice gap.")
    make_question(milestone, text="Which practice gap?", rationale="The practice gap comes first.")
    choice = milestone.questions.get().choices.first()
    quiz = reverse("milestones:quiz", args=[milestone.slug])

    asked = as_alice.get(quiz).content.decode()
    answered = as_alice.post(quiz, {f"question_{choice.question_id}": choice.pk}, follow=True)

    assert 'class="term"' not in asked
    pages = [as_alice.get(row.get_absolute_url()) for row in (milestone, step)]
    for page in (*pages, answered):
        assert page.content.decode().count('data-definition="Practice gap: A distance."') == 1


def test_everyday_words_are_left_alone(as_alice):
    make_term(term="Activity", is_explained_in_text=False)
    milestone = make_milestone(lesson="An activity.")

    assert 'class="term"' not in as_alice.get(milestone.get_absolute_url()).content.decode()


def test_a_definition_cannot_break_out_of_the_page(as_alice):
    make_term(definition='"><script>alert(1)</script>')
    milestone = make_milestone(lesson="A practice gap.")

    for address in (milestone.get_absolute_url(), GLOSSARY):
        assert "<script>alert" not in as_alice.get(address).content.decode()


def test_background_follows_the_profile(as_alice, background):
    page = as_alice.get(BACKGROUND).content.decode()

    assert "You know <strong>wards</strong>." in page
    assert "I have a Talk I gave" in page


@pytest.mark.parametrize("persona", ["", "academic", "nobody"])
def test_background_without_content_offers_the_others(as_alice, background, persona):
    response = as_alice.get(BACKGROUND, {"persona": persona})

    assert response.status_code == 200
    assert "?persona=health_professional" in response.content.decode()


def test_logs_what_is_ticked_as_private_samples(as_alice, alice, background):
    talk = background.prior.first()

    response = as_alice.post(BACKGROUND, {f"has_{talk.pk}": "on", f"title_{talk.pk}": "Sepsis at night"})

    sample = Sample.objects.get()
    assert response["Location"] == reverse("milestones:index")
    assert (sample.owner, sample.title, sample.format) == (
        alice,
        "Sepsis at night",
        talk.format,
    )
    assert (sample.origin, sample.status, sample.permission) == ("volunteer", "draft", "not_asked")


def test_earlier_work_counts_at_once(as_alice, alice, background):
    talk = background.prior.first()
    make_requirement(kind="sample", format=talk.format, status="draft")

    as_alice.post(BACKGROUND, {f"has_{talk.pk}": "on", f"title_{talk.pk}": "Sepsis"})

    assert evaluate(alice).steps[0].closed_on is not None


def test_says_which_steps_a_piece_counts_towards(as_alice, background):
    talk = background.prior.first()
    closed, begun = make_step(title="Write a talk"), make_step(title="Finish a talk")
    make_requirement(begun, kind="sample", format=talk.format, status="ready")
    make_requirement(closed, kind="sample", format=talk.format, status="draft")
    make_requirement(
        make_step(title="Another"), kind="sample", format=make_format("monograph"), status="draft"
    )
    make_requirement(kind="sample", status="ready")

    uses = as_alice.get(BACKGROUND).context["rows"][0][3]
    page = as_alice.get(BACKGROUND).content.decode()

    assert uses == [(closed, True), (begun, False)]
    assert f'Counts towards <a href="{closed.get_absolute_url()}">Write a talk</a>' in page
    assert f'A start on <a href="{begun.get_absolute_url()}">Finish a talk</a>' in page


@pytest.mark.parametrize("persona", [persona.value for persona in User.Persona])
def test_day_one_is_not_nothing(as_alice, alice, content, persona):
    """With the content we ship: whatever the background, what it brings moves the path."""
    background = Background.objects.get(persona=persona)
    before = evaluate(alice)
    ticked = {f"has_{work.pk}": "on" for work in background.prior.all()}
    titles = {f"title_{work.pk}": work.title for work in background.prior.all()}

    page = as_alice.post(f"{BACKGROUND}?persona={persona}", ticked | titles, follow=True)

    path = evaluate(alice)
    assert before.done + before.begun + before.optional_done == 0
    assert path.done + path.optional_done > 0
    assert max(milestone.percent_begun for milestone in path.milestones) > 0
    assert f", {path.optional_done} optional" in page.content.decode()


def test_the_same_page_sent_twice_logs_once(as_alice, background):
    talk = background.prior.first()
    drawn = as_alice.get(BACKGROUND).context["form"]["submission_id"].value()
    sent = {f"has_{talk.pk}": "on", f"title_{talk.pk}": "Sepsis", "submission_id": str(drawn)}

    for _ in range(2):
        as_alice.post(BACKGROUND, sent)

    assert Sample.objects.count() == 1


def test_nothing_ticked_or_no_title_is_told(as_alice, background):
    talk = background.prior.first()

    nothing = as_alice.post(BACKGROUND, {f"title_{talk.pk}": "Sepsis"})
    untitled = as_alice.post(BACKGROUND, {f"has_{talk.pk}": "on", f"title_{talk.pk}": ""})

    assert (nothing.status_code, untitled.status_code) == (422, 422)
    assert "Tick what you have" in nothing.content.decode()
    assert 'value="Sepsis"' in nothing.content.decode()
    assert "Enter a title." in untitled.content.decode()
    assert not Sample.objects.exists()


@pytest.mark.parametrize("address", [GLOSSARY, BACKGROUND])
def test_query_count_is_fixed(as_alice, content, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        as_alice.get(address)
