"""Samples in a real browser: a form that saves itself and loses nothing, and one-tap moves with Undo."""

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cmetrack.tests.browser.conftest import let_it_save, sign_in
from conftest import PASSWORD
from portfolio.models import Sample
from portfolio.tests.factories import PDF, make_sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/portfolio/add/"
DECK = "Slide deck"
# As in portfolio/index.html: for so long, a row that was swapped in takes no click.
SETTLES_AFTER_MS = 600


@pytest.fixture
def person(content):
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana", welcomed_at=timezone.now())


@pytest.fixture
def signed_in(page: Page, live_server, person) -> Page:
    sign_in(page.context, live_server.url, person)
    page.clock.install()
    return page


def open_form(page: Page, server: str, address: str = ADD) -> None:
    page.goto(f"{server}{address}")
    page.evaluate("document.querySelectorAll('details.more').forEach(fold => { fold.open = true; })")


def status(page: Page):
    return page.locator("#save-status")


def test_a_new_sample_saves_itself_once_and_gets_its_address(signed_in: Page, live_server, person):
    page = signed_in
    open_form(page, live_server.url)

    page.get_by_label("Title").fill("Gout in primary care")
    expect(status(page)).to_have_text("Saves itself once it has a title and a format")
    page.get_by_label("Format").select_option(label=DECK)
    let_it_save(page)
    expect(status(page)).to_contain_text("Saved at")
    draft = Sample.objects.get(owner=person)
    expect(page).to_have_url(f"{live_server.url}{draft.edit_url}")

    page.get_by_label("Private notes").press_sequentially("Twelve slides")
    expect(status(page)).to_contain_text("Not saved yet")
    let_it_save(page)
    expect(status(page)).to_contain_text("Saved at")

    assert Sample.objects.get().notes == "Twelve slides"
    page.reload()
    expect(page.get_by_label("Private notes")).to_have_value("Twelve slides")


