"""Files of a sample as a person meets them: choosing, being warned, looking inside."""

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import Page, expect

from cmetrack.tests.browser.conftest import sign_in
from conftest import make_user
from portfolio.models import SampleFile
from portfolio.tests.factories import make_sample, make_sample_file
from portfolio.tests.files import pdf, pdf_by

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(page: Page, live_server, content):
    person = make_user("ana@example.org", name="Ana Ribeiro")
    sign_in(page.context, live_server.url, person)
    return make_sample(person, format="needs_assessment")


def upload(page: Page, name, content):
    files = page.get_by_role("region", name="Files")
    files.get_by_label("Files").set_input_files({"name": name, "mimeType": "", "buffer": content})
    files.get_by_role("radio", name="Redacted").check()
    files.get_by_role("button", name="Upload").click()


def test_a_redacted_file_that_names_its_author_asks_first(page: Page, live_server, sample):
    page.goto(f"{live_server.url}{sample.get_absolute_url()}")
    upload(page, "extract.pdf", pdf_by("Ida Holm, Northfield"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Is version 1 really redacted?")
    expect(page.get_by_role("listitem").get_by_text("Author: Ida Holm, Northfield")).to_be_visible()
    assert SampleFile.objects.get().kind == "full"
    page.get_by_role("button", name="Keep it as redacted all the same").click()

    expect(page.get_by_text("Version 1 now counts as redacted.")).to_be_visible()
    assert SampleFile.objects.get().kind == "redacted"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Version 1 counts as full.")).to_be_visible()
    assert SampleFile.objects.get().kind == "full"


def test_a_file_that_names_nobody_asks_nothing(page: Page, live_server, sample):
    page.goto(f"{live_server.url}{sample.get_absolute_url()}")
    upload(page, "extract.pdf", pdf())

    expect(page.get_by_role("region", name="Files").get_by_text("Redacted", exact=True).first).to_be_visible()
    assert SampleFile.objects.get().kind == "redacted"


def test_looking_inside_shows_the_pages(page: Page, live_server, sample):
    make_sample_file(sample, pdf(3), name="gout.pdf", pages=3, preview_pages=3)
    page.goto(f"{live_server.url}{sample.get_absolute_url()}")
    page.get_by_role("link", name="Look inside version 1").first.click()

    last = page.get_by_alt_text("Page 3 of 3 of gout.pdf")
    last.scroll_into_view_if_needed()
    expect(last).to_have_js_property("naturalWidth", 1000)


def test_a_page_that_cannot_be_drawn_says_so(browser, live_server, sample, page: Page):
    file = make_sample_file(sample, b"%PDF-1.7 broken", name="gout.pdf")
    # The failed picture is an error in the console, so this one may not listen to it.
    quiet = browser.new_page()
    quiet.context.add_cookies(page.context.cookies())
    quiet.goto(f"{live_server.url}{file.pages_url}")

    expect(quiet.get_by_text("gout.pdf cannot be shown here. Download the file to see it.")).to_be_visible()
    quiet.context.close()


def test_a_download_of_a_lost_file_says_so(browser, live_server, sample, page: Page):
    file = make_sample_file(sample)
    default_storage.delete(file.file.name)
    quiet = browser.new_page()
    quiet.context.add_cookies(page.context.cookies())
    quiet.goto(f"{live_server.url}{file.download_url}")

    expect(quiet.get_by_role("heading", level=1)).to_have_text("This file is missing on our side")
    quiet.context.close()
