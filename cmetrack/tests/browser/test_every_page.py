"""Every page we have, through axe and the eye of a narrow phone: light and dark, wide and 360 px."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cmetrack.tests.browser.conftest import BACKEND, sign_in
from cmetrack.tests.test_access import PATTERNS, arguments_for
from milestones.models import Milestone, Step
from networking.models import Contact, Interaction, Opportunity, Organisation
from portfolio.models import Sample, SampleFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
ACCOUNT = ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]
EDITORS = ["/admin/", "/admin/milestones/milestone/", "/admin/milestones/step/", "/admin/portfolio/format/"]


@pytest.fixture
def ana(content, settings):
    settings.DEBUG = True
    call_command("demo", verbosity=0)
    settings.DEBUG = False
    return User.objects.get(email="ana@example.org")


def rows_of(user: User) -> dict[str, dict[str, int | str]]:
    """Arguments for every address that needs some, from the demo person's own records."""
    file = SampleFile.objects.for_user(user).first()
    touch = Interaction.objects.for_user(user).first()
    step = Step.objects.select_related("milestone").get(key="write_needs_assessment")
    return {
        "portfolio:": {"pk": file.sample_id, "file_pk": file.pk},
        "networking:": {"pk": Contact.objects.for_user(user).order_by("-last_touch_on").first().pk},
        "networking:interaction": {
            "pk": touch.contact_id,
            "touch_pk": touch.pk,
            "interaction_pk": touch.pk,
        },
        "networking:organisation": {"pk": Organisation.objects.for_user(user).first().pk},
        "networking:opportunity": {"pk": Opportunity.objects.for_user(user).first().pk},
        "milestones:": {"slug": step.milestone.slug, "pk": step.pk, "item_pk": 1},
        "accounts:": {},
        "progress:": {},
        "healthz": {},
        "favicon": {},
    }


def our_pages(user: User) -> list[str]:
    """Every address of ours that answers a GET with a page."""
    client = Client()
    client.force_login(user, BACKEND)
    rows = rows_of(user)
    addresses = [reverse(name, kwargs=arguments_for(name, rows)) for name in sorted(PATTERNS)]
    return [address for address in addresses if is_page(client.get(address))]


def is_page(response: HttpResponseBase) -> bool:
    response.close()
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


# Django's admin is Django's: there the rules of WCAG count, not axe's advice beyond them.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def in_short(rule: dict) -> str:
    """An axe finding: which rule, where first, and what to do about it."""
    first = rule["nodes"][0]
    return f"{rule['id']}: {first['html'][:200]} {first.get('failureSummary', '')[:300]}"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault(browser, live_server, ana, settings, scheme, width):
    settings.STATIC_URL = "/static/"
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    faults: dict[str, list[str]] = {}

    def look_at(address: str, rules: dict | None = None) -> None:
        page.goto(f"{live_server.url}{address}")
        found = [in_short(rule) for rule in Axe().run(page, options=rules).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        if found:
            faults[address] = found

    for address in [*SIGNED_OUT, "/no-such-page/"]:
        look_at(address)
    sign_in(context, live_server.url, ana)
    pages = our_pages(ana)
    for address in [*pages, *ACCOUNT]:
        look_at(address)
    sign_in(context, live_server.url, User.objects.get(email="editor@example.org"))
    change = reverse("admin:milestones_milestone_change", args=[Milestone.objects.first().pk])
    for address in [*EDITORS, change]:
        look_at(address, WCAG)
    context.close()

    assert len(pages) >= 25
    assert faults == {}


@pytest.mark.parametrize("width", [320])
def test_nothing_scrolls_sideways_on_the_smallest_phone(browser, live_server, ana, width):
    """With names as long and unbroken as people can type them."""
    Sample.objects.for_user(ana).update(title="W" * 200, therapeutic_area="W" * 100)
    Contact.objects.for_user(ana).update(name="W" * 150, next_step="W" * 200)
    Organisation.objects.for_user(ana).update(name="W" * 150)
    Opportunity.objects.for_user(ana).update(title="W" * 200)
    context = browser.new_context(viewport={"width": width, "height": 700})
    sign_in(context, live_server.url, ana)
    page = context.new_page()
    too_wide = []

    for address in our_pages(ana):
        page.goto(f"{live_server.url}{address}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(address)
    context.close()

    assert too_wide == []


def test_works_by_keyboard_alone(page, live_server, ana):
    sign_in(page.context, live_server.url, ana)
    page.goto(f"{live_server.url}/network/contacts/add/")
    page.keyboard.press("Tab")
    assert re.search("skip", page.evaluate("document.activeElement.textContent"), re.IGNORECASE)
    page.keyboard.press("Enter")

    page.get_by_label("Name").focus()
    page.keyboard.type("Keyboard Person")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/network/contacts/\d+/"))
    assert Contact.objects.for_user(ana).filter(name="Keyboard Person").count() == 1
