"""A page for strangers, from making it to closing it, as the writer and the stranger see it."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from cmetrack.tests.browser.conftest import sign_in
from conftest import make_user
from portfolio.tests.factories import PDF, make_sample_file, make_share_link, make_shareable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writer(content):
    return make_user("ana@example.org", name="Ana Ribeiro", credentials="RN", headline="Cardiology nurse")


def test_the_address_is_copied_and_that_is_said(page: Page, live_server, writer):
    link = make_share_link(writer, make_shareable(writer))
    sign_in(page.context, live_server.url, writer)
    page.goto(f"{live_server.url}{link.get_absolute_url()}")

    page.get_by_role("button", name="Copy the address").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_text("Copied")


def test_a_keyboard_moves_a_sample_and_stays_where_it_was(page: Page, live_server, writer):
    first, second, third = (make_shareable(writer, title=title) for title in ("Gout", "Asthma", "Cough"))
    link = make_share_link(writer, first, second, third)
    sign_in(page.context, live_server.url, writer)
    page.goto(f"{live_server.url}{link.get_absolute_url()}")

    page.get_by_role("button", name="Move “Gout” down").press("Enter")

    expect(page.locator("#items .row-title")).to_have_text(["Asthma", "Gout", "Cough"])
    expect(page.get_by_role("button", name="Move “Gout” down")).to_be_focused()


def test_shares_a_page_and_closes_it(page: Page, browser: Browser, live_server, writer):
    make_sample_file(make_shareable(writer, title="Chronic cough case"))
    sign_in(page.context, live_server.url, writer)
    page.goto(f"{live_server.url}/portfolio/links/")
    page.get_by_role("link", name="Make your first page").click()
    page.get_by_label("Title").fill("Samples for Northfield")
    page.get_by_label("Chronic cough case").check()
    page.get_by_role("button", name="Make the page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samples for Northfield")
    address = page.get_by_label("Address of the page").input_value()

    stranger = browser.new_context(java_script_enabled=False)
    reader = stranger.new_page()
    reader.goto(address)
    expect(reader.get_by_role("heading", name="Chronic cough case")).to_be_visible()
    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("Download")).click()
    assert download.value.suggested_filename == "chronic-cough-case.pdf"
    assert download.value.path().read_bytes() == PDF

    page.reload()
    expect(page.get_by_role("heading", name="Opened 1 time")).to_be_visible()
    page.get_by_role("link", name="Close it").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    assert reader.goto(address).status == 404
    stranger.close()


def test_prints_on_two_pages(page: Page, live_server, writer):
    summary = "An invented patient, three decisions, feedback on every option and one closing pearl. " * 3
    fields = {"summary": summary, "audience": "Practice nurses", "role": "Sole writer"}
    samples = [make_shareable(writer, title=f"Chronic cough, case {n}", **fields) for n in range(6)]
    link = make_share_link(writer, *samples, introduction=summary)

    page.goto(f"{live_server.url}{link.public_url}")

    assert len(pypdfium2.PdfDocument(page.pdf(format="A4"))) <= 2
