"""Bringing people along in a file, as a person does it: choose, look, confirm, take back."""

import pytest
from playwright.sync_api import Page, expect

from cmetrack.tests.browser.conftest import sign_in
from networking.models import Contact
from networking.tests.imports import ANA, BO, LINKEDIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(page: Page, context, live_server, alice):
    sign_in(context, live_server.url, alice)
    page.goto(f"{live_server.url}/network/")
    return page


def choose(page: Page, path, content: str) -> None:
    path.write_text(content)
    page.get_by_role("link", name="from LinkedIn").click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look at the file").click()


def test_linkedin_from_the_file_to_the_undo(people, tmp_path):
    choose(people, tmp_path / "Connections.csv", LINKEDIN + ANA + BO)
    expect(people.get_by_role("heading", name="Before anything is added")).to_be_visible()
    expect(people.get_by_role("rowheader", name="Ana Silva")).to_be_visible()
    assert Contact.objects.count() == 0

    people.get_by_role("button", name="Import 2 rows").click()
    expect(people.get_by_role("heading", name="Imported")).to_be_visible()
    people.get_by_role("link", name="Ana Silva").click()
    expect(people.get_by_role("heading", name="Ana Silva")).to_be_visible()
    people.go_back()

    people.get_by_role("button", name="Undo this import").click()
    expect(people.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    assert Contact.objects.count() == 0


def test_a_long_file_shows_how_far_it_is_and_finishes_by_itself(people, tmp_path, monkeypatch):
    monkeypatch.setattr("networking.imports.writing.AT_ONCE", 50)
    monkeypatch.setattr("networking.tasks.SECONDS", 0)
    monkeypatch.setattr("networking.views.imports.SECONDS", 0)
    rows = "".join(f"Person {n},Place {n % 7},mail{n}@example.org\n" for n in range(230))

    choose(people, tmp_path / "mine.csv", f"Name,Company,E-mail\n{rows}")
    people.get_by_role("button", name="Look at the people").click()
    people.get_by_role("button", name="Import 230 rows").click()

    expect(people.get_by_role("heading", name="Imported")).to_be_visible()
    assert Contact.objects.count() == 230
