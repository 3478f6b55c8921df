"""The acts as a notebook calls them: with a loop running, one after the other in one process, with records instead of names."""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import adaem_core as adaem
from adaem_core.archive.examinations import measurement
from adaem_core.archive.study_settings import settings_of
from adaem_core.errors import BadInput
from adaem_core.measure.plan import forecast
from adaem_core.settings import ElicitSettings, ExamineSettings, GenerateSettings
from adaem_core.work import jobs
from tests.runs import panel_file, remote_panel

QUESTIONS = "question\nShould voting be compulsory?\nShould zoos be closed?\n"
NOT_TWICE = ExamineSettings(read_twice=0)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))


def questions_in(folder: Path) -> Path:
    path = folder / "questions.csv"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def test_acts_follow_each_other_in_one_process_with_and_without_a_running_loop(tmp_path: Path) -> None:
    """Against endpoints, whose connections belong to the loop they were opened in."""
    study = tmp_path / "remote.db"

    async def notebook() -> None:
        adaem.prime(study, "aurora", values=["SEC"])

    with remote_panel() as server:
        told = adaem.examine(study, NOT_TWICE, benchmark=questions_in(tmp_path), examinees=panel_file(tmp_path, server))
        asyncio.run(notebook())
        assert adaem.examine(study, NOT_TWICE)["calls"] == told["calls"] | {
            "answer": told["calls"]["answer"] + 2,
            "recognise": told["calls"]["recognise"] + 2,
        }
    assert (told["answered"], told["failed"]) == (22, 0)
    with adaem.open_study(study) as opened:
        assert [row.target for row in adaem.priming_table(opened, adaem.settings.MeasureSettings(resamples=20))] == ["SEC"]
        assert adaem.labels(opened, "E2").examinees == ("aurora",)
        assert adaem.labels(opened).expressed.shape == (2, 11, 10), "the last one that measures, not a primed one"
    assert jobs.watch(study).state == "finished"


def test_records_do_as_well_as_names(tmp_path: Path) -> None:
    study, simulated = tmp_path / "made.db", adaem.panel("simulated")
    panel = replace(simulated, name="mine", models=simulated.models[:-1])
    system, topics = adaem.value_system("moral_foundations"), adaem.read_topics("general").topics[:3]
    asked = {"panel": panel, "value_system": system, "topics": topics, "title": "Mine"}
    told = adaem.generate_questions(study, GenerateSettings(budget=1), ElicitSettings(opinions=2), **asked)  # type: ignore[arg-type]
    assert (told["pulls"], told["simulated"]) == (1, True)
    with adaem.open_study(str(study)) as opened:
        made = settings_of(opened)
        assert (made.panel, made.system, tuple(opened.topics())) == (panel, system, tuple(topics))
        assert (made.title, made.elicit.opinions) == ("Mine", 2)
    assert adaem.generate_questions(study)["pulls"] == 1, "nothing is left to do"
    with pytest.raises(BadInput, match="other settings of: panel"):
        adaem.generate_questions(study, panel=simulated)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    study = tmp_path / "new.db"
    adaem.examine(study, NOT_TWICE, benchmark=questions_in(tmp_path), top=1, value_system="moral_foundations")
    with adaem.open_study(study) as opened:
        with pytest.raises(BadInput, match="no model was primed on E1 yet"):
            adaem.priming_table(opened, adaem.settings.MeasureSettings())
        with pytest.raises(BadInput, match="No examination E7"):
            measurement(opened, "E7")
        assert np.isin(adaem.labels(opened).expressed, (0, 1)).all()


def test_an_examination_takes_what_was_forecast_and_is_continued_with_its_own_draw(tmp_path: Path) -> None:
    study = tmp_path / "s.db"
    adaem.examine(study, ExamineSettings(read_twice=1, read_seed=7), benchmark=questions_in(tmp_path))
    arguments = jobs.watch(study).arguments
    assert arguments["read_seed"] == 7
    with adaem.open_study(study) as opened:
        stages = forecast(measurement(opened), settings_of(opened).system, read_twice=1)
        used = opened.select("SELECT SUM(prompt_tokens) AS asked, SUM(completion_tokens) AS written FROM calls")[0]
    assert sum(each.prompt_tokens for each in stages) == pytest.approx(used["asked"], rel=0.25)
    assert sum(each.completion_tokens for each in stages) == pytest.approx(used["written"], rel=0.25)


def test_a_slow_answer_is_not_waited_for_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(jobs, "QUIET", 0.0)
    monkeypatch.setattr(jobs, "BEAT", 0.001)
    adaem.examine(tmp_path / "s.db", NOT_TWICE, benchmark=questions_in(tmp_path))
    assert "0 of 2 done; still at work, 0 replies in the last 0 s\n" in capsys.readouterr().err
