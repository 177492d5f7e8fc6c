"""Whatever editors do and in whatever order, nobody's finished step is lost or counted twice."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milestones.closing import close_steps
from milestones.evidence import evaluate
from milestones.models import Milestone, Publication, Requirement, Step, StepProgress
from milestones.publishing import publish, tell_of_change
from milestones.restoring import put_back
from milestones.tests.factories import make_milestone, make_progress, make_requirement, make_step

DAY = date(2026, 11, 20)
STEPS = 3


def edit(milestone, n):
    Step.objects.filter(pk=nth(milestone, n).pk).update(title=f"Edited {n}", guidance="Otherwise.")


def retire(milestone, n):
    Step.objects.filter(pk=nth(milestone, n).pk).update(retired_on=DAY)


def bring_back(milestone, n):
    Step.objects.filter(pk=nth(milestone, n).pk).update(retired_on=None)


def reorder(milestone, n):
    Step.objects.filter(pk=nth(milestone, n).pk).update(position=n * 7 % 5)


def add(milestone, n):
    key = f"new-{Step.objects.count()}"
    step = Step.objects.create(milestone=milestone, key=key, title="New", guidance="Do.")
    Requirement.objects.create(step=step, kind="org")


def ask_for_more(milestone, n):
    Requirement.objects.create(step=nth(milestone, n), kind="note", count=100)


def matter(milestone, n):
    tell_of_change(nth(milestone, n), "It matters.", DAY)


def release(milestone, n):
    publish(milestone)


def go_back(milestone, n):
    publications = list(Publication.objects.filter(milestone=milestone))
    put_back(publications[n % len(publications)], DAY)


def nth(milestone, n):
    steps = list(milestone.steps.order_by("pk"))
    return steps[n % len(steps)]


DEEDS = [edit, retire, bring_back, reorder, add, ask_for_more, matter, release, release, go_back]


@pytest.fixture
def milestone(alice):
    milestone = make_milestone()
    for _ in range(STEPS):
        step = make_requirement(make_step(milestone), kind="org").step
        make_progress(alice, step, completed_on=DAY, note="Mine")
    return milestone


@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), max_size=12))
@settings(
    max_examples=60,
    deadline=None,
    database=None,
    # Each example tidies up after itself, below.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_order_of_editing_loses_or_doubles_a_finished_step(alice, milestone, deeds):
    finished = set(StepProgress.objects.for_user(alice).closed().values_list("step", flat=True))
    with transaction.atomic():
        for deed, n in deeds:
            deed(Milestone.objects.get(pk=milestone.pk), n)
            close_steps(alice, DAY)

        path = evaluate(alice)
        closed = [state.step.pk for state in path.steps if state.closed_on]
        past = [row.step_id for row in path.past if row.completed_on]
        rows = StepProgress.objects.for_user(alice)
        assert finished <= {*closed, *past}
        assert len(closed + past) == len({*closed, *past})
        assert rows.filter(step__in=finished, completed_on=DAY, note="Mine").count() == STEPS
        transaction.set_rollback(True)
