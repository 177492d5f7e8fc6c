"""A real Chromium against the live server. Any error in its console fails the test."""

import os
import shutil

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from accounts.models import User

# Playwright runs its own event loop in this thread; Django must still be allowed to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# As in autosave.js, where a form saves itself no sooner than this.
AUTOSAVE_PAUSE_MS = 1200
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# Scripts run once on each page that is opened: what the best compilers of V8 gain is less than they cost.
COMPILED_ONCE = ["--js-flags=--no-opt,--no-maglev"]
# A page that glides to a link’s target is half a second of waiting until what is clicked next stands still.
STANDS_STILL = ["--disable-smooth-scrolling"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Chromium's sandbox does not start for root, which is who tests run as in containers.
    no_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"),
        "args": [*QUIET, *COMPILED_ONCE, *STANDS_STILL, *no_sandbox],
    }


@pytest.fixture(scope="session", autouse=True)
def static_files_are_kept():
    """A browser asks for each of them once, as of a real server, and not anew for every page."""
    serve = StaticFilesHandler.serve

    def serve_to_keep(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture
def page(page: Page):
    """A page whose console must stay silent: CSP violations and script errors show up there."""
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} {message.location}")

    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    assert errors == []


def let_it_save(page: Page) -> None:
    """The pause after which a form saves itself is over at once, if `page.clock.install()` came before."""
    page.clock.fast_forward(AUTOSAVE_PAUSE_MS)


def sign_in(context: BrowserContext, server: str, user: User) -> None:
    """Put a session of `user` into the browser, without the form."""
    client = Client()
    client.force_login(user, BACKEND)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
