"""What is due, answered with one tap: with scripts and without, by mouse and by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cmetrack.tests.browser.conftest import sign_in
from networking.models import Contact, Interaction
from networking.tests.factories import make_contact, make_opportunity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ida(alice, content):
    today = timezone.localdate()
    make_contact(alice, name="Samuel Osei", next_on=today + timedelta(3))
    make_opportunity(alice, title="Spring bid", next_step="Ask again", next_on=today)
    return make_contact(
        alice, name="Ida Holm", stage="connected", next_step="Send the paper", next_on=today - timedelta(2)
    )


def row_of(page, name):
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=name, exact=True)).last


@pytest.mark.parametrize("address", ["/network/follow-ups/", "/"])
def test_one_tap_without_leaving_the_page(page, live_server, alice, ida, address):
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}{address}")
    page.evaluate("window.isSamePage = true")
    expect(page.locator("#due-count")).to_have_text("2 due")

    row_of(page, "Ida Holm").get_by_role("button", name="Done").click()

    expect(page.locator("#messages")).to_contain_text("Logged “Send the paper” with “Ida Holm”.")
    expect(page.locator("#due-count")).to_have_text("1 due")
    assert Interaction.objects.get().summary == "Send the paper"
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("Undone.")
    expect(row_of(page, "Ida Holm")).to_contain_text("2 days overdue")
    assert not Interaction.objects.filter(trashed_at=None).exists()
    assert page.url == f"{live_server.url}{address}"


def test_later_by_keyboard(page, live_server, alice, ida):
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}/network/follow-ups/")
    page.evaluate("window.isSamePage = true")

    row_of(page, "Ida Holm").get_by_role("button", name="Later").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("“Ida Holm” is out of sight until")
    ida.refresh_from_db()
    assert ida.snoozed_until >= timezone.localdate() + timedelta(7)
    assert page.evaluate("window.isSamePage")
    expect(page.get_by_role("heading", name="Overdue")).to_have_count(0)


def test_a_day_that_is_over_brings_the_page_that_says_so(browser, live_server, alice, ida):
    # Not the watched page: Chromium reports every refused request in the console.
    context = browser.new_context()
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/network/follow-ups/")
    row = row_of(page, "Ida Holm")

    row.get_by_role("button", name="Later").click()
    row.get_by_label("Or choose a day").fill("2020-01-06")
    row.get_by_role("button", name="Change the date").click()

    expect(page.get_by_text("This day is over.")).to_be_visible()
    expect(page.get_by_label("Day")).to_have_value("2020-01-06")
    soon = timezone.localdate() + timedelta(5)
    page.get_by_label("Day").fill(str(soon))
    page.get_by_role("button", name="Change the date").click()

    expect(page.locator("#messages")).to_contain_text("as you chose")
    context.close()
    ida.refresh_from_db()
    assert (ida.next_on, ida.is_next_pinned) == (soon, True)


@pytest.mark.parametrize("width", [1280, 360])
def test_without_scripts(browser, live_server, alice, ida, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/network/follow-ups/")

    row_of(page, "Spring bid").get_by_role("button", name="Later").click()
    row_of(page, "Spring bid").get_by_role("button", name="3 days").click()
    expect(page.locator("#messages")).to_contain_text("“Spring bid” is out of sight")
    row_of(page, "Ida Holm").get_by_role("button", name="Done").click()
    expect(page.locator("#messages")).to_contain_text("Logged “Send the paper”")
    expect(page.get_by_text("Nothing is due today.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(row_of(page, "Ida Holm")).to_contain_text("2 days overdue")
    context.close()
    assert Contact.objects.get(pk=ida.pk).next_step == "Send the paper"
