"""Addresses in a real browser: Back undoes a page, a choice opens elsewhere as it was, the study is seen and changed on a phone, a lost link says so."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adaem_core.archive.study import Study
from pages.shared import stored
from tests.browser.looking import Looked, browse, keep, opened, settled
from tests.pages.fixture_examination import write_examination
from tests.pages.fixture_study import write_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two studies of the same title and day, each with an examination."""
    place = tmp_path_factory.mktemp("two")
    for name, identity in (("rich-study", "1" * 8), ("second-study", "2" * 8)):
        Study.note(write_examination(write_study(place / f"{name}.db")), identity=identity)
    return place


@pytest.fixture(scope="module")
def address(serve: Any, folder: Path) -> str:
    return str(serve(folder))


def said(page: Any) -> dict[str, list[str]]:
    """Return what the address in the browser says."""
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def pick(page: Any, box: str, option: str) -> None:
    """Choose in a box, by the words on the screen."""
    page.get_by_role("combobox", name=box).first.click()
    page.get_by_role("option", name=option).first.click()
    settled(page)


def test_back_undoes_a_page_and_not_a_choice(chromium: Any, address: str) -> None:
    looked = opened(chromium, f"{address}/?study=rich-study")
    page = looked.page
    looked.follow("win_rates")
    pick(page, "Method", "TrueSkill")
    page.get_by_role("tab", name="Heatmap").click()
    page.wait_for_url("**tab=heatmap**")
    looked.follow("evidence")
    pick(page, "Value", "Power")
    page.wait_for_url("**value=POW**")
    page.go_back()
    page.wait_for_url("**/win_rates**")
    page.get_by_role("heading", name="Win rates").wait_for()
    settled(page)
    assert (said(page)["tab"], said(page)["method"]) == (["heatmap"], ["trueskill"]), "the page is left as it stood"
    page.go_back()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.get_by_role("heading", name="AdAEM Studio").wait_for()
    page.go_forward()
    page.wait_for_url("**tab=heatmap**")
    page.context.close()


def test_tabs_and_what_is_unfolded_are_found_again_in_another_browser(chromium: Any, address: str) -> None:
    page = opened(chromium, f"{address}/win_rates?study=rich-study").page
    page.get_by_role("tab", name="Radar").click()
    page.wait_for_url("**tab=radar**")
    page.get_by_text("Do the two ways of reading values agree?").click()
    page.wait_for_url("**readings=yes**")
    settled(page)
    elsewhere = opened(chromium, page.url).page
    assert elsewhere.get_by_role("tab", name="Radar").get_attribute("aria-selected") == "true"
    elsewhere.get_by_text("read by the batched protocol only").wait_for()
    assert said(elsewhere) == said(page)
    elsewhere.context.close()
    page.context.close()


def test_the_study_stands_at_the_top_of_a_phone_and_is_changed_there(chromium: Any, address: str, folder: Path) -> None:
    looked = Looked(browse(chromium, width=390, theme="dark").new_page(), f"{address}/win_rates?study=rich-study")
    page = looked.page
    box = page.get_by_text("11111111").first.bounding_box()
    assert box["y"] < 600, "it is seen without scrolling, and without opening the list of pages"
    keep(page, "identity-phone", 390)
    page.get_by_role("button", name="Change").click()
    other = page.get_by_role("radiogroup", name="Study").get_by_text("22222222")
    settled(page)
    assert other.bounding_box()["x"] + other.bounding_box()["width"] <= 390, "what tells the two apart is seen, not cut"
    other.click()
    page.get_by_text("22222222").first.wait_for()
    settled(page)
    assert said(page)["study"] == [stored.address(folder / "second-study.db")]
    assert looked.faults() == []
    looked.go(f"{address}/win_rates?study=nonexistent")
    page.get_by_text("may have been made on another computer").wait_for()
    assert looked.faults() == [] and page.locator(".js-plotly-plot").count() == 0
    page.get_by_role("button", name="Open this page without it").click()
    page.locator(".js-plotly-plot").first.wait_for()
    page.context.close()
