"""Four looks at one loaded page, light and dark, wide and narrow: what axe finds, and what is too wide."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WIDE, NARROW = 1280, 360
# From one look to the next only one thing changes.
LOOKS = [("light", WIDE), ("light", NARROW), ("dark", NARROW), ("dark", WIDE)]
# Django's admin is Django's: there the rules of WCAG count, not axe's advice beyond them.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Dark changes colours and nothing else: names, roles, order and sizes are looked at in light.
IN_DARK = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
IN_THE_BROWSER = Path(__file__).with_suffix(".js").read_text()
IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Visitor:
    """Somebody who opens pages and looks at each four times; `faults` says what was wrong, and where."""

    def __init__(self, browser: Browser, server: str) -> None:
        size = {"width": WIDE, "height": 900}
        self.context = browser.new_context(color_scheme="light", viewport=size, reduced_motion="reduce")
        # Sent to the browser once, and there on every page.
        self.context.add_init_script(Axe().axe_script)
        self.context.add_init_script(IN_THE_BROWSER)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.server = server
        self.faults: dict[str, list[str]] = {}

    def open(self, address: str) -> None:
        self.page.goto(f"{self.server}{address}")

    def look(self, address: str = "", rules: dict | None = None) -> None:
        """Look at the page at an address, or at the one that is open."""
        if address:
            self.open(address)
            self._note("asked", [f"led from {address} elsewhere"] * (not self.page.url.endswith(address)))
        self.page.evaluate("holdStill()")
        for scheme, width in LOOKS:
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": 900})
            self._note(f"{scheme}, {width} px", faults_of(self.page, IN_DARK if scheme == "dark" else rules))
        self.page.emulate_media(color_scheme="light")

    def _note(self, look: str, found: list[str]) -> None:
        if found:
            self.faults[f"{self.page.url} ({look})"] = found


def faults_of(page: Page, rules: dict | None = None) -> list[str]:
    """What axe finds by all its rules, or by some of them, and whether the page is too wide."""
    found = page.evaluate("rules => findFaults(rules)", rules or {})
    return [*map(in_short, found), *["scrolls sideways"] * is_too_wide(page)]


def is_too_wide(page: Page) -> bool:
    return page.evaluate(IS_TOO_WIDE)


def in_short(rule: dict) -> str:
    """An axe finding: which rule, where first, and what to do about it."""
    first = rule["nodes"][0]
    return f"{rule['id']}: {first['html'][:200]} {first.get('failureSummary', '')[:300]}"
