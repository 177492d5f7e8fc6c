"""Who changed a text, line by line, and older texts put back, row by row."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from milestones.admin.watchful import CHANGED_BY_ANOTHER
from milestones.models import Step
from milestones.publishing import tell_of_change
from milestones.tests.factories import make_competency, make_milestone, make_question, make_step

TODAY = date(2026, 11, 20)


@pytest.fixture
def as_editor(bob):
    bob.is_staff = bob.is_superuser = True
    bob.save()
    client = Client()
    client.force_login(bob)
    return client


@pytest.fixture
def step(db):
    """A step whose guidance was changed once."""
    step = make_step(title="Map the field", guidance="One.\nTwo.\nThree.\nFour.")
    step.guidance = "One.\nTwo.\nThree, better.\nFour."
    step.save()
    return step


def history_url(row, *version):
    name = "simple_history" if version else "history"
    return reverse(f"admin:milestones_{row._meta.model_name}_{name}", args=[row.pk, *version])


def older(row):
    return history_url(row, row.history.earliest().pk)


def shown(client, url):
    """What the page of an older text would send back untouched."""
    response = client.get(url)
    fields = response.context["adminform"].form
    assert 'name="seen"' in response.content.decode()
    values = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_shows_what_changed_line_by_line(as_editor, step):
    page = as_editor.get(history_url(step)).content.decode()

    assert '<del><span class="sign">Removed:</span> Three.</del>' in page
    assert '<ins><span class="sign">Added:</span> Three, better.</ins>' in page
    assert "One." not in page
    # An inline style would be refused by our own policy.
    assert "style=" not in page


def test_names_what_a_choice_points_to(as_editor):
    first, second = make_milestone(title="First"), make_milestone(title="Second")
    question = make_question(first)
    question.milestone, question.retired_on = second, TODAY
    question.save()

    page = as_editor.get(history_url(question)).content.decode()

    assert ["First" in page, "Second" in page, "2026-11-20" in page] == [True, True, True]


@pytest.mark.parametrize("make", [make_step, make_milestone, make_competency])
def test_what_was_never_changed_has_one_entry_and_nothing_to_put_back(as_editor, db, make):
    page = as_editor.get(history_url(make())).content.decode()

    assert "as it is now" in page
    assert "put it back" not in page


def test_an_older_text_is_put_back_and_todays_kept(as_editor, step):
    as_editor.post(older(step), shown(as_editor, older(step)))

    step.refresh_from_db()
    assert step.guidance == "One.\nTwo.\nThree.\nFour."
    assert [row.guidance.split("\n")[2] for row in step.history.all()] == [
        "Three.",
        "Three, better.",
        "Three.",
    ]


def test_putting_back_keeps_the_revision_that_people_were_told_of(as_editor, step):
    tell_of_change(step, "Three is better.", TODAY)

    as_editor.post(older(step), shown(as_editor, older(step)))

    step = Step.objects.get()
    assert (step.guidance.split("\n")[2], step.revision) == ("Three.", 2)
    tell_of_change(step, "And back again.", TODAY)
    assert [change.revision for change in step.changes.all()] == [2, 3]


def test_who_puts_back_what_somebody_changed_meanwhile_is_told(as_editor, step):
    sent = shown(as_editor, older(step))
    Step.objects.update(title="Somebody else’s title")

    response = as_editor.post(older(step), sent)

    assert response.context["adminform"].form.non_field_errors() == [CHANGED_BY_ANOTHER]
    assert Step.objects.get().title == "Somebody else’s title"


def test_only_editors_see_it(as_alice, step):
    assert [as_alice.get(url).status_code for url in (history_url(step), older(step))] == [302, 302]
