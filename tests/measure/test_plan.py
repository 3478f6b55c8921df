"""Who is examined, what it will take, and when two examinations are one."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from adaem_core.archive import examinations
from adaem_core.errors import BadInput
from adaem_core.measure.plan import examinees_of, forecast, made, panel_for, planned
from adaem_core.messages import Purpose
from adaem_core.panels import ModelSpec, Panel, Role
from adaem_core.settings import ChatSettings, ElicitSettings
from tests.elicit.fakes import SYSTEM, ScriptedModel
from tests.generate.fakes import steady
from tests.measure.examined import ASKED, MODELS, PANEL, done, examination, study

REPLAY = ChatSettings(replay=True)


@pytest.mark.parametrize("protocol", ["batched"])
def test_the_forecast_is_what_is_then_asked(tmp_path: Path, protocol: str) -> None:
    ask = ScriptedModel(steady)
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        done(file, ask, each)
    assert {stage.purpose: stage.calls for stage in forecast(each, SYSTEM)} == Counter(request.purpose for request in ask.history)
    twice = {stage.purpose: stage.calls for stage in forecast(each, SYSTEM, read_twice=4)}
    assert twice[Purpose.RECOGNISE] == len(ASKED) * len(MODELS) + 4 * 3 * len(SYSTEM.ids)


def test_examinees_are_those_with_the_role_else_the_strong_models() -> None:
    assert examinees_of(PANEL) == MODELS
    strong = Panel("p", (ModelSpec("a", "m/a", (Role.P2,)), ModelSpec("b", "m/b", (Role.P1,))))
    assert examinees_of(strong) == ("a",)


def test_a_panel_without_recogniser_borrows_the_studys(tmp_path: Path) -> None:
    others = Panel("others", (ModelSpec("fir", "simulated/fir", (Role.EXAMINEE,)),))
    clash = Panel("clash", (ModelSpec("judge", "simulated/fir", (Role.EXAMINEE,)),))
    with study(tmp_path / "s.db") as file:
        assert panel_for(file, None) == PANEL
        borrowed = panel_for(file, others)
        assert [each.name for each in borrowed.models] == ["fir", "judge"] and borrowed.one(Role.RECOGNISER) == "judge"
        with pytest.raises(BadInput, match="has a model called 'judge'"):
            panel_for(file, clash)


def test_the_same_examination_is_made_once_and_any_change_makes_another(tmp_path: Path) -> None:
    plan = planned(PANEL, ElicitSettings(), "bench", ASKED)
    changes = [
        planned(PANEL, ElicitSettings(words=90), "bench", ASKED),
        planned(PANEL, ElicitSettings(), "other", ASKED),
        planned(PANEL, ElicitSettings(), "bench", ASKED[:2]),
        planned(PANEL, ElicitSettings(), "bench", ASKED, examinees=MODELS[:2]),
        planned(PANEL, ElicitSettings(), "bench", ASKED, condition="SEC", system_prompt="Be safe."),
        planned(PANEL, ElicitSettings(), "bench", ASKED, sample=1),
    ]
    with study(tmp_path / "s.db") as file:
        first = made(file, plan, REPLAY)
        assert made(file, planned(PANEL, ElicitSettings(), "bench", ASKED, title="Another name"), REPLAY).id == first.id == "E1"
        assert [made(file, each, REPLAY).id for each in changes] == [f"E{number}" for number in range(2, 8)]
        assert examinations.one(file, "E1") == first and first.panel == PANEL
        assert [each.id for each in examinations.every(file)] == [f"E{number}" for number in range(1, 8)]


def test_unpriced_models_stop_with_a_question_before_anything_is_stored(tmp_path: Path) -> None:
    unpriced = Panel("new", (ModelSpec("nova", "openai/never-heard-of", (Role.EXAMINEE, Role.RECOGNISER)),))
    with study(tmp_path / "s.db") as file:
        with pytest.raises(BadInput, match="nova"):
            made(file, planned(unpriced, ElicitSettings(), "bench", ASKED), ChatSettings())
        assert examinations.every(file) == []


def test_questions_and_examinees_must_be_there_and_differ(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as file:
        for plan, told in (
            (planned(PANEL, ElicitSettings(), "b", ()), "no question"),
            (planned(PANEL, ElicitSettings(), "b", (ASKED[0], ASKED[0])), "Q1 more than once"),
            (replace(planned(PANEL, ElicitSettings(), "b", ASKED), examinees=()), "no examinee"),
        ):
            with pytest.raises(BadInput, match=told):
                examinations.create(file, plan)
