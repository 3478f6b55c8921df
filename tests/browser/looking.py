"""How tests look at a page: opened at its address, waited for, and held against what holds for every page."""

import contextlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

# Streamlit has run the script to its end, shows nothing that is still to come, and has been so for a quarter of a second.
QUIET = """() => {
  const busy = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'notRunning'
    || document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]');
  const now = performance.now();
  if (busy || window.quietSince === undefined) window.quietSince = now;
  return !busy && now - window.quietSince > 250;
}"""
WIDTHS = "() => { const main = document.querySelector('[data-testid=stMain]'); return [main.scrollWidth, main.clientWidth] }"
FITS = f"() => {{ const [inner, outer] = ({WIDTHS})(); return inner <= outer }}"
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
ALIVE = 'img[src*="evil"], a[href*="evil"], img[src="x"], [onerror]'  # what the hostile texts of the tests' study would be


class Looked:
    """A page with the hosts it asked and the script dialogs it showed, filled as they happen."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.elsewhere: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", self.note)
        page.on("dialog", self.dismiss)
        self.go(address)

    def go(self, address: str) -> None:
        """Open an address cold."""
        self.page.goto(address)
        self.page.wait_for_selector("h1")
        settled(self.page)

    def follow(self, name: str) -> None:
        """Go to a page by its link in the menu, unfolding its step; the first page's is the bare address."""
        menu, named = self.page.get_by_test_id("stSidebar"), f'a[href="{name}"]'
        for patience in (10_000, 30_000):  # a page that draws itself anew at that moment takes the click away
            if not menu.locator(f"{named}:visible").count():
                menu.locator("details", has=self.page.locator(named)).locator("summary").click()
            menu.locator(f"{named}:visible").click()
            with contextlib.suppress(TimeoutError):
                return self.arrived(name, patience)
        raise AssertionError(f"the link to {name} leads nowhere")

    def arrived(self, name: str, patience: float) -> None:
        """Wait for a page."""
        self.page.wait_for_url(lambda address: urlsplit(address).path == f"/{name}", timeout=patience)
        settled(self.page)

    def note(self, request: Any) -> None:
        """Remember a request that leaves this machine."""
        if not request.url.startswith(("http://127.0.0.1", "data:", "blob:", "ws:")):
            self.elsewhere.append(request.url)

    def dismiss(self, dialog: Any) -> None:
        """Remember a dialog, and close it."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def faults(self) -> list[str]:
        """Return what is wrong with the page as it stands: too wide, an exception, something from elsewhere, something alive."""
        with contextlib.suppress(TimeoutError):  # figures are drawn anew one after the other
            self.page.wait_for_function(FITS, timeout=10_000)
        inner, outer = self.page.evaluate(WIDTHS)
        found = {
            f"{inner} pixels wide where there are {outer}": inner > outer,
            "an exception": self.page.locator('[data-testid="stException"]').count() > 0,
            f"asks for something from elsewhere: {self.elsewhere}": bool(self.elsewhere),
            f"a script ran: {self.dialogs}": bool(self.dialogs),
            "a hostile text came alive": self.page.locator(ALIVE).count() > 0,
        }
        return [fault for fault, is_so in found.items() if is_so]

    def barriers(self) -> list[str]:
        """Return what keeps people with a keyboard, a screen reader or weak eyes from the page: axe-core's serious and critical findings."""
        found = Axe().run(self.page, options=RULES).response["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")]


def browse(chromium: Any, *, width: int = 1440, theme: str = "light") -> Any:
    """Return a new browser session; its pages share what they have loaded, as a visitor's do."""
    return chromium.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme)


def opened(chromium: Any, address: str) -> Looked:
    """Return the page at `address`, in a session of its own."""
    return Looked(browse(chromium).new_page(), address)


def turned(page: Any, *, width: int, theme: str) -> None:
    """Show the same page on a screen of another width, in the other colours."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 1000})
    settled(page)


def settled(page: Any) -> None:
    """Wait until the page's script has run to its end and everything is there."""
    page.evaluate("() => { window.quietSince = performance.now() }")
    page.wait_for_function(QUIET, polling=50, timeout=30_000)  # asked at every frame, the page would draw all the time


def keep(page: Any, name: str, width: int) -> None:
    """Keep a picture of the whole page if the variable ADAEM_SCREENSHOTS names a folder for it."""
    if folder := os.environ.get("ADAEM_SCREENSHOTS"):
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height + 60, 6000)})
        settled(page)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
        page.set_viewport_size({"width": width, "height": 1000})
