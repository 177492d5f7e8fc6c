"""Comments from a reader, once accepted, are feedback like any other."""

from datetime import date

import pytest
from django.urls import reverse

from milestones.evidence import evaluate
from milestones.models import StepProgress
from milestones.tests.factories import make_requirement, make_step
from networking.models import Interaction
from networking.tests.factories import make_contact, make_interaction
from portfolio.models import ReviewRequest
from portfolio.tests.factories import make_review, make_sample

DAY = date(2026, 11, 21)


@pytest.fixture
def step(db):
    step = make_step(title="Get a reader")
    return make_requirement(step, kind="interaction", interaction_kind="feedback").step


@pytest.fixture
def review(alice):
    return make_review(make_sample(alice), ["Clear.", "Shorten it."])


def decide(client, deed, review):
    address = reverse(f"portfolio:review-{deed}", args=[review.sample_id, review.pk])
    response = client.post(address, follow=True)
    return [str(message) for message in response.context["messages"]]


def asked(person):
    return next(requirement for step in evaluate(person).steps for requirement in step.requirements)


def completed_on(step):
    progress = StepProgress.objects.filter(step=step).first()
    return progress and progress.completed_on


def test_accepting_on_the_page_closes_the_step_and_the_reader_is_the_proof(as_alice, alice, step, review):
    assert asked(alice).have == 0

    told = decide(as_alice, "accept", review)

    assert "Step closed: Get a reader." in told
    assert completed_on(step)
    page = as_alice.get(step.get_absolute_url()).content.decode()
    assert f'<a href="{review.sample.get_absolute_url()}"><bdi>Lena Brandt</bdi></a>' in page


def test_taking_it_back_says_so_and_the_step_can_be_opened_again(as_alice, alice, step, review):
    decide(as_alice, "accept", review)
    reopen = reverse("milestones:reopen", args=[step.milestone.slug, step.pk])
    as_alice.post(reopen)
    assert completed_on(step), "what is accepted holds it closed"

    decide(as_alice, "reconsider", review)
    assert evaluate(alice).step(step.pk).evidence_gone

    as_alice.post(reopen)
    assert completed_on(step) is None

    decide(as_alice, "accept", review)
    assert completed_on(step)


@pytest.mark.parametrize("decision", [{}, {"set_aside_on": DAY}])
def test_what_is_not_accepted_does_not_count(alice, step, review, decision):
    ReviewRequest.objects.update(**decision)

    assert (asked(alice).have, asked(alice).proof) == (0, ())


def test_without_an_answer_nothing_counts(alice, step):
    make_review(make_sample(alice), accepted_on=DAY)

    assert asked(alice).have == 0


def test_counts_with_the_touches_of_its_kind_and_with_no_others(alice, step):
    make_interaction(alice, contact=make_contact(alice, name="Ida"), kind="feedback", happened_on=DAY)
    make_interaction(alice, contact=make_contact(alice, name="Jo"), kind="message")
    for day in (1, 30):
        make_review(make_sample(alice), ["Good."], reader=f"Reader {day}", accepted_on=date(2026, 11, day))
    make_requirement(step, kind="interaction", interaction_kind="message")

    feedback, message = (r for state in evaluate(alice).steps for r in state.requirements)

    assert [proof.name for proof in feedback.proof] == ["Reader 30", "Ida", "Reader 1"]
    assert (feedback.have, message.have) == (3, 1)


def test_goes_to_the_trash_with_its_sample_and_comes_back(alice, step, review):
    ReviewRequest.objects.update(accepted_on=DAY)
    review.sample.trash()
    assert asked(alice).have == 0

    review.sample.restore()

    assert asked(alice).have == 1


def test_counts_for_its_owner_only(alice, bob, step, review):
    ReviewRequest.objects.update(accepted_on=DAY)

    assert (asked(alice).have, asked(bob).have) == (1, 0)


def test_who_lacks_feedback_is_led_to_a_sample_to_ask_about(alice, step):
    assert asked(alice).missing_label == "Log a sample"

    sample = make_sample(alice, title="Gout at night")

    assert asked(alice).missing_label == "Ask a reader about “Gout at night”"
    assert asked(alice).missing_url.startswith(reverse("portfolio:review-create", args=[sample.pk]))


@pytest.mark.parametrize("count", [0, 40])
def test_costs_no_query_more(alice, step, count, django_assert_num_queries):
    contact, sample = make_contact(alice), make_sample(alice)
    Interaction.objects.bulk_create(
        Interaction(owner=alice, contact=contact, kind="feedback", happened_on=DAY) for _ in range(count)
    )
    for _ in range(count):
        make_review(sample, ["Good."], accepted_on=DAY)

    with django_assert_num_queries(7):
        assert asked(alice).have == 2 * count
