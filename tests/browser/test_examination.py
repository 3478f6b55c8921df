"""Measuring in a real browser: questions from a file, the worker, win rates, a picture, the evidence; then priming and asking again."""

from pathlib import Path
from typing import Any

from adaem_core.work import jobs
from tests.browser.test_run import wait

QUESTIONS = "question,category\n" + "".join(f"Should law {n} on taxes in Kenya be repealed?,Law\n" for n in range(1, 13))


def started(page: Any, study: Path, button: str, act: str) -> None:
    """Press a button that starts the worker, and wait on the monitor until its work is finished."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**/monitor?study={study.stem}*")
    wait(lambda: (seen := jobs.watch(study)).act == act and seen.state == "finished", f"{act} ends")


def test_from_a_file_of_questions_to_the_words_behind_a_number(chromium: Any, serve: Any, tmp_path: Path) -> None:
    studies, bench = tmp_path / "studies", tmp_path / "bench.csv"
    studies.mkdir()
    bench.write_text(QUESTIONS)
    page = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True).new_page()
    page.set_default_timeout(60_000)
    address = serve(studies)

    page.goto(f"{address}/examine")
    page.get_by_role("radio", name="Questions from a file").click()
    page.locator("input[type=file]").first.set_input_files(str(bench))
    page.get_by_text("12 questions").first.wait_for()
    started(page, studies / "my-examination.db", "Examine", "examine")

    page.goto(f"{address}/win_rates?study=my-examination")
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_role("tab", name="Heatmap").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Figure (PNG)").first.click()
    assert coming.value.suggested_filename.startswith("SIMULATED-my-examination")
    coming.value.save_as(tmp_path / "figure.png")
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")

    page.get_by_role("link", name="See the answers behind it").click()
    page.wait_for_url("**/evidence?*model=*")
    page.get_by_role("heading", name="The answers").wait_for()
    page.locator("mark").first.wait_for()  # the words that show a value are highlighted
    page.get_by_role("button", name="Where this came from").first.click()
    page.get_by_text("exactly 3 key points").first.wait_for()

    # Is the measure valid? A model is primed; a retest then asks everything once more.
    page.goto(f"{address}/priming?study=my-examination")
    started(page, studies / "my-examination.db", "Run", "prime")
    page.goto(f"{address}/priming?study=my-examination")
    page.get_by_text("Criterion").first.wait_for()
    page.get_by_role("heading", name="Table 10 for this model").wait_for()

    page.goto(f"{address}/reliability?study=my-examination")
    page.get_by_role("tab", name="Asked again").click()
    started(page, studies / "my-examination.db", "Ask again", "retest")
