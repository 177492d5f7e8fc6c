"""Every page we have, through axe and the eye of a narrow phone: light and dark, wide and 360 px."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core import mail
from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from cmetrack.tests.browser.conftest import BACKEND, sign_in
from cmetrack.tests.browser.looking import WCAG, Visitor, is_too_wide
from cmetrack.tests.test_access import PATTERNS, Arguments, arguments_for, rows_of
from conftest import PASSWORD, make_user
from milestones.models import Milestone, Step
from networking.models import Contact, Opportunity, Organisation
from networking.tests.factories import make_contact, make_opportunity
from networking.tests.imports import bring
from portfolio.gate import set_password
from portfolio.models import ReviewComment, ReviewRequest, Sample
from portfolio.tests.factories import make_review, make_sample, make_share_link, make_shareable

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
    # Links out of mails that no longer work.
    "/accounts/password/reset/key/0-old/",
    "/accounts/confirm-email/old/",
]
ACCOUNT = ["/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/logout/"]
ONLY_FOR_NEWCOMERS = [
    "/accounts/welcome/",
    "/network/opportunities/?view=board",
    "/network/?q=nobody",
]
FORMS_OF_STRANGERS = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
FORMS = [
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/portfolio/add/",
    "/network/contacts/add/",
    "/network/capture/",
    "/network/organisations/add/",
    "/network/opportunities/add/",
    "/network/templates/own/add/",
]
NOTE = "/network/templates/linkedin_long/"
# Addresses of ours that answer a GET with something other than a page.
NO_PAGES = {
    "accounts:skip",
    "accounts:welcome",  # Ana has been welcomed; the newcomer sees it
    "admin-shortcut",
    "favicon",
    "healthz",
    "milestones:acknowledge",
    "milestones:check",
    "milestones:complete",
    "milestones:focus",
    "milestones:note",
    "milestones:preview",  # the editor sees these
    "milestones:preview-quiz",
    "milestones:preview-step",
    "milestones:read",
    "milestones:reopen",
    "milestones:skip",
    "milestones:uncheck",
    "milestones:unread",
    "networking:bulk-stage",
    "networking:bulk-tag",
    "networking:bulk-trash",
    "networking:bulk-untag",
    "networking:calendar-create",
    "networking:calendar-delete",
    "networking:calendar-feed",
    "networking:calendar-replace",
    "networking:change-undo",
    "networking:done",
    "networking:follow-rule",
    "networking:export-csv",
    "networking:export-vcard",
    "networking:import-confirm",
    "networking:import-delete",
    "networking:import-detail",  # leads on to the preview; one that is done is looked at below
    "networking:import-example",
    "networking:import-go-on",
    "networking:import-undo",
    "networking:interaction-restore",
    "networking:message-check",
    "networking:opportunity-done",
    "networking:opportunity-export",
    "networking:opportunity-follow-rule",
    "networking:opportunity-no-reply",
    "networking:opportunity-restore",
    "networking:opportunity-settle",
    "networking:opportunity-stage",
    "networking:opportunity-unsettle",
    "networking:organisation-export",
    "networking:organisation-restore",
    "networking:own-template-check",
    "networking:own-template-restore",
    "networking:rest",
    "networking:restore",
    "portfolio:confirm",
    "portfolio:draft-create",
    "portfolio:draft-update",
    "portfolio:duplicate",
    "networking:undo",
    "portfolio:file-download",
    "portfolio:file-preview",
    "portfolio:file-unredact",
    "portfolio:link-down",
    "portfolio:link-publish",
    "portfolio:link-up",
    "portfolio:look",
    "portfolio:look-again",
    "portfolio:move",
    "portfolio:restore",
    "portfolio:review-accept",
    "portfolio:review-reconsider",
    "portfolio:review-set-aside",
    "portfolio:showing-delete",
    "portfolio:showing-restore",
    "portfolio:unconfirm",
    "sharing:file",
    "sharing:review-file",
}


@pytest.fixture
def ana(content, settings) -> User:
    settings.DEBUG = True
    call_command("demo", verbosity=0)
    settings.DEBUG = False
    return User.objects.get(email="ana@example.org")


@pytest.fixture
def visitor(browser, live_server) -> Iterator[Visitor]:
    """At the end nothing may be wrong with any page that was looked at."""
    visitor = Visitor(browser, live_server.url)
    yield visitor
    visitor.context.close()
    assert visitor.faults == {}


def rows_for(user: User) -> dict[str, Arguments]:
    """Arguments for every address that needs some: a person's own rows, and some content."""
    step = Step.objects.select_related("milestone").get(key="write_needs_assessment")
    return {
        **rows_of(user),
        "milestones:": {"slug": step.milestone.slug, "pk": step.pk, "item_pk": 1},
        "networking:message": {"slug": "pitch_email"},
        "milestones:competency": {"key": "needs_analysis"},
        **{name: {} for name, arguments in PATTERNS.items() if not arguments},
    }


