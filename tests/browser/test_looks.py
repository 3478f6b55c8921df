"""Every page, light and dark, wide and narrow, without a study and with one full of hostile texts: nothing overflows, nothing comes alive.

Set ADAEM_SCREENSHOTS to a folder to keep a picture of each.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from pages.shared import site
from tests.pages.fixture_study import write_study

PAGES = tuple("" if file == "home" else file for pages in site.MAP.values() for file, *_ in pages)
MORE = [("full", 1440, "dark"), ("full", 390, "light")] if os.environ.get("ADAEM_SCREENSHOTS") else []


@pytest.fixture(scope="module")
def addresses(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the addresses of an app without and with a study."""
    full = tmp_path_factory.mktemp("full")
    write_study(full / "rich-study.db")
    return {"empty": serve(tmp_path_factory.mktemp("empty")), "full": serve(full)}


def opened(chromium: Any, address: str, *, width: int = 1440, theme: str = "light") -> tuple[Any, list[str], list[str]]:
    """Return a page at `address`, with the hosts it asked and the script dialogs it showed (filled as they happen)."""
    page = chromium.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme).new_page()
    elsewhere: list[str] = []
    dialogs: list[str] = []
    page.on(
        "request",
        lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(("http://127.0.0.1", "data:", "blob:", "ws:")) else None,
    )
    page.on("dialog", lambda shown: (dialogs.append(shown.message), shown.dismiss()))
    page.goto(address)
    page.wait_for_selector("h1")
    settled(page)
    return page, elsewhere, dialogs


def settled(page: Any) -> None:
    """Wait until the page's script has run to its end."""
    page.wait_for_timeout(200)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_timeout(300)


def keep(page: Any, name: str, width: int) -> None:
    """Keep a picture of the whole page if a folder is set for it."""
    if folder := os.environ.get("ADAEM_SCREENSHOTS"):
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height + 60, 6000)})
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize(
    ("state", "width", "theme"), [("full", 1440, "light"), ("full", 390, "dark"), ("empty", 1440, "dark"), ("empty", 390, "light"), *MORE]
)
def test_pages_fit_and_stay_at_home(chromium: Any, addresses: dict[str, str], state: str, width: int, theme: str) -> None:
    for name in PAGES:
        page, elsewhere, dialogs = opened(chromium, f"{addresses[state]}/{name}", width=width, theme=theme)
        inner, outer = page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]'); return [main.scrollWidth, main.clientWidth] }"
        )
        assert inner <= outer, f"{name or 'home'} is wider than {width} pixels"
        assert elsewhere == [], f"{name or 'home'} asks for something from elsewhere"
        assert dialogs == []
        assert page.locator('[data-testid="stException"]').count() == 0
        keep(page, f"{state}-{name or 'home'}-{width}-{theme}", width)
        page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_hostile_texts_never_come_alive(chromium: Any, addresses: dict[str, str], name: str) -> None:
    page, elsewhere, dialogs = opened(chromium, f"{addresses['full']}/{name}?question=T003.1.1")
    for expander in page.locator("details summary").all():
        expander.click()
    settled(page)
    for popover in page.get_by_role("button", name="Where this came from").all()[:1]:
        popover.click()
        settled(page)
    assert page.locator('img[src*="evil"], a[href*="evil"], img[src="x"], [onerror]').count() == 0
    assert elsewhere == []
    assert dialogs == []
    if name == "traces":
        assert page.get_by_text("<img src=x onerror=alert(1)>").count() > 0, "it is shown, as text"
    page.context.close()


def test_escaped_text_is_shown_letter_by_letter(chromium: Any, serve: Any, addresses: dict[str, str]) -> None:
    page, _, _ = opened(chromium, f"{addresses['full']}/monitor")
    alert = page.locator('[data-testid="stAlert"]').first
    assert alert.inner_text().replace("\u2060", "") == "The cost cap is reached. <img src=x onerror=alert(1)>"
    caption = page.locator('[data-testid="stCaptionContainer"]', has_text="panel small").first
    assert "panel small <b>" in caption.inner_text().replace("\u2060", "")
    assert caption.locator("b").count() == 0
    page.context.close()


def test_the_answers_provenance_opens(chromium: Any, addresses: dict[str, str]) -> None:
    page, _, _ = opened(chromium, f"{addresses['full']}/traces?question=T002.2.1")
    page.get_by_role("button", name="Where this came from").last.click()
    page.get_by_text("Give exactly 3 key points").first.wait_for()
    page.context.close()


def test_a_bookmark_opens_under_the_site_map_on_a_fresh_server(chromium: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    studies = tmp_path_factory.mktemp("cold")
    write_study(studies / "rich-study.db")
    page, elsewhere, _ = opened(chromium, f"{serve(studies)}/traces?study=rich-study&question=T002.2.1")
    page.get_by_role("link", name="Run monitor").wait_for()
    assert elsewhere == [], "not even an icon comes from elsewhere"
    assert "question=T002.2.1" in page.url
    assert page.get_by_text("Nagasaki fine adults who leave parents over 75").count() > 0
    page.context.close()
