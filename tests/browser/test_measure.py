"""The pages of Measure in a real browser: they fit, stay at home, a click on the heatmap is followed down to the answers."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from tests.browser.looking import Looked, browse, keep, opened, settled, turned
from tests.pages.fixture_examination import write_examination
from tests.pages.fixture_study import write_study

PAGES = ("win_rates", "topic_radars", "compare", "evidence", "missing")


@pytest.fixture(scope="module")
def address(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of an app with an examination."""
    folder: Path = tmp_path_factory.mktemp("examined")
    write_examination(write_study(folder / "rich-study.db"))
    return str(serve(folder))


def test_pages_fit_and_stay_at_home(chromium: Any, address: str) -> None:
    visit, faults = browse(chromium), {}
    for name in PAGES:
        looked = Looked(visit.new_page(), f"{address}/{name}?question=T003.30.1")
        faults[f"{name} 1440 light"] = looked.faults()
        keep(looked.page, f"examined-{name}-1440-light", 1440)
        turned(looked.page, width=390, theme="dark")
        faults[f"{name} 390 dark"] = looked.faults()
        keep(looked.page, f"examined-{name}-390-dark", 390)
        looked.page.close()
    visit.close()
    assert {where: found for where, found in faults.items() if found} == {}


def test_the_missing_answers_of_a_model_are_a_click_away(chromium: Any, address: str) -> None:
    page = opened(chromium, f"{address}/missing?who=boreal").page
    page.get_by_role("link", name="See them question by question").click()
    page.wait_for_url("**/evidence**shown=missing**")
    page.get_by_text("Refused to answer").first.wait_for()
    assert parse_qs(urlparse(page.url).query)["model"] == ["boreal"]
    page.context.close()


def test_a_click_on_the_heatmap_leads_to_the_answers(chromium: Any, address: str) -> None:
    page = opened(chromium, f"{address}/win_rates").page
    page.get_by_role("tab", name="Heatmap").click()
    settled(page)
    page.locator(".js-plotly-plot .nsewdrag").first.wait_for()
    box = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 5.5 / 10, box["y"] + box["height"] * 2.5 / 4)  # third model, sixth value
    page.wait_for_url("**value=SEC**")
    assert parse_qs(urlparse(page.url).query)["model"] == ["cedar"]
    settled(page)
    page.get_by_role("link", name="See the answers behind it").click()
    page.wait_for_url("**/evidence**")
    page.get_by_text("Answers that express it").first.wait_for()
    settled(page)
    asked = parse_qs(urlparse(page.url).query)
    assert (asked["model"], asked["value"], asked["examination"]) == (["cedar"], ["SEC"], ["E1"])
    page.get_by_role("button", name="Where this came from").first.click()
    page.get_by_text("Give exactly 3 key points").first.wait_for()
    page.context.close()