def our_pages(user: User) -> list[str]:
    """Every address of ours that answers a GET with a page."""
    return [address for name, address in addresses_for(user).items() if name not in NO_PAGES]


def addresses_for(user: User) -> dict[str, str]:
    rows = rows_for(user)
    return {name: reverse(name, kwargs=arguments_for(name, rows)) for name in sorted(PATTERNS)}


def is_page(response: HttpResponseBase) -> bool:
    response.close()
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


# In two parts of the same length, one for each core.
@pytest.mark.parametrize("part", [0, 1])
def test_pages_of_a_busy_person(visitor, ana, part):
    sign_in(visitor.context, visitor.server, ana)
    opportunity = Opportunity.objects.for_user(ana).open().first()
    move = reverse("networking:opportunity-move", args=[opportunity.pk])
    milestones = [milestone.get_absolute_url() for milestone in Milestone.objects.all()]
    moves = [
        f"{move}?stage={stage}" for stage in ("pitched", "test_brief", "on_hold", "lost", "landed", "paid")
    ]
    board = "/network/opportunities/?view=board"
    write = [f"{start}?opportunity={opportunity.pk}" for start in ("/network/templates/", NOTE)]
    imported = bring(ana).get_absolute_url()
    # In one order whatever the secrets in the addresses, so that each page is in one of the parts.
    pages = dict.fromkeys([*our_pages(ana), *milestones, *moves, *ACCOUNT, board, *write, imported])

    for address in [*pages][part::2]:
        visitor.look(address)


def test_pages_of_strangers(visitor, content):
    for address in SIGNED_OUT:
        visitor.look(address)
    for link in links_mailed_to(make_user("new@example.org")):
        visitor.open(link)
        visitor.look()


def test_pages_of_a_reader_without_an_account(visitor, content):
    """The question, what is refused, the thanks, and words that came too late."""
    sample = make_sample(
        make_user("new@example.org"), summary="**Short.**", external_url="https://example.org/"
    )
    review = make_review(sample, question="Is page 2 clear?")
    visitor.look(review.public_url)
    look_at_refusal(visitor, review.public_url)
    visitor.page.get_by_label("What works").fill("The cases.")
    Client().post(review.public_url, {"comment_1": "Something else."})
    send_form(visitor.page)
    visitor.page.get_by_text("What you sent now was not added").wait_for()
    visitor.look()
    visitor.look(review.public_url)


def test_pages_shared_with_strangers(visitor, content):
    writer = make_user("new@example.org", name="New Writer")
    sample = make_shareable(writer, permission="refused", therapeutic_area="oncology")
    visitor.look(make_share_link(writer, sample).public_url)
    visitor.look(make_share_link(writer).public_url)
    locked = make_share_link(writer, sample)
    set_password(locked, "rosebud rosebud")
    locked.save()
    visitor.look(locked.public_url)
    look_at_refusal(visitor, locked.public_url)


def links_mailed_to(person: User) -> list[str]:
    """The pages behind the links in the mails: a new password, and a new address to confirm."""
    client = Client()
    client.post("/accounts/password/reset/", {"email": person.email})
    client.post("/accounts/signup/", {"email": "other@example.org", "password1": PASSWORD})
    links = [re.search(r"https?://[^/]+(/\S+)", message.body) for message in mail.outbox]
    return [link.group(1) for link in links if link]


def test_pages_of_newcomers(visitor, content):
    """Whatever a person without any record can open: every list is empty. Their forms are sent back below."""
    person = make_user("new@example.org")
    sign_in(visitor.context, visitor.server, person)
    names = {name for name, arguments in PATTERNS.items() if not arguments} - NO_PAGES
    for address in sorted({*map(reverse, names), *ONLY_FOR_NEWCOMERS} - {*FORMS}):
        visitor.look(address)
    person.set_unusable_password()
    person.save()
    sign_in(visitor.context, visitor.server, person)
    visitor.look("/accounts/password/set/")


