"""Every page renders, alone and through the site map, without a study and with a rich one, and keeps hostile texts inert."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from pages.shared import site
from tests.pages.fixture_study import FORMULA
from tests.pages.opening import alone, inert, routed, shown, texts
from tests.rows import every_row

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(file for pages in site.MAP.values() for file, *_ in pages)
NEEDS_STUDY = ("monitor", "traces", "benchmark")
NEEDS_EXAMINATION = ("win_rates", "topic_radars", "compare", "evidence", "missing", "reliability", "predictive", "convergence")
NEEDS_TWO = ("side_by_side", "panels_compared")
PRIMING = {"examination": "E1", "model": "aurora", "values": "SEC"}
# What a page must say on the rich study, which is simulated and has no examination.
SAYS = {
    **dict.fromkeys((*NEEDS_STUDY, "regions"), "SIMULATED"),
    "timeline": "None of the",
    **dict.fromkeys((*NEEDS_EXAMINATION, *NEEDS_TWO), "no examination yet"),
}


@pytest.mark.parametrize("page", PAGES)
def test_without_a_study_it_renders_and_says_what_to_do(page: str, folder: Path) -> None:
    for opened in (alone, routed):
        app = opened(page)
        assert app.title[0].value
        if page in NEEDS_STUDY:
            assert "no study yet" in texts(app), "an empty page says what to do next"


@pytest.mark.parametrize("page", PAGES)
def test_with_a_rich_study_it_renders_marked_and_with_hostile_texts_as_text(page: str, study: Path) -> None:
    for opened in (alone, routed):
        app = opened(page)
        assert not [each.value for each in app.error if (page, "cost cap" in each.value) != ("monitor", True)]
        assert SAYS.get(page, "") in inert(app)


def test_all_pages_in_one_visit(study: Path) -> None:
    app = routed("home")
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, page


@every_row("page", PAGES)
def test_an_unreadable_study_is_told_by_its_sentence(page: str, folder: Path) -> None:
    (folder / "broken.db").write_bytes(b"this is no database at all, not even nearly" * 50)
    app = routed(page)
    if page in NEEDS_STUDY:
        assert "not a readable study file" in app.error[0].value


def test_a_question_in_the_address_is_the_one_shown(study: Path) -> None:
    app = alone("traces", question="T002.2.1")
    assert not app.exception
    assert app.query_params["question"] == "T002.2.1"
    assert any("Nagasaki fine adults who leave parents over 75" in each.value for each in app.html)


def test_the_trace_of_a_question_that_was_dropped(study: Path) -> None:
    app = alone("traces", question="T001.2.4")
    assert not app.exception
    assert "unsafe" in texts(app)


def test_filters_narrow_the_benchmark(study: Path) -> None:
    app = routed("benchmark")
    everything = len(app.dataframe[0].value)
    assert everything == 15
    app.multiselect(key="choice_category").select("Economics and Business").run()
    assert set(app.dataframe[0].value["category"]) == {"Economics and Business"}
    app.text_input(key="choice_words").set_value("no question has these words").run()
    assert not app.exception
    assert app.dataframe[0].value.empty


def test_formulas_are_shown_as_text_in_tables(study: Path) -> None:
    assert any(text.startswith(FORMULA) for text in routed("benchmark").dataframe[0].value["text"])


def test_the_monitor_offers_to_resume_a_paused_run(study: Path) -> None:
    app = routed("monitor")
    assert [each.label for each in app.button] == ["Resume"]
    assert "8 of 12 pulls" in app.progress[0].text
    assert "1 too similar" in texts(app).replace("\\", "")


def test_the_monitor_shows_the_search_and_what_was_done_since(study: Path) -> None:
    since = {"state": "paused", "act": "prime", "arguments": PRIMING, "done": 3, "total": 40, "calls": 90, "cached": 60}
    Study.note(study, job=since)
    app = routed("monitor")
    assert [each.text for each in app.progress] == ["Search for questions: 8 of 12 pulls", "Priming: 3 of 40 questions"]
    assert [each.label for each in app.button] == ["Resume priming", "Continue the search"]
    assert {each.label: each.value for each in app.metric if "paid" in each.label} == {"Calls paid for": "30"}


def test_nothing_is_under_way_while_a_run_is_paused(study: Path) -> None:
    with closing(sqlite3.connect(study)) as file, file:
        file.execute("DELETE FROM pulls")
    assert "No pull is finished" in texts(routed("monitor"))
    assert "under way" not in shown(routed("monitor"))
    Study.note(study, job={"state": "running", "act": "prime", "arguments": PRIMING, "heartbeat": time.time(), "pid": os.getpid()})
    assert "under way" not in shown(routed("monitor")), "priming is, no pull"


def test_a_study_that_only_examines_has_no_search_to_show(study: Path) -> None:
    with closing(sqlite3.connect(study)) as file, file:
        file.execute("DELETE FROM pulls")
        file.execute("DELETE FROM topics")
    app = routed("monitor")
    assert not app.progress and "pull" not in " ".join(each.value for each in app.caption)


def test_the_monitor_says_at_once_how_long_it_has_been_at_work(study: Path) -> None:
    Study.note(study, job={"state": "starting", "heartbeat": time.time() - 4})
    assert re.search(r"loads its models\. For [4-9] s, 0 replies\.", shown(routed("monitor")))
    Study.note(study, job={"state": "running", "seconds": 7000.0, "calls": 1234, "heartbeat": time.time(), "pid": os.getpid()})
    assert "Running. For 1.9 hours, 1,234 replies." in shown(routed("monitor"))


def test_the_monitor_tells_what_an_endpoint_refused_to_be_asked(study: Path) -> None:
    assert "Asked otherwise" not in texts(routed("monitor"))
    with closing(sqlite3.connect(study)) as file, file:
        changed = """UPDATE calls SET reply = json_set(reply, '$.adapted', json('["messages", "top_p"]')) WHERE model = 'aurora'"""
        count = file.execute(changed).rowcount
    assert count, "the study has calls of this model"
    told = texts(routed("monitor")).replace("\\", "")
    assert f"aurora with the system message put before the user's ({count} calls); aurora with the endpoint's own top_p" in told


def test_the_monitor_tells_what_was_sent_and_not_recorded_and_exports_one_file(study: Path) -> None:
    app = routed("monitor")
    assert "had not been recorded" not in texts(app)
    assert "Export as one file" in [each.proto.label for each in app.get("download_button")]
    with Study.write(study) as written:
        written.sending("k", "aurora", 1200, 0.25)
    Study.write(study).close()  # the next writer finds what the last one left
    assert r"replies to 1 requests had not been recorded" in texts(routed("monitor")).replace("\\", "")


def test_a_run_without_any_score_draws_nothing_and_says_so(study: Path) -> None:
    with closing(sqlite3.connect(study)) as file, file:
        file.execute("UPDATE questions SET total = NULL, fate = 'unscored'")
        file.execute("UPDATE pulls SET reward = NULL")
    app = routed("monitor")
    assert "No question and no topic has a score yet" in texts(app)
    assert not app.get("plotly_chart")


def test_the_cost_is_known_before_the_run(folder: Path) -> None:
    app = routed("new_run")
    labels = {each.label: each.value for each in app.metric}
    assert set(labels) == {"Calls", "Tokens", "Money", "Time"}
    assert labels["Money"] == "$0.00"
    before = int(labels["Calls"].replace(",", ""))
    app.number_input(key="choice_budget").set_value(20).run()
    after = int(next(each.value for each in app.metric if each.label == "Calls").replace(",", ""))
    assert after > 1.5 * before, "twice the pulls take nearly twice the calls"


def test_the_first_page_brings_neither_litellm_nor_torch(folder: Path) -> None:
    script = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"app = AppTest.from_file({str(ROOT / 'app.py')!r}, default_timeout=30).run(); assert not app.exception, app.exception; "
        "print([name for name in ('litellm', 'torch', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip().endswith("[]")
