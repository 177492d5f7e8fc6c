"""Comments from an outside reader, and lines for a CV, in a real browser."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cmetrack.tests.browser.conftest import sign_in
from milestones.models import Step
from portfolio.models import ReviewRequest
from portfolio.tests.factories import PDF, make_review, make_sample, make_sample_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(content) -> User:
    return User.objects.create_user("ana@example.org", None, name="Ana Ribeiro", welcomed_at=timezone.now())


@pytest.fixture
def signed_in(page: Page, live_server, person) -> Page:
    sign_in(page.context, live_server.url, person)
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_answers_and_their_comments_prove_a_step(
    browser: Browser, signed_in: Page, live_server, person, javascript
):
    page = signed_in
    sample = make_sample(person, title="Gout at night", status="draft")
    make_sample_file(sample)
    page.goto(f"{live_server.url}{sample.get_absolute_url()}")
    page.get_by_role("link", name="Ask for comments").click()
    page.get_by_label("Whom you ask").fill("Lena Brandt")
    page.get_by_label("What you would like to know").fill("Is page 2 clear?")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("The private link for Lena Brandt").input_value()

    answer_as_a_stranger(browser, link, javascript)

    page.goto(live_server.url)
    page.get_by_role("link", name=re.compile("Read the comments")).click()
    reviews = page.get_by_role("region", name="Comments from readers")
    expect(reviews).to_contain_text("Lena Brandt answered: 3 comments")
    expect(reviews).to_contain_text("Shorten the burden.")
    page.get_by_role("button", name="Accept as feedback").click()

    expect(reviews).to_contain_text("Counts as feedback")
    step = Step.objects.select_related("milestone").get(key="check_quality")
    page.goto(f"{live_server.url}{step.get_absolute_url()}")
    expect(page.get_by_role("main").get_by_role("link", name="Lena Brandt")).to_have_attribute(
        "href", sample.get_absolute_url()
    )


def answer_as_a_stranger(browser: Browser, link: str, javascript: bool) -> None:
    """Open the link in a browser of their own, download, send three comments with a double click."""
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Ribeiro asks for your comments")
    expect(page.get_by_text("Is page 2 clear?")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    assert download.value.suggested_filename == "gout-at-night.pdf"
    assert Path(download.value.path()).read_bytes() == PDF

    page.get_by_role("button", name="Send my comments").click()
    expect(page.get_by_role("alert")).to_contain_text("Write one comment at least.")
    page.get_by_label("What works").fill("The cases.")
    page.get_by_label("What to change first").fill("Shorten the burden.")
    page.get_by_label("What is unclear").fill("Who is meant?")
    page.get_by_role("button", name="Send my comments").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Lena Brandt")
    assert context.cookies() == []
    context.close()
    assert ReviewRequest.objects.get().comments.count() == 3


def test_a_withdrawn_link_leads_nowhere(browser: Browser, signed_in: Page, live_server, person):
    page = signed_in
    review = make_review(make_sample(person, external_url="https://example.org/gout"))
    reader = browser.new_page()
    reader.goto(f"{live_server.url}{review.public_url}")
    expect(reader.get_by_role("link", name="Read it online")).to_be_visible()

    page.goto(f"{live_server.url}{review.get_absolute_url()}")
    page.get_by_role("link", name="Withdraw the link").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("The link for Lena Brandt no longer works.")).to_be_visible()

    answer = reader.reload()
    assert answer is not None
    assert answer.status == 404
    expect(reader.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")
    reader.close()


def test_lines_for_a_cv_are_copied(signed_in: Page, live_server, person):
    page = signed_in
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    day = timezone.localdate().replace(year=2026)
    make_sample(person, title="Gout at night", status="ready", completed_on=day)
    make_sample(person, title="Hidden", status="ready", permission="refused", completed_on=day)
    page.goto(f"{live_server.url}/portfolio/")
    page.get_by_role("link", name="CV lines").click()

    page.get_by_role("button", name="Copy line 1").first.click()
    expect(page.get_by_role("button", name="Copied").first).to_be_visible()
    assert clipboard(page) == "“Gout at night”: needs assessment, 2026."

    page.get_by_role("link", name="Sentences").click()
    page.get_by_role("button", name="Copy all").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == (
        "Writing samples\nI wrote “Gout at night”, a needs assessment (2026).\n\n"
        "Further writing\nI wrote a needs assessment (2026)."
    )

    # Swapped in, the buttons work as well.
    page.get_by_label("Kind of work").select_option(label="Samples only")
    expect(page).to_have_url(re.compile("what=samples"))
    expect(page).to_have_url(re.compile("wording=sentence"))
    expect(page.get_by_role("button", name="Copy all")).to_be_visible()


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")