def test_forms_sent_back_with_messages(visitor, content):
    for address in FORMS_OF_STRANGERS:
        look_at_refusal(visitor, address)
    person = make_user("new@example.org")
    sign_in(visitor.context, visitor.server, person)
    opportunity = make_opportunity(person)
    landed = reverse("networking:opportunity-move", args=[opportunity.pk]) + "?stage=landed"
    for address in [*FORMS, landed]:
        look_at_refusal(visitor, address)
    sample = make_sample(person, permission="granted_private", external_url="https://example.org/")
    look_at_refusal(visitor, reverse("portfolio:review-create", args=[sample.pk]))


def look_at_refusal(visitor: Visitor, address: str) -> None:
    visitor.open(address)
    send_form(visitor.page)
    visitor.page.locator(".invalid-feedback, [role=alert]").first.wait_for()
    visitor.look()


def send_form(page: Page) -> None:
    page.locator("main form[method=post] [type=submit]").first.click()


@pytest.mark.urls("cmetrack.tests.test_errors")
def test_pages_that_say_what_went_wrong(visitor, content):
    for status in (400, 403, 404, 413, 429, 500, 507):
        visitor.look(f"/raise/{status}/")
    sign_in(visitor.context, visitor.server, make_user("new@example.org"))
    visitor.look("/raise/404/")
    visitor.open("/network/contacts/add/")
    visitor.page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(field => field.remove())"
    )
    send_form(visitor.page)
    visitor.page.get_by_text("Nothing was saved").wait_for()
    visitor.look()


@pytest.mark.parametrize("part", [0, 1])
def test_pages_of_an_editor(visitor, content, part):
    editor = User.objects.create_superuser("editor@example.org", PASSWORD)
    sign_in(visitor.context, visitor.server, editor)
    for address in editing_pages()[part::2]:
        visitor.look(address, WCAG)


def editing_pages() -> list[str]:
    """The content's pages: each kind of row in its list, changed and with its history; and publishing."""
    milestone = Milestone.objects.first()
    Milestone.objects.filter(pk=milestone.pk).update(promise="Something to publish.")
    pages = ["/admin/", "/admin/milestones/milestone/add/", "/admin/milestones/question/add/"]
    for model in admin.site._registry:
        if model._meta.app_label in {"milestones", "networking", "portfolio"}:
            place = reverse(admin_urlname(model._meta, "changelist"))
            pages += [place, f"{place}{model._default_manager.first().pk}/change/"]
    own = f"/admin/milestones/milestone/{milestone.pk}"
    step = reverse("milestones:preview-step", args=[milestone.slug, milestone.steps.first().pk])
    quiz = reverse("milestones:preview-quiz", args=[milestone.slug])
    previews = [reverse("milestones:preview", args=[milestone.slug]), step, quiz]
    return [*pages, f"{own}/history/", f"{own}/publish/", f"{own}/versions/", *previews]


def test_nothing_scrolls_sideways_on_the_smallest_phone(browser, live_server, ana):
    """With names as long and unbroken as people can type them. None of our pages is left out here."""
    client = Client()
    client.force_login(ana, BACKEND)
    no_pages = {name for name, address in addresses_for(ana).items() if not is_page(client.get(address))}
    assert no_pages == NO_PAGES

    Sample.objects.for_user(ana).update(title="W" * 200, therapeutic_area="W" * 100)
    Contact.objects.for_user(ana).update(name="W" * 150, next_step="W" * 200)
    Organisation.objects.for_user(ana).update(name="W" * 150)
    Opportunity.objects.for_user(ana).update(title="W" * 200)
    ReviewRequest.objects.for_user(ana).update(reader="W" * 150, question="W" * 1000)
    ReviewComment.objects.for_user(ana).update(text="W" * 2000)
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


def test_works_by_keyboard_alone(page, live_server, content, alice):
    make_contact(alice)
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}/network/")
    page.keyboard.press("Tab")
    assert "Skip to the content" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Add a contact"
    page.keyboard.press("Enter")

    page.wait_for_url("**/network/contacts/add/")
    assert page.evaluate("document.activeElement.name") == "name"
    page.keyboard.type("Keyboard Person")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/network/contacts/\d+/"))
    assert Contact.objects.for_user(alice).filter(name="Keyboard Person").count() == 1
