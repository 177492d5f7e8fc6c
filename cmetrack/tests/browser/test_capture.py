"""At a congress with one thumb, and afterwards at the desk: caught, sorted, merged, changed in a row."""

from time import monotonic

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cmetrack.tests.browser.conftest import sign_in
from networking.models import Contact, Interaction
from networking.tests.factories import make_contact, make_interaction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST_TARGET = 44


@pytest.fixture
def phone(browser, live_server, alice, content):
    """A page on a phone that is touched and not clicked; its console must stay silent."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    sign_in(context, live_server.url, alice)
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(10_000)
    yield page
    context.close()
    assert errors == []


def capture(page, name, **more):
    page.get_by_label("Name").fill(name)
    for label, text in more.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Save").tap()
    expect(page.locator("#messages")).to_contain_text(f"Saved “{name}”.")


def test_caught_with_one_thumb(phone, live_server, alice):
    phone.goto(f"{live_server.url}/")
    phone.get_by_role("button", name="Add").tap()
    phone.get_by_role("link", name="Somebody I just met").tap()
    expect(phone.get_by_label("Name")).to_be_focused()
    for control in [*phone.locator(".capture .form-control").all(), phone.get_by_role("button", name="Save")]:
        box = control.bounding_box()
        assert box["height"] >= SMALLEST_TARGET
        # All of it stands above the bar, with nothing to scroll.
        assert box["y"] + box["height"] < phone.locator(".tabs").bounding_box()["y"]

    began = monotonic()
    capture(phone, "Ana Ruiz", Organisation="ESC office", Where="ESC Congress", What="Needs a writer")
    assert monotonic() - began < 15
    assert phone.get_by_label("Where").input_value() == "ESC Congress"
    capture(phone, "Ben Adler")
    phone.get_by_role("button", name="Undo").tap()
    expect(phone.locator("#messages")).to_contain_text("Undone.")

    assert Contact.objects.for_user(alice).get().name == "Ana Ruiz"
    assert Interaction.objects.for_user(alice).get().summary == "Needs a writer"


def test_today_offers_to_sort_until_all_are_sorted(phone, live_server, alice):
    for name in ("Ana Ruiz", "Cem Kaya"):
        make_contact(alice, name=name, met_at="ESC Congress", to_sort_since=timezone.now())
    phone.goto(f"{live_server.url}/")
    expect(phone.get_by_role("heading", name="2 people from ESC Congress to sort")).to_be_visible()
    phone.get_by_role("link", name="Sort them").tap()
    expect(phone.get_by_label("What they commission as")).to_be_hidden()
    phone.get_by_label("Kind").select_option("commissioner")
    phone.get_by_label("What they commission as").select_option("grant_lead")
    phone.get_by_label("E-mail").fill("ana@example.org")
    phone.get_by_role("button", name="Done with this one").tap()
    expect(phone.locator("#messages")).to_contain_text("“Ana Ruiz” is sorted.")
    phone.get_by_role("button", name="Done with this one").tap()
    expect(phone.get_by_role("heading", name="Everybody is sorted")).to_be_visible()

    ana = Contact.objects.get(name="Ana Ruiz")
    assert (ana.kind, ana.sub_role, ana.email) == ("commissioner", "grant_lead", "ana@example.org")
    phone.goto(f"{live_server.url}/")
    expect(phone.get_by_role("link", name="Sort them")).to_have_count(0)


def test_two_entries_become_one_and_two_again(page, live_server, alice, content):
    kept = make_contact(alice, name="Ida Holm", email="ida@example.org", role_title="Editor")
    other = make_contact(alice, name="Ida Holm", role_title="Chief editor", notes="Met at lunch.")
    make_interaction(alice, contact=other, summary="Talked about gout")
    sign_in(page.context, live_server.url, alice)

    page.goto(f"{live_server.url}/network/")
    page.get_by_role("link", name="see possible duplicates").click()
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("Chief editor").check()
    page.get_by_role("button", name="Merge them").click()

    expect(page.locator("#messages")).to_contain_text("Merged “Ida Holm” into “Ida Holm”.")
    expect(page.get_by_text("Talked about gout")).to_be_visible()
    expect(page.get_by_text("Chief editor", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#messages")).to_contain_text("Undone. All is as it was.")
    expect(page.get_by_text("Talked about gout")).to_have_count(0)
    assert Contact.objects.for_user(alice).count() == 2
    assert Interaction.objects.get().contact == other
    assert Contact.objects.get(pk=kept.pk).role_title == "Editor"


def make_three(alice):
    for name in ("Ana", "Ben", "Cem"):
        make_contact(alice, name=name, next_step="Old", next_on=timezone.localdate())


def stages():
    return list(Contact.objects.order_by("name").values_list("stage", "next_step"))


def test_several_at_once_and_back(page, live_server, alice, content):
    make_three(alice)
    before = stages()
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}/network/")

    expect(page.get_by_role("checkbox", name="Ana")).to_be_hidden()
    page.get_by_text("Change several at once").click()
    page.get_by_role("checkbox", name="Ana").check()
    page.get_by_role("button", name="Tick all on this page").click()
    page.get_by_role("checkbox", name="Cem").uncheck()
    page.locator("#bulk-stage").select_option("warm_lead")
    page.get_by_role("button", name="Set stage").click()

    expect(page.locator("#messages")).to_contain_text("Moved 2 people to “Warm lead”.")
    assert [stage for stage, _ in stages()] == ["warm_lead", "warm_lead", "identified"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone. All is as it was.")
    assert stages() == before


def test_several_at_once_without_scripts(browser, live_server, alice, content):
    make_three(alice)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/network/")

    page.get_by_text("Change several at once").click()
    page.get_by_label("Tag", exact=True).first.fill("ESC")
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_text("Tick at least one person first")).to_be_visible()
    page.get_by_role("checkbox", name="Ben").check()
    page.get_by_role("button", name="Add tag").click()
    expect(page.locator("#messages")).to_contain_text("Tagged 1 person “ESC”.")
    page.get_by_text("Change several at once").click()
    page.get_by_label("Whom").select_option("page")
    page.get_by_role("button", name="Move to the trash").click()
    expect(page.locator("#messages")).to_contain_text("Moved 3 people to the trash.")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#messages")).to_contain_text("Undone. All is as it was.")
    context.close()
    assert list(Contact.objects.for_user(alice).values_list("tags", flat=True)) == ["", "ESC", ""]
