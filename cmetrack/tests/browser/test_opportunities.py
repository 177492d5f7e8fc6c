"""The board by mouse, by keys and without scripts; a message filled, copied and logged."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cmetrack.tests.browser.conftest import sign_in
from networking.models import Interaction, Opportunity
from networking.tests.factories import make_contact, make_opportunity, make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Hi Ida, your post on lipids helped. 🙂"
BOARD = "/network/opportunities/?view=board"


@pytest.fixture
def pitch(alice, content):
    place = make_organisation(alice)
    make_opportunity(alice, title="Case series", organisation=place)
    return make_opportunity(
        alice, title="Slide deck", organisation=place, stage="pitched", pitched_on=date(2026, 11, 2),
        channel="email",
    )  # fmt: skip


def card(page, title):
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title, exact=True))


def column(page, name):
    return page.get_by_role("region", name=name)


def open_board(page, live_server, alice):
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}{BOARD}")


def drag(page, title, to):
    start, end = card(page, title).bounding_box(), column(page, to).bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + 60, end["y"] + 40, steps=8)


def stage_of(pitch):
    return Opportunity.objects.get(pk=pitch.pk).stage


def test_a_card_is_dragged_and_put_back(page, live_server, alice, pitch):
    open_board(page, live_server, alice)

    drag(page, "Slide deck", "In conversation")
    page.mouse.up()

    expect(page.locator("#messages")).to_contain_text("Moved “Slide deck” to In conversation.")
    expect(column(page, "In conversation").get_by_role("link", name="Slide deck", exact=True)).to_be_visible()
    expect(card(page, "Slide deck")).to_be_focused()
    assert stage_of(pitch) == "conversation"
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#messages")).to_contain_text("Undone.")
    expect(column(page, "Pitched").get_by_role("link", name="Slide deck", exact=True)).to_be_visible()
    assert page.url.startswith(f"{live_server.url}{BOARD}")
    assert stage_of(pitch) == "pitched"


def test_a_drag_that_ends_nowhere_moves_nothing(page, live_server, alice, pitch):
    open_board(page, live_server, alice)

    drag(page, "Slide deck", "In conversation")
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".is-lifted")).to_have_count(0)
    assert page.url == f"{live_server.url}{BOARD}"
    assert stage_of(pitch) == "pitched"


def test_a_stage_that_needs_something_asks_for_it(page, live_server, alice, pitch):
    open_board(page, live_server, alice)

    drag(page, "Case series", "Pitched")
    page.mouse.up()

    expect(page.get_by_role("heading", name="Move to “Pitched”")).to_be_visible()
    expect(page.get_by_label("Pitched on")).to_have_value(str(timezone.localdate()))


def test_a_finger_drags_by_the_grip(browser, live_server, alice, pitch):
    context = browser.new_context(has_touch=True, viewport={"width": 1280, "height": 900})
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}{BOARD}")
    grip = card(page, "Slide deck").locator("[data-grip]").bounding_box()
    end = column(page, "In conversation").bounding_box()
    touch = context.new_cdp_session(page)

    def send(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": grip["x"] + 15, "y": grip["y"] + 15})
    for share in (0.3, 0.7, 1):
        x = grip["x"] + 15 + (end["x"] + 60 - grip["x"]) * share
        send("touchMove", {"x": x, "y": grip["y"] + 20})
    send("touchEnd")

    expect(page.locator("#messages")).to_contain_text("Moved “Slide deck” to In conversation.")
    context.close()
    assert stage_of(pitch) == "conversation"


def test_a_card_is_moved_by_keys(page, live_server, alice, pitch):
    open_board(page, live_server, alice)
    says = page.locator("[data-board-says]")

    card(page, "Slide deck").focus()
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text("In conversation. Press Enter to move “Slide deck” there, Escape to leave it.")
    page.keyboard.press("Escape")
    expect(says).to_have_text("“Slide deck” stays where it is.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("Moved “Slide deck” to In conversation.")
    expect(says).to_have_text("Moved “Slide deck” to In conversation.")
    expect(card(page, "Slide deck")).to_be_focused()
    assert stage_of(pitch) == "conversation"


def test_a_card_is_moved_without_scripts(browser, live_server, alice, pitch):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}{BOARD}")

    page.get_by_label("Stage of Slide deck").select_option("Quoted")
    page.get_by_role("button", name="Move Slide deck").click()

    expect(page.locator("#messages")).to_contain_text("Moved “Slide deck” to Quoted.")
    expect(column(page, "Quoted").get_by_role("link", name="Slide deck", exact=True)).to_be_visible()
    context.close()
    assert stage_of(pitch) == "quoted"


def test_what_is_settled_is_ticked_in_place(page, live_server, alice, content):
    pitch = make_opportunity(alice, stage="quoted")
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}{pitch.get_absolute_url()}")

    page.get_by_role("checkbox", name="Policy on AI").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 of 12 settled")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Policy on AI")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Policy on AI")).to_be_focused()


def test_a_message_is_filled_copied_and_logged(page, live_server, alice, content):
    ida = make_contact(alice, name="Ida Holm", organisation=make_organisation(alice))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}{ida.get_absolute_url()}")
    page.get_by_role("link", name="Write a message").click()
    page.locator("#linkedin_long").get_by_role("link").click()
    body = page.get_by_label("Message")
    assert "Hi Ida, your post on {topic}" in body.input_value()
    assert "how Northfield Medical Education plans" in body.input_value()

    body.fill(WORDS)
    page.get_by_role("button", name="Copy the message").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == WORDS
    page.get_by_role("button", name="Sent, log it").click()

    expect(page.locator("#messages")).to_contain_text("Logged “LinkedIn note, long” with “Ida Holm”.")
    assert page.url == f"{live_server.url}{ida.get_absolute_url()}"
    assert (Interaction.objects.get().channel, Interaction.objects.get().kind) == ("linkedin", "message")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone.")
    assert not Interaction.objects.filter(trashed_at=None).exists()


def test_a_message_is_counted_while_it_is_written(page, live_server, alice, content):
    ida = make_contact(alice, name="Ida Holm")
    sign_in(page.context, live_server.url, alice)
    page.goto(f"{live_server.url}/network/templates/linkedin_long/?contact={ida.pk}")
    body, length = page.get_by_label("Message"), page.locator("[data-length]")
    expect(page.locator("[data-names]")).to_contain_text("{topic}")

    body.fill("Hi Ida, your post on lipids {x}" + "." * 300)
    expect(length).to_have_text("331")
    expect(page.get_by_text("more than the 300 that LinkedIn takes at all")).to_be_visible()
    expect(page.locator("[data-names]")).to_have_text("{x}")

    body.fill(WORDS)
    # An emoji is one character, as on the server.
    expect(length).to_have_text(str(len(WORDS)))
    expect(page.locator("[data-unfilled]")).to_be_hidden()


def test_a_message_is_counted_without_scripts(browser, live_server, alice, content):
    ida = make_contact(alice, name="Ida Holm")
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/network/templates/linkedin_short/?contact={ida.pk}")

    page.get_by_label("Message").fill("x" * 250)
    page.get_by_role("button", name="Count again").click()

    size = page.locator(".message-size")
    expect(size).to_contain_text("250 characters: more than the 200", use_inner_text=True)
    expect(page.get_by_label("Message")).to_have_value("x" * 250)
    page.get_by_role("button", name="Sent, log it").click()
    expect(page.locator("#messages")).to_contain_text("Logged “LinkedIn note, short”")
    context.close()