def test_the_button_logs_the_very_sample_that_saved_itself(signed_in: Page, live_server, tmp_path):
    page = signed_in
    file = tmp_path / "gout.pdf"
    file.write_bytes(PDF)
    open_form(page, live_server.url)
    page.get_by_label("Title").fill("Gout")
    page.get_by_label("Format").select_option(label=DECK)
    let_it_save(page)
    expect(status(page)).to_contain_text("Saved at")

    page.get_by_label("Attach the file now").set_input_files(file)
    page.get_by_label("Audience").fill("Practice nurses")
    page.get_by_role("button", name="Log it", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Gout")
    sample = Sample.objects.get()
    assert (sample.audience, sample.files.get().name) == ("Practice nurses", "gout.pdf")


def test_after_logging_one_the_next_form_is_empty(signed_in: Page, live_server):
    # Not the fixture's own page, whose console must stay silent: it reports that the draft is refused.
    page = signed_in.context.new_page()
    open_form(page, live_server.url)
    page.get_by_label("Title").fill("Gout")
    # A finished piece waits for the button, so that only this browser knows of it until then.
    page.get_by_label("Ready").check()
    page.get_by_label("Format").select_option(label=DECK)

    page.get_by_role("button", name="Log it and add another").click()

    expect(page.get_by_text("Saved “Gout”.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("")
    expect(status(page)).to_have_text("")
    assert Sample.objects.count() == 1


def test_what_was_typed_survives_a_closed_tab(signed_in: Page, live_server, person):
    page = signed_in
    open_form(page, live_server.url)
    # Without a format there is nothing to save yet.
    page.get_by_label("Title").fill("Not lost")
    page.get_by_label("Private notes").fill("Not lost either")
    page.get_by_label("Client work").check()
    page.close()

    again = page.context.new_page()
    again.goto(f"{live_server.url}{ADD}")
    expect(again.get_by_label("Title")).to_have_value("Not lost")
    expect(again.get_by_label("Private notes")).to_have_value("Not lost either")
    expect(again.get_by_label("Client work")).to_be_checked()
    again.get_by_label("Format").select_option(label=DECK)
    let_it_save(again)

    expect(status(again)).to_contain_text("Saved at")
    sample = Sample.objects.get()
    assert (sample.title, sample.notes, sample.permission) == ("Not lost", "Not lost either", "not_asked")


def test_whoever_signs_out_leaves_nothing_typed_behind(signed_in: Page, live_server):
    page = signed_in
    open_form(page, live_server.url)
    page.get_by_label("Title").fill("About Northfield")
    kept = "Object.keys(localStorage).filter(name => name.startsWith('kept ')).length"
    assert page.evaluate(kept) == 1

    page.get_by_role("button", name="Sign out").first.click()

    page.wait_for_url(f"{live_server.url}/")
    assert page.evaluate(kept) == 0


def test_a_tab_closed_while_saving_makes_no_second_sample(signed_in: Page, live_server):
    # Not the fixture's own page, whose console must stay silent.
    page = signed_in.context.new_page()
    open_form(page, live_server.url)
    # The server gets it, and the answer never arrives.
    page.route("**/add/draft/", lambda route: (route.fetch(), route.abort()))
    page.get_by_label("Title").fill("Only one")
    page.get_by_label("Format").select_option(label=DECK)
    let_it_save(page)
    expect(status(page)).to_contain_text("no connection")
    assert Sample.objects.get().title == "Only one"
    page.close()

    again = page.context.new_page()
    again.goto(f"{live_server.url}{ADD}")
    let_it_save(again)
    expect(status(again)).to_contain_text("Saved at")
    again.get_by_label("Title").fill("Still only one")
    again.get_by_role("button", name="Log it", exact=True).click()

    expect(again.get_by_role("heading", level=1)).to_have_text("Still only one")
    assert Sample.objects.get().title == "Still only one"


def test_what_was_typed_survives_an_expired_session(signed_in: Page, live_server, person):
    page = signed_in
    draft = make_sample(person, title="Gout")
    open_form(page, live_server.url, draft.edit_url)
    Session.objects.all().delete()

    page.get_by_label("Summary").fill("Not lost")
    let_it_save(page)
    page.wait_for_url(re.compile("/accounts/login/"))
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_label("Summary")).to_have_value("Not lost")
    let_it_save(page)
    expect(status(page)).to_contain_text("Saved at")
    draft.refresh_from_db()
    assert draft.summary == "Not lost"


def test_the_button_loses_nothing_when_the_session_has_expired(signed_in: Page, live_server, person):
    page = signed_in
    ready = make_sample(person, title="Gout", status="ready")
    open_form(page, live_server.url, ready.edit_url)
    page.get_by_label("Summary").fill("Not lost")
    Session.objects.all().delete()

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_label("Summary")).to_have_value("Not lost")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved “Gout”.")).to_be_visible()
    ready.refresh_from_db()
    assert ready.summary == "Not lost"


def test_a_ready_sample_is_kept_in_the_browser_until_the_button(signed_in: Page, live_server, person):
    page = signed_in
    ready = make_sample(person, title="As shown", status="ready")
    open_form(page, live_server.url, ready.edit_url)

    page.get_by_label("Title").fill("As typed")
    expect(status(page)).to_have_text("Kept in this browser until you save")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    let_it_save(page)
    expect(status(page)).to_have_text("Kept in this browser until you save")
    assert sent == []

    open_form(page, live_server.url, ready.edit_url)
    expect(page.get_by_label("Title")).to_have_value("As typed")
    expect(status(page)).to_contain_text("What you had not saved is back")
    page.get_by_role("button", name="Drop it").click()

    expect(page.get_by_label("Title")).to_have_value("As shown")
    expect(status(page)).to_have_text("")
    ready.refresh_from_db()
    assert ready.title == "As shown"


def test_a_decision_on_a_draft_waits_for_the_button(signed_in: Page, live_server, person):
    page = signed_in
    draft = make_sample(person, title="Gout", status="draft")
    open_form(page, live_server.url, draft.edit_url)

    page.get_by_label("Granted in writing, in full").check()
    expect(status(page)).to_have_text("Your choice is saved with the button")
    page.get_by_label("Summary").fill("Typed")
    let_it_save(page)
    expect(status(page)).to_contain_text("What you chose is saved with the button")
    draft.refresh_from_db()
    assert (draft.summary, draft.permission, draft.look_due_since) == ("Typed", "own_work", None)

    # Even the choice comes back, and then the button saves it.
    open_form(page, live_server.url, draft.edit_url)
    expect(page.get_by_label("Granted in writing, in full")).to_be_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Have a fresh look")).to_be_visible()
    draft.refresh_from_db()
    assert draft.permission == "granted_full"


def test_a_second_tab_is_told_and_overwrites_nothing(signed_in: Page, live_server, person):
    first, second = signed_in, signed_in.context.new_page()
    draft = make_sample(person, title="Gout")
    for tab in (first, second):
        open_form(tab, live_server.url, draft.edit_url)
    first.get_by_label("Summary").fill("From the first tab")
    let_it_save(first)
    expect(status(first)).to_contain_text("Saved at")

    for words in ("From the second tab", "Still the second tab"):
        second.get_by_label("Summary").fill(words)
        let_it_save(second)
        expect(status(second)).to_contain_text("changed in another tab")
    draft.refresh_from_db()
    assert draft.summary == "From the first tab"

    # A closed tab keeps it, and opening it anew does not replace the other version either.
    open_form(second, live_server.url, draft.edit_url)
    expect(second.get_by_label("Summary")).to_have_value("Still the second tab")
    let_it_save(second)
    expect(status(second)).to_contain_text("changed in another tab")
    second.get_by_role("button", name="Take the other version").click()
    expect(second.get_by_label("Summary")).to_have_value("From the first tab")
    draft.refresh_from_db()
    assert draft.summary == "From the first tab"


def test_what_cannot_be_saved_yet_is_said_and_kept(signed_in: Page, live_server, person):
    # Not the fixture's own page, whose console must stay silent: it reports the 422.
    page = signed_in.context.new_page()
    draft = make_sample(person, title="Gout")
    open_form(page, live_server.url, draft.edit_url)

    page.get_by_label("Link", exact=True).fill("https://exam ple")
    let_it_save(page)
    expect(status(page)).to_contain_text("Link: Enter a web address")

    open_form(page, live_server.url, draft.edit_url)
    expect(page.get_by_label("Link", exact=True)).to_have_value("https://exam ple")
    page.get_by_label("Link", exact=True).fill("https://example.org/")
    let_it_save(page)
    expect(status(page)).to_contain_text("Saved at")
    draft.refresh_from_db()
    assert draft.external_url == "https://example.org/"


def test_the_origin_suggests_the_permission(signed_in: Page, live_server, person):
    page = signed_in
    draft = make_sample(person, title="Gout", origin="spec", permission="own_work")
    open_form(page, live_server.url, draft.edit_url)

    page.get_by_label("Client work").check()
    expect(page.get_by_label("Not asked yet")).to_be_checked()
    expect(page.get_by_text("Usual for “Client work”: not asked yet.")).to_be_visible()

    page.get_by_label("Refused").check()
    page.get_by_label("Course work").check()
    expect(page.get_by_label("Refused")).to_be_checked()
    expect(page.get_by_text("Your own choice stays.")).to_be_visible()


def test_logs_a_sample_without_scripts(browser, live_server, person):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server.url, person)
    page = context.new_page()
    page.goto(f"{live_server.url}{ADD}")
    page.get_by_label("Title").fill("Plain form")
    page.get_by_label("Format").select_option(label=DECK)
    page.get_by_role("button", name="Log it", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Plain form")
    page.get_by_role("button", name="In review").click()
    expect(page.get_by_text("“Plain form” is now: in review.")).to_be_visible()
    page.goto(f"{live_server.url}/portfolio/?status=in_review")
    page.get_by_role("button", name="Ready").click()
    expect(page).to_have_url(re.compile(r"/portfolio/\?status=in_review#sample-\d+$"))
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("row", name="Plain form")).to_contain_text("In review")
    context.close()


