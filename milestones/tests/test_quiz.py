import pytest
from django.urls import reverse

from milestones.evidence import evaluate
from milestones.models import Milestone, QuizAttempt
from milestones.tests.factories import (
    make_attempt,
    make_milestone,
    make_question,
    make_requirement,
    make_step,
    show,
)


@pytest.fixture
def milestone(db):
    milestone = make_milestone(slug="formats", lesson="## What clients ask for\n\nMuch.")
    for _ in range(5):
        make_question(milestone, lesson_heading="What clients ask for")
    return milestone


@pytest.fixture
def url(milestone):
    return reverse("milestones:quiz", args=[milestone.slug])


def answers(milestone, right, **extra):
    """What the form sends with so many right answers, the others wrong."""
    sent = {}
    for n, question in enumerate(milestone.questions.all()):
        best = question.choices.get(is_best=True)
        wrong = question.choices.filter(is_best=False).first()
        sent[f"question_{question.pk}"] = best.pk if n < right else wrong.pk
    return sent | extra


@pytest.mark.parametrize(("right", "is_passed"), [(5, True), (4, True), (3, False), (0, False)])
def test_four_of_five_pass(as_alice, alice, milestone, url, right, is_passed):
    response = as_alice.post(url, answers(milestone, right))

    attempt = QuizAttempt.objects.get()
    assert response["Location"] == attempt.get_absolute_url()
    assert (attempt.owner, attempt.correct, attempt.total, attempt.is_passed) == (alice, right, 5, is_passed)
    assert evaluate(alice).milestones[0].quiz.is_passed is is_passed


def test_shows_options_in_the_given_order(as_alice, url):
    page = as_alice.get(url).content.decode()

    assert page.index(">One<") < page.index(">Three<") < page.index(">Two<")


def test_explains_after_answering_and_never_before(as_alice, milestone, url):
    before = as_alice.get(url).content.decode()
    after = as_alice.post(url, answers(milestone, 4), follow=True).content.decode()

    assert "by counting" not in before
    assert after.count("by counting") == 5
    assert after.count("Best answer") == 1


def test_a_wrong_answer_leads_to_the_part_of_the_lesson_it_tests(as_alice, milestone, url):
    page = as_alice.post(url, answers(milestone, 4), follow=True).content.decode()

    assert page.count('href="/path/formats/#part-what-clients-ask-for"') == 1
    assert 'id="part-what-clients-ask-for"' in as_alice.get("/path/formats/").content.decode()


def test_a_part_that_has_gone_leads_to_the_whole_lesson(as_alice, milestone, url):
    Milestone.objects.filter(pk=milestone.pk).update(lesson="## Another heading")
    show(milestone)

    page = as_alice.post(url, answers(milestone, 4), follow=True).content.decode()

    assert '<a href="/path/formats/#lesson">Read the lesson again</a>' in page


def test_can_be_taken_again_and_keeps_every_attempt(as_alice, alice, milestone, url):
    as_alice.post(url, answers(milestone, 2))
    as_alice.post(url, answers(milestone, 5))
    as_alice.post(url, answers(milestone, 1))

    page = as_alice.get(url).content.decode()

    assert [attempt.correct for attempt in QuizAttempt.objects.order_by("pk")] == [2, 5, 1]
    assert page.index("1 of 5 right") < page.index("5 of 5 right") < page.index("2 of 5 right")
    assert evaluate(alice).milestones[0].quiz.is_passed is True
    assert evaluate(alice).milestones[0].quiz.best == 5


def test_the_same_page_sent_twice_is_one_attempt(as_alice, milestone, url):
    drawn = as_alice.get(url).context["form"]["submission_id"].value()

    for _ in range(2):
        as_alice.post(url, answers(milestone, 5, submission_id=str(drawn)))

    assert QuizAttempt.objects.count() == 1


def test_missing_answers_are_told_and_the_others_kept(as_alice, milestone, url):
    sent = answers(milestone, 5)
    first = milestone.questions.first()
    kept = sent.pop(f"question_{first.pk}")

    response = as_alice.post(url, sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Choose an answer.") == 1
    assert f'<a href="#id_question_{first.pk}">question 1</a></p>' in page
    assert f'id="id_question_{first.pk}"' in page
    assert page.count("checked") == 4
    assert f'value="{kept}" required' not in page
    assert not QuizAttempt.objects.exists()


def test_choices_of_another_question_are_refused(as_alice, milestone, url):
    first, second = milestone.questions.all()[:2]
    foreign = {f"question_{first.pk}": second.choices.get(is_best=True).pk}

    response = as_alice.post(url, answers(milestone, 5) | foreign)

    assert response.status_code == 422
    assert "Choose one of these answers." in response.content.decode()
    assert not QuizAttempt.objects.exists()


def test_repeated_choices_are_refused(as_alice, milestone, url):
    question = milestone.questions.first()
    both = {f"question_{question.pk}": [choice.pk for choice in question.choices.all()]}

    response = as_alice.post(url, answers(milestone, 5) | both)

    assert response.status_code == 422
    assert "Choose one answer only." in response.content.decode()
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize("odd", ["", "x", "-1", "99999999999999999999", "\x00"])
def test_odd_values_are_refused(as_alice, milestone, url, odd):
    question = milestone.questions.first()

    response = as_alice.post(url, answers(milestone, 5) | {f"question_{question.pk}": odd})

    assert response.status_code == 422
    assert not QuizAttempt.objects.exists()


def test_a_milestone_without_questions_has_no_quiz(as_alice):
    bare = make_milestone()

    assert as_alice.get(reverse("milestones:quiz", args=[bare.slug])).status_code == 404
    assert "Take the quiz" not in as_alice.get(bare.get_absolute_url()).content.decode()


def test_a_milestone_is_complete_with_its_quiz_only(as_alice, alice, milestone, url):
    make_requirement(make_step(milestone), kind="org")
    as_alice.post("/network/organisations/add/", {"name": "Northfield"})
    assert evaluate(alice).milestones[0].is_complete is False
    assert evaluate(alice).milestones[0].percent == 50

    as_alice.post(url, answers(milestone, 4))

    assert evaluate(alice).milestones[0].is_complete is True
    assert evaluate(alice).milestones[0].percent == 100


def test_later_edits_of_the_quiz_leave_the_result_alone(as_alice, alice, milestone, url):
    as_alice.post(url, answers(milestone, 5))
    milestone.questions.update(text="Something else?", rationale="Something else.")

    page = as_alice.get(QuizAttempt.objects.get().get_absolute_url()).content.decode()

    assert "How many?" in page
    assert "Something else" not in page


def test_hides_other_peoples_attempts(as_alice, bob, milestone):
    theirs = make_attempt(bob, milestone)

    assert as_alice.get(theirs.get_absolute_url()).status_code == 404
    assert (
        "4 of 5 right" not in as_alice.get(reverse("milestones:quiz", args=[milestone.slug])).content.decode()
    )


def test_the_result_is_only_read(as_alice, alice, milestone):
    assert as_alice.post(make_attempt(alice, milestone).get_absolute_url()).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_query_count_does_not_grow(as_alice, alice, milestone, url, count, django_assert_num_queries):
    for _ in range(count):
        make_attempt(alice, milestone)
        make_question(milestone)

    with django_assert_num_queries(5):
        as_alice.get(url)
