"""What the path does in a real browser beyond plain pages: notes, terms, order."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cmetrack.tests.browser.conftest import let_it_save, sign_in
from conftest import PASSWORD
from milestones.models import Milestone, Step, StepProgress

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(content):
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana", welcomed_at=timezone.now())


@pytest.fixture
def step(content):
    return Step.objects.select_related("milestone").get(key="set_a_goal")


@pytest.fixture
def signed_in(page: Page, live_server, person) -> Page:
    sign_in(page.context, live_server.url, person)
    page.clock.install()
    return page


def test_a_note_saves_itself_and_closes_its_step(signed_in: Page, live_server, person, step):
    page = signed_in
    page.goto(f"{live_server.url}{step.get_absolute_url()}")

    page.get_by_label("Your note").fill("word " * 60)
    let_it_save(page)

    expect(page.locator("#save-status")).to_contain_text("Saved at")
    expect(page.get_by_text("Step closed:")).to_be_visible()
    expect(page.locator("#step-facts")).to_contain_text("Closed")
    assert StepProgress.objects.get(owner=person).words == 60


def test_a_second_round_of_typing_is_saved_too(signed_in: Page, live_server, person, step):
    page = signed_in
    page.goto(f"{live_server.url}{step.get_absolute_url()}")
    box, status = page.get_by_label("Your note"), page.locator("#save-status")
    box.fill("First")
    let_it_save(page)
    expect(status).to_contain_text("Saved at")

    box.press_sequentially(" and second")
    expect(status).to_contain_text("Not saved yet")
    let_it_save(page)
    expect(status).to_contain_text("Saved at")

    assert StepProgress.objects.get(owner=person).note == "First and second"


def test_a_note_survives_a_closed_tab(signed_in: Page, live_server, person, step):
    page = signed_in
    page.goto(f"{live_server.url}{step.get_absolute_url()}")
    page.get_by_label("Your note").fill("Not lost")
    # Sooner than it saves itself.
    page.close()

    again = page.context.new_page()
    again.goto(f"{live_server.url}{step.get_absolute_url()}")
    expect(again.get_by_label("Your note")).to_have_value("Not lost")
    again.get_by_role("button", name="Save note").click()

    expect(again.get_by_text("Note saved.")).to_be_visible()
    assert StepProgress.objects.get(owner=person).note == "Not lost"


def test_a_note_survives_an_expired_session(signed_in: Page, live_server, person, step):
    page = signed_in
    page.goto(f"{live_server.url}{step.get_absolute_url()}")
    Session.objects.all().delete()

    page.get_by_label("Your note").fill("Not lost")
    let_it_save(page)
    page.wait_for_url(re.compile("/accounts/login/"))
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_label("Your note")).to_have_value("Not lost")
    let_it_save(page)
    expect(page.locator("#save-status")).to_contain_text("Saved at")
    assert StepProgress.objects.get(owner=person).note == "Not lost"


def test_a_term_explains_itself_by_keyboard(signed_in: Page, live_server, content):
    page = signed_in
    page.goto(f"{live_server.url}{Milestone.objects.first().get_absolute_url()}")
    term = page.locator("a.term").first
    term.focus()

    page.keyboard.press("Enter")
    note = page.locator("#term-note")
    expect(note).to_be_visible()
    expect(note.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")

    expect(note).to_be_hidden()
    expect(term).to_be_focused()


def test_a_term_is_a_link_without_scripts(browser, live_server, person, content):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server.url, person)
    page = context.new_page()
    page.goto(f"{live_server.url}{Milestone.objects.first().get_absolute_url()}")

    page.locator("a.term").first.click()

    expect(page).to_have_url(re.compile(r"/path/glossary/#\w+"))
    context.close()


def test_the_quiz_works_without_scripts(browser, live_server, person, content):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server.url, person)
    page = context.new_page()
    milestone = Milestone.objects.first()
    page.goto(f"{live_server.url}{milestone.get_absolute_url()}quiz/")

    for question in milestone.questions.prefetch_related("choices"):
        best = question.choices.get(is_best=True)
        page.get_by_label(best.text, exact=True).check()
    page.get_by_role("button", name="See how you did").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("5 of 5 right: passed")
    context.close()


def test_an_editor_moves_a_step_by_keyboard(page: Page, live_server, content):
    editor = User.objects.create_superuser("editor@example.org", PASSWORD)
    sign_in(page.context, live_server.url, editor)
    milestone = Milestone.objects.first()
    before = list(milestone.steps.values_list("title", flat=True))
    page.goto(f"{live_server.url}/admin/milestones/milestone/{milestone.pk}/change/")

    button = page.locator("#steps-0").get_by_role("button", name="Move down")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    after = list(milestone.steps.values_list("title", flat=True))
    assert after == [before[1], before[0], *before[2:]]


def test_an_editor_drags_a_step(page: Page, live_server, content):
    editor = User.objects.create_superuser("editor@example.org", PASSWORD)
    sign_in(page.context, live_server.url, editor)
    milestone = Milestone.objects.first()
    before = list(milestone.steps.values_list("title", flat=True))
    page.goto(f"{live_server.url}/admin/milestones/milestone/{milestone.pk}/change/")

    second = page.locator("#steps-1")
    page.locator("#steps-0 .field-page").drag_to(
        second, target_position={"x": 8, "y": (second.bounding_box() or {})["height"] - 4}
    )
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    after = list(milestone.steps.values_list("title", flat=True))
    assert after == [before[1], before[0], *before[2:]]
