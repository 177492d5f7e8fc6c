"""The four things people do, in a real browser, the way they do them."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cmetrack.tests.browser.conftest import sign_in
from milestones.models import Milestone
from networking.models import Contact, Interaction
from portfolio.models import Sample, SampleFile
from portfolio.tests.factories import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a quiet ward at four in the morning"


@pytest.fixture
def person(content):
    fields = {"name": "Ana Ribeiro", "welcomed_at": timezone.now()}
    return User.objects.create_user("ana@example.org", PASSWORD, **fields)


@pytest.fixture
def signed_in(page: Page, live_server, person) -> Page:
    sign_in(page.context, live_server.url, person)
    return page


def test_signs_up_and_meets_the_five_milestones(page: Page, live_server, content):
    page.goto(live_server.url)
    page.get_by_role("link", name="Start free").first.click()
    page.get_by_label("E-mail").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create").click()

    expect(page).to_have_url(f"{live_server.url}/accounts/welcome/")
    page.get_by_label("What should we call you?").fill("Ana Ribeiro")
    page.get_by_text("Health professional").click()
    page.get_by_role("button", name=re.compile("^(Save|Continue|Start)")).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    milestones = page.get_by_role("navigation", name="The five milestones").get_by_role("listitem")
    expect(milestones).to_have_count(5)
    expect(page.get_by_role("heading", name="Three good first steps")).to_be_visible()
    assert User.objects.get().persona == "health_professional"


def test_logs_a_sample_with_a_file_and_sees_a_step_close(
    signed_in: Page, live_server, person, tmp_path: Path
):
    page = signed_in
    file = tmp_path / "gap statements “final”.pdf"
    file.write_bytes(PDF)
    page.goto(f"{live_server.url}/portfolio/")
    page.get_by_role("main").get_by_role("link", name=re.compile("(Log|Add)")).first.click()

    page.get_by_label("Title").fill("Three gaps in heart failure follow-up")
    page.get_by_label("Format").select_option(label="Gap and objectives table")
    with page.expect_file_chooser() as chooser:
        page.get_by_label(re.compile("file", re.IGNORECASE)).first.click()
    chooser.value.set_files(file)
    page.get_by_role("button", name="Log it", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Three gaps in heart failure follow-up")
    expect(page.get_by_text("Step closed: Write three gap statements")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("gap statements")).first.click()
    assert Path(download.value.path()).read_bytes() == PDF
    assert SampleFile.objects.get().name == "gap statements “final”.pdf"
    assert Sample.objects.get().owner == person


def test_records_a_contact_and_a_touch(signed_in: Page, live_server, person):
    page = signed_in
    page.goto(f"{live_server.url}/network/contacts/add/")
    page.get_by_label("Name").fill("Ida Holm")
    page.get_by_label("Organisation").fill("Northfield Medical Education")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ida Holm")

    page.get_by_role("textbox", name="What happened").fill("Met after her talk on cases")
    page.get_by_role("button", name=re.compile("Log")).first.dblclick()

    expect(page.get_by_text("Met after her talk on cases")).to_be_visible()
    contact = Contact.objects.get()
    assert contact.organisation.name == "Northfield Medical Education"
    assert Interaction.objects.for_user(person).count() == 1
    assert contact.last_touch_on == timezone.localdate()


def test_an_editor_changes_a_milestone_and_people_see_it(signed_in: Page, live_server, person):
    page = signed_in
    User.objects.create_superuser("editor@example.org", PASSWORD)
    sign_in(page.context, live_server.url, User.objects.get(email="editor@example.org"))
    milestone = Milestone.objects.first()
    page.goto(f"{live_server.url}/admin/milestones/milestone/{milestone.pk}/change/")
    page.get_by_label("Promise").fill("You can say in one breath who funds CME.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto(f"{live_server.url}{milestone.get_absolute_url()}")
    expect(page.get_by_text("You can say in one breath who funds CME.")).to_have_count(0)
    page.goto(f"{live_server.url}/admin/milestones/milestone/{milestone.pk}/change/")
    page.get_by_role("link", name="Look at the changes and publish").click()
    expect(page.locator("ins")).to_contain_text("You can say in one breath who funds CME.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("People see version 2 from now on.")).to_be_visible()

    sign_in(page.context, live_server.url, person)
    page.goto(f"{live_server.url}{milestone.get_absolute_url()}")

    expect(page.get_by_text("You can say in one breath who funds CME.")).to_be_visible()


def test_undo_brings_a_deleted_contact_back(signed_in: Page, live_server, person):
    page = signed_in
    contact = Contact.objects.create(owner=person, name="Ida Holm")
    page.goto(f"{live_server.url}{contact.get_absolute_url()}")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="Move to the trash").click()
    page.get_by_role("button", name=re.compile("trash", re.IGNORECASE)).click()
    expect(page.get_by_role("link", name="Ida Holm")).to_have_count(0)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ida Holm")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_search_narrows_the_list_and_stays_in_the_address(browser, live_server, person, javascript):
    for name in ("Ida Holm", "Samuel Osei"):
        Contact.objects.create(owner=person, name=name)
    context = browser.new_context(java_script_enabled=javascript)
    sign_in(context, live_server.url, person)
    page = context.new_page()
    page.goto(f"{live_server.url}/network/")

    page.locator("[name=q]").fill("Samuel")
    page.locator("[name=q]").press("Enter")

    expect(page.get_by_role("link", name="Samuel Osei")).to_be_visible()
    expect(page.get_by_role("link", name="Ida Holm")).to_have_count(0)
    expect(page).to_have_url(re.compile("q=Samuel"))
    context.close()


def test_what_is_not_asked_stays_out_of_the_address(signed_in: Page, live_server, person):
    Contact.objects.create(owner=person, name="Ida Holm")
    page = signed_in
    page.goto(f"{live_server.url}/network/")

    page.get_by_role("search").get_by_label("Relationship").select_option(label="Connected")
    expect(page).to_have_url(f"{live_server.url}/network/?stage=connected")

    page.get_by_role("search").get_by_label("Relationship").select_option(label="Any")
    expect(page).to_have_url(f"{live_server.url}/network/")
