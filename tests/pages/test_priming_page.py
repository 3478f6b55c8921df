"""Priming page: the demo's series with its verdict and circle; a plan with its cost, and the worker it starts."""

from pathlib import Path

import pytest

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.validate.priming_run import plans, prepared
from adaem_core.values import value_system
from adaem_core.work import jobs
from tests.pages.fixture_examination import write_examination
from tests.pages.fixture_library import PANEL
from tests.pages.opening import routed


def test_the_demo_shows_a_verdict_with_its_criterion_and_every_statistic_in_words() -> None:
    app = routed("priming")
    words = " ".join(each.value for each in [*app.markdown, *app.caption]).replace("\\", "")
    assert "Criterion" in words and "SIMULATED" in words
    assert "t(9) = " in words and "by permutation" in words and "n = 30 pairs" in words and "n = 48 questions" in words
    assert "nan" not in words.lower().split()


def test_a_plan_says_what_it_takes_and_starts_the_worker(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_examination(study, panel=PANEL)
    started: list[tuple[Path, str, str]] = []
    monkeypatch.setattr(jobs, "start", lambda path, act, **fields: started.append((path, act, fields["values"])))
    app = routed("priming")
    app.multiselect(key="choice_targets").set_value(["SEC", "POW"]).run()
    assert any(each.label == "Calls" and int(each.value.replace(",", "")) > 0 for each in app.metric)
    app.button(key="prime").click().run()
    assert started == [(study, "prime", "SEC,POW")]


def test_a_series_that_was_not_finished_is_no_crash(study: Path) -> None:
    write_examination(study, panel=PANEL)
    with Study.write(study) as file:
        base = examinations.measurements(file)[0]
        prepared(file, plans(base, base.examinees[0], ["SEC"], value_system("schwartz"), wording="meaning", control="silence"))
    app = routed("priming")
    words = " ".join(each.value for each in [*app.markdown, *app.caption])
    assert "cannot be computed because" in words or "cannot be told" in words
