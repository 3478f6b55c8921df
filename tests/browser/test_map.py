"""The question map in a real browser: drawn in the background unasked, a lasso selects, and the selection outlives the figure and the visit."""

from typing import Any

import pytest

from tests.browser.looking import opened, settled
from tests.pages.fixture_study import write_study


@pytest.fixture(scope="module")
def address(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    studies = tmp_path_factory.mktemp("map")
    write_study(studies / "rich-study.db")
    return serve(studies)


def lasso(page: Any, corners: list[tuple[float, float]]) -> None:
    """Draw a lasso through the corners, given as shares of the plot's width and height."""
    box = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()
    settled(page)


def selected(page: Any) -> str:
    return page.locator("h3", has_text="Selection:").inner_text()


def wait_until_selected(page: Any, count: int) -> None:
    """Wait until so many are: on a busy machine the server may hear of a lasso only after the page has been quiet for a while."""
    page.locator("h3", has_text=f"Selection: {count} of 19").wait_for()


def test_a_lasso_selects_and_the_selection_stays(chromium: Any, address: str) -> None:
    page = chromium.new_context(viewport={"width": 1440, "height": 1200}).new_page()
    page.goto(f"{address}/map")
    page.wait_for_selector(".js-plotly-plot .nsewdrag", timeout=90_000)
    settled(page)
    assert selected(page) == "Selection: 0 of 19"
    lasso(page, [(0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.02, 0.98), (0.02, 0.02)])
    wait_until_selected(page, 19)
    page.wait_for_url("**selection=**")
    elsewhere = opened(chromium, page.url).page
    wait_until_selected(elsewhere, 19)
    elsewhere.context.close()
    page.get_by_label("Colour").first.click()
    page.get_by_role("option", name="Score S").click()
    settled(page)
    assert selected(page) == "Selection: 19 of 19", "the figure is another one, the selection is not"
    page.get_by_role("button", name="Clear", exact=True).click()
    wait_until_selected(page, 0)
    page.context.close()
