"""Every page, light and dark, wide and narrow, without a study and with one full of hostile texts: nothing overflows, nothing comes alive.

Set ADAEM_SCREENSHOTS to a folder to keep a picture of each.
"""

from typing import Any

import pytest

from pages.shared import site
from tests.browser.looking import Looked, browse, keep, opened, settled, turned
from tests.pages.fixture_study import write_study

PAGES = tuple("" if file == "home" else file for pages in site.MAP.values() for file, *_ in pages)
PARTS = [PAGES[first::3] for first in range(3)]  # so that workers can share them
WIDE, NARROW = 1440, 390


@pytest.fixture(scope="module")
def addresses(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the addresses of an app without and with a study."""
    full = tmp_path_factory.mktemp("full")
    write_study(full / "rich-study.db")
    return {"empty": serve(tmp_path_factory.mktemp("empty")), "full": serve(full)}


@pytest.mark.parametrize("names", PARTS, ids=lambda names: names[0] or "home")
@pytest.mark.parametrize(("state", "theme", "other"), [("full", "light", "dark"), ("empty", "dark", "light")])
def test_pages_fit_stay_at_home_and_keep_texts_still(
    chromium: Any, addresses: dict[str, str], state: str, theme: str, other: str, names: tuple[str, ...]
) -> None:
    """Each page is shown on a wide screen, all that folds is unfolded, then it is turned to a phone's width and the other colours.

    The first page and the one that shows answers are opened cold at their address, the others by their link, as a visitor does.
    Colours stay as they are from page to page, so that every other page begins in the other ones.
    """
    visit, faults = browse(chromium, theme=theme), {}
    looked = Looked(visit.new_page(), f"{addresses[state]}/{names[0]}")
    for name in names:
        if name == "traces":
            looked.go(f"{addresses[state]}/{name}?question=T003.1.1")
        elif name != names[0]:
            looked.follow(name)
        faults[f"{name} {WIDE} {theme}"] = looked.faults() + looked.barriers()
        keep(looked.page, f"{state}-{name or 'home'}-{WIDE}-{theme}", WIDE)
        unfold(looked.page)
        faults[f"{name} unfolded"] = looked.faults()
        if (state, name) == ("full", "traces"):
            assert looked.page.get_by_text("<img src=x onerror=alert(1)>").count() > 0, "it is shown, as text"
        turned(looked.page, width=NARROW, theme=other)
        faults[f"{name} {NARROW} {other}"] = looked.faults() + looked.barriers()
        keep(looked.page, f"{state}-{name or 'home'}-{NARROW}-{other}", NARROW)
        theme, other = other, theme
        looked.page.set_viewport_size({"width": WIDE, "height": 1000})
    visit.close()
    assert {where: found for where, found in faults.items() if found} == {}


def unfold(page: Any) -> None:
    """Open every expander, and one answer's provenance."""
    for expander in page.locator("details summary").all():
        expander.click()
    settled(page)
    for popover in page.get_by_role("button", name="Where this came from").all()[:1]:
        popover.click()
        settled(page)
        page.keyboard.press("Escape")


def test_escaped_text_is_shown_letter_by_letter(chromium: Any, serve: Any, addresses: dict[str, str]) -> None:
    page = opened(chromium, f"{addresses['full']}/monitor").page
    alert = page.locator('[data-testid="stAlert"]').first
    assert alert.inner_text().replace("\u2060", "") == "The cost cap is reached. <img src=x onerror=alert(1)>"
    caption = page.locator('[data-testid="stCaptionContainer"]', has_text="panel small").first
    assert "panel small <b>" in caption.inner_text().replace("\u2060", "")
    assert caption.locator("b").count() == 0
    page.context.close()


def test_the_answers_provenance_opens(chromium: Any, addresses: dict[str, str]) -> None:
    page = opened(chromium, f"{addresses['full']}/traces?question=T002.2.1").page
    page.get_by_role("button", name="Where this came from").last.click()
    page.get_by_text("Give exactly 3 key points").first.wait_for()
    page.context.close()


def test_a_bookmark_opens_under_the_site_map_on_a_fresh_server(chromium: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    studies = tmp_path_factory.mktemp("cold")
    write_study(studies / "rich-study.db")
    looked = opened(chromium, f"{serve(studies)}/traces?study=rich-study&question=T002.2.1")
    page = looked.page
    page.get_by_role("link", name="Run monitor").wait_for()
    assert looked.elsewhere == [], "not even an icon comes from elsewhere"
    assert "question=T002.2.1" in page.url
    assert page.get_by_text("Nagasaki fine adults who leave parents over 75").count() > 0
    page.context.close()