def test_one_tap_in_the_list_moves_a_sample_on_and_undo_moves_it_back(signed_in: Page, live_server, person):
    page = signed_in
    sample = make_sample(person, title="Gout", status="draft")
    make_sample(person, title="Other")
    page.goto(f"{live_server.url}/portfolio/?q=gout")
    row = page.get_by_role("row", name="Gout")

    # A double click moves it one state on, not two.
    row.get_by_role("button", name="Move “Gout” on to: In review").dblclick()
    expect(row.locator(".tag")).to_have_text("In review")
    expect(page.get_by_text("“Gout” is now: in review.")).to_be_visible()
    sample.refresh_from_db()
    assert sample.status == "in_review"
    expect(page).to_have_url(f"{live_server.url}/portfolio/?q=gout")
    page.clock.fast_forward(SETTLES_AFTER_MS)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("row", name="Gout").locator(".tag")).to_have_text("Draft")
    expect(page).to_have_url(f"{live_server.url}/portfolio/?q=gout#sample-{sample.pk}")
    sample.refresh_from_db()
    assert sample.status == "draft"


def test_after_the_last_move_a_keyboard_goes_on_at_undo(signed_in: Page, live_server, person):
    make_sample(person, title="Gout", status="in_review")
    signed_in.goto(f"{live_server.url}/portfolio/")

    signed_in.get_by_role("button", name="Move “Gout” on to: Ready").press("Enter")
    expect(signed_in.get_by_role("button", name="Undo")).to_be_visible()
    signed_in.clock.fast_forward(SETTLES_AFTER_MS)

    expect(signed_in.get_by_role("button", name="Undo")).to_be_focused()


def test_an_old_sample_is_confirmed_or_retired_from_its_row(signed_in: Page, live_server, person):
    page = signed_in
    for title in ("Gout", "Asthma"):
        make_sample(person, title=title, status="ready", completed_on=date(2020, 1, 1))
    page.goto(f"{live_server.url}/portfolio/")

    gout, asthma = page.get_by_role("row", name="Gout"), page.get_by_role("row", name="Asthma")
    gout.get_by_role("button", name=re.compile("Still current")).click()
    expect(gout).not_to_contain_text("still current?")
    asthma.get_by_role("button", name=re.compile("Retire it")).click()
    expect(asthma.locator(".tag")).to_have_text("Retired")
    page.clock.fast_forward(SETTLES_AFTER_MS)
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("row", name="Asthma")).to_contain_text("still current?")
    expect(page.get_by_role("row", name="Gout")).not_to_contain_text("still current?")
