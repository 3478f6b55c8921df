"""The main job in a real browser: start a run, watch it move, reload, pause, resume, open a trace from the benchmark, export."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adaem_core.work import jobs
from tests.browser.looking import settled

BUDGET = 12
PATIENCE = 240.0  # seconds; the run itself takes some twenty on an idle machine


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the studies folder of this run; a worker that outlives the test is ended."""
    folder = tmp_path_factory.mktemp("studies")
    yield folder
    for path in folder.glob("*.db"):
        if (job := jobs.watch(path)).active and job.pid:
            os.kill(job.pid, signal.SIGTERM)


def wait(until: Callable[[], bool], what: str) -> None:
    """Return once `until` holds; fail after a while, saying what was waited for."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if until():
            return
        time.sleep(0.25)
    pytest.fail(f"waited in vain: {what}")


def pulls_shown(page: Any) -> int:
    """Return the pulls the monitor says are done."""
    found = re.search(r"([\d,]+) of [\d,]+ pulls", page.locator('[data-testid="stProgress"]').inner_text())
    return int(found[1].replace(",", "")) if found else -1


def test_the_main_job(chromium: Any, serve: Any, studies: Path, tmp_path: Path) -> None:
    page = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True).new_page()
    page.set_default_timeout(60_000)
    address = serve(studies)

    start_run(page, address)
    page.wait_for_url("**/monitor?study=browser-run*")
    wait(lambda: pulls_shown(page) >= 1, "the monitor moves by itself")

    page.reload()
    wait(lambda: pulls_shown(page) >= 1, "the run is still there after a reload")
    page.get_by_role("button", name="Pause").click()
    wait(lambda: jobs.watch(studies / "browser-run.db").state == "paused", "the worker pauses")
    page.get_by_role("button", name="Resume").wait_for()
    stopped_at = pulls_shown(page)
    assert stopped_at < BUDGET
    other_tab = page.context.new_page()
    other_tab.goto(page.url)
    other_tab.get_by_role("button", name="Resume").wait_for()

    page.get_by_role("button", name="Resume").click()
    other_tab.get_by_role("button", name="Resume").wait_for(state="detached")
    other_tab.close()
    wait(lambda: jobs.watch(studies / "browser-run.db").state == "finished", "the run ends after it was resumed")
    wait(lambda: pulls_shown(page) == BUDGET, "the monitor shows the end")
    wait(lambda: page.locator(".js-plotly-plot").count() == 2, "two figures, once the old ones are gone")

    question = open_best_trace(page)
    page.get_by_role("heading", name="Where it comes from").wait_for()
    page.get_by_text(question).first.wait_for()

    export(page, address, tmp_path)


def start_run(page: Any, address: str) -> None:
    """Fill in New run for the simulated panel and press Run."""
    page.goto(f"{address}/new_run")
    name = page.get_by_role("textbox", name="Name of the study")
    name.fill("Browser run")
    name.press("Enter")
    budget = page.get_by_role("spinbutton", name="Budget (pulls)")
    budget.fill(str(BUDGET))
    budget.press("Enter")
    settled(page)
    page.get_by_role("button", name="Run", exact=True).click()


def open_best_trace(page: Any) -> str:
    """Choose the first row of the benchmark table, open its trace, and return the question's text."""
    link = page.get_by_role("link", name="Best questions")
    wait(lambda: link.count() == 1, "the monitor is drawn anew without its Pause button")
    link.click()
    page.get_by_role("heading", name="Benchmark").wait_for()
    table = page.locator('[data-testid="stDataFrame"]').first
    table.wait_for()
    settled(page)
    table.click(position={"x": 18, "y": 52})  # the box before the first row: cells are drawn on a canvas
    page.get_by_role("link", name="Open its trace").click()
    page.wait_for_url("**/traces?*question=*")
    box = page.locator('[data-testid="stSelectbox"]', has_text="Question (type to search)")
    return str(box.locator("input").first.input_value() or box.inner_text().splitlines()[-1]).split(" · ", 1)[-1]


def export(page: Any, address: str, folder: Path) -> None:
    """Download the benchmark in both forms and read them."""
    page.goto(f"{address}/benchmark?study=browser-run")
    for form, suffix in (("Benchmark (JSON lines)", "jsonl"), ("Benchmark (CSV)", "csv")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=form).click()
        assert coming.value.suggested_filename.startswith("SIMULATED-browser-run-top")
        coming.value.save_as(folder / f"benchmark.{suffix}")
    lines = [json.loads(line) for line in (folder / "benchmark.jsonl").read_text().splitlines()]
    assert len(lines) > 5
    assert all(line["simulated"] for line in lines)
    assert len((folder / "benchmark.csv").read_text().splitlines()) == len(lines) + 1
