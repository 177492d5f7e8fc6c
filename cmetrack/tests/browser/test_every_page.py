"""Every page we have, through axe and the eye of a narrow phone: light and dark, wide and 360 px."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from cmetrack.tests.browser.conftest import BACKEND, sign_in
from cmetrack.tests.test_access import PATTERNS, arguments_for
from conftest import PASSWORD, make_user
from milestones.models import Milestone, Step
from networking.models import Contact, Interaction, MessageTemplate, Opportunity, Organisation
from portfolio.models import Format, Sample, SampleFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/inactive/",
]
ACCOUNT = ["/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/logout/"]
# What a person without any record sees: every list empty.
FOR_NEWCOMERS = [
    "/",
    "/accounts/welcome/",
    "/path/",
    "/portfolio/",
    "/portfolio/trash/",
    "/network/",
    "/network/organisations/",
    "/network/opportunities/",
    "/network/opportunities/?view=board",
    "/network/follow-ups/",
    "/network/trash/",
    "/network/?q=nobody",
]
FORMS = [
    "/portfolio/add/",
    "/network/contacts/add/",
    "/network/organisations/add/",
    "/network/opportunities/add/",
]
# Addresses of ours that answer a GET with something other than a page.
NO_PAGES = {
    "accounts:skip",
    "accounts:welcome",  # Ana has been welcomed; the newcomer sees it
    "admin-shortcut",
    "favicon",
    "healthz",
    "milestones:check",
    "milestones:complete",
    "milestones:note",
    "milestones:read",
    "milestones:reopen",
    "milestones:uncheck",
    "milestones:unread",
    "networking:interaction-restore",
    "networking:opportunity-restore",
    "networking:organisation-restore",
    "networking:restore",
    "portfolio:file-download",
    "portfolio:move",
    "portfolio:restore",
}
# Django's admin is Django's: there the rules of WCAG count, not axe's advice beyond them.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

type Look = Callable[..., None]


@pytest.fixture
def ana(content, settings) -> User:
    settings.DEBUG = True
    call_command("demo", verbosity=0)
    settings.DEBUG = False
    return User.objects.get(email="ana@example.org")


@pytest.fixture
def visitor(browser, live_server, scheme, width) -> Iterator[Page]:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def look(visitor, live_server) -> Iterator[Look]:
    """Looks at the page at an address, or at the one that is open; at the end nothing may be wrong."""
    faults: dict[str, list[str]] = {}

    def look_at(address: str = "", rules: dict | None = None) -> None:
        if address:
            visitor.goto(f"{live_server.url}{address}")
        if found := faults_of(visitor, rules):
            faults[visitor.url] = found

    yield look_at
    assert faults == {}


def faults_of(page: Page, rules: dict | None) -> list[str]:
    found = [in_short(rule) for rule in Axe().run(page, options=rules).response["violations"]]
    return found + ["scrolls sideways"] * is_too_wide(page)


def is_too_wide(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def in_short(rule: dict) -> str:
    """An axe finding: which rule, where first, and what to do about it."""
    first = rule["nodes"][0]
    return f"{rule['id']}: {first['html'][:200]} {first.get('failureSummary', '')[:300]}"


def rows_of(user: User) -> dict[str, dict[str, int | str]]:
    """Arguments for every address that needs some, from the demo person's own records."""
    file = SampleFile.objects.for_user(user).first()
    step = Step.objects.select_related("milestone").get(key="write_needs_assessment")
    contact = Contact.objects.for_user(user).recently_touched().first()
    return {
        "portfolio:": {"pk": file.sample_id, "file_pk": file.pk},
        "networking:": {"pk": contact.pk},
        "networking:interaction": {"pk": Interaction.objects.for_user(user).first().pk},
        "networking:interaction-create": {"pk": contact.pk},
        "networking:organisation": {"pk": Organisation.objects.for_user(user).first().pk},
        "networking:opportunity": {"pk": Opportunity.objects.for_user(user).first().pk},
        "milestones:": {"slug": step.milestone.slug, "pk": step.pk, "item_pk": 1},
        **{prefix: {} for prefix in ("accounts:", "progress:", "healthz", "favicon", "admin-shortcut")},
    }


def our_pages(user: User) -> list[str]:
    """Every address of ours that answers a GET with a page."""
    client = Client()
    client.force_login(user, BACKEND)
    rows = rows_of(user)
    addresses = {name: reverse(name, kwargs=arguments_for(name, rows)) for name in sorted(PATTERNS)}
    pages = {name: address for name, address in addresses.items() if is_page(client.get(address))}
    assert set(addresses) - set(pages) == NO_PAGES
    return list(pages.values())


def is_page(response: HttpResponseBase) -> bool:
    response.close()
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_a_busy_person(visitor, live_server, look, ana):
    sign_in(visitor.context, live_server.url, ana)
    opportunity = Opportunity.objects.for_user(ana).open().first()
    move = reverse("networking:opportunity-move", args=[opportunity.pk])
    milestones = [milestone.get_absolute_url() for milestone in Milestone.objects.all()]

    for address in {*our_pages(ana), *milestones, *ACCOUNT}:
        look(address)
    for stage in ("pitched", "on_hold", "lost", "landed"):
        look(f"{move}?stage={stage}")
    look("/network/opportunities/?view=board")


# Both schemes and both widths once each: these pages are made of the same parts.
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_pages_of_strangers_and_newcomers(visitor, live_server, look, content):
    for address in SIGNED_OUT:
        look(address)
    person = make_user("new@example.org")
    for link in links_mailed_to(person):
        look(link)
    sign_in(visitor.context, live_server.url, person)
    for address in FOR_NEWCOMERS:
        look(address)


def links_mailed_to(person: User) -> list[str]:
    """The pages behind the links in the mails: a new password, and a new address to confirm."""
    client = Client()
    client.post("/accounts/password/reset/", {"email": person.email})
    client.post("/accounts/signup/", {"email": "other@example.org", "password1": PASSWORD})
    links = [re.search(r"https?://[^/]+(/\S+)", message.body) for message in mail.outbox]
    return [link.group(1) for link in links if link]


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_forms_sent_back_with_messages(visitor, live_server, look, content):
    sign_in(visitor.context, live_server.url, make_user("new@example.org"))

    for address in FORMS:
        visitor.goto(f"{live_server.url}{address}")
        visitor.locator("main form[method=post] [type=submit]").first.click()
        visitor.locator(".invalid-feedback").first.wait_for()
        look()


@pytest.mark.urls("cmetrack.tests.test_errors")
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_pages_that_say_what_went_wrong(visitor, live_server, look, content):
    for status in (400, 403, 404, 429, 500):
        look(f"/raise/{status}/")
    sign_in(visitor.context, live_server.url, make_user("new@example.org"))
    look("/raise/404/")
    visitor.goto(f"{live_server.url}/network/contacts/add/")
    visitor.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(field => field.remove())"
    )
    visitor.locator("main form[method=post] [type=submit]").first.click()
    visitor.get_by_text("Nothing was saved").wait_for()
    look()


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_pages_of_an_editor(visitor, live_server, look, content):
    sign_in(visitor.context, live_server.url, User.objects.create_superuser("editor@example.org", PASSWORD))
    look("/admin/", WCAG)
    for model in (Milestone, Step, Format, MessageTemplate):
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for address in (place, f"{place}add/", f"{place}{model.objects.first().pk}/change/"):
            look(address, WCAG)


def test_nothing_scrolls_sideways_on_the_smallest_phone(browser, live_server, ana):
    """With names as long and unbroken as people can type them."""
    Sample.objects.for_user(ana).update(title="W" * 200, therapeutic_area="W" * 100)
    Contact.objects.for_user(ana).update(name="W" * 150, next_step="W" * 200)
    Organisation.objects.for_user(ana).update(name="W" * 150)
    Opportunity.objects.for_user(ana).update(title="W" * 200)
    context = browser.new_context(viewport={"width": 320, "height": 700})
    sign_in(context, live_server.url, ana)
    page = context.new_page()
    too_wide = []

    for address in our_pages(ana):
        page.goto(f"{live_server.url}{address}")
        if is_too_wide(page):
            too_wide.append(address)
    context.close()

    assert too_wide == []


def test_works_by_keyboard_alone(page, live_server, ana):
    sign_in(page.context, live_server.url, ana)
    page.goto(f"{live_server.url}/network/contacts/add/")
    page.keyboard.press("Tab")
    assert "Skip to the content" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "name":
            break
    page.keyboard.type("Keyboard Person")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/network/contacts/\d+/"))
    assert Contact.objects.for_user(ana).filter(name="Keyboard Person").count() == 1
