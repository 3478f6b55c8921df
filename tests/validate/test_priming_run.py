"""Priming as a series of examinations: what is asked again, what is not, and whose answers are exchanged."""

from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive import examinations
from adaem_core.errors import BadInput
from adaem_core.measure.value_labels import value_labels
from adaem_core.messages import Purpose
from adaem_core.validate.priming_run import CONTROLS, NEUTRAL, WORDINGS, labels_of, plans, prepared, primings, prompt
from tests.elicit.fakes import SYSTEM, ScriptedModel
from tests.generate.fakes import steady
from tests.measure.examined import ASKED, MODELS, done, examination, study


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_wording_names_the_value(wording: str) -> None:
    told = [prompt(each, wording) for each in SYSTEM.dimensions]
    assert len(set(told)) == len(told) and all(each.name in text for each, text in zip(SYSTEM.dimensions, told, strict=True))


@pytest.mark.parametrize("control", CONTROLS)
def test_only_the_primed_model_is_asked_again_once_per_condition(tmp_path: Path, control: str) -> None:
    with study(tmp_path / "s.db") as file:
        base = examination(file)
        done(file, ScriptedModel(steady), base)
        ask = ScriptedModel(steady)
        planned = plans(base, "oak", ["SEC", "POW"], SYSTEM, wording="meaning", control=control)
        for _ in range(2):
            for each in prepared(file, planned):
                done(file, ask, each)
        answers = [request for request in ask.history if request.purpose is Purpose.ANSWER]
        conditions = 2 + (control == "neutral")
        assert {request.model for request in answers} == {"oak"} and len(answers) == conditions * len(ASKED)
        assert [each.condition for each in primings(file)[planned[0].part_of]] == [NEUTRAL] * (conditions - 2) + ["SEC", "POW"]
        assert [each.id for each in examinations.measurements(file)] == ["E1"]


def test_the_primed_answers_stand_in_the_models_own_row_and_nowhere_else(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as file:
        base = examination(file)
        done(file, ScriptedModel(steady), base)
        series = prepared(file, plans(base, "oak", ["SEC"], SYSTEM, wording="name", control="silence"))
        done(file, ScriptedModel(steady), series[0])
        plain, primed = labels_of(file, base, series, SYSTEM)
        own = value_labels(file, series[0], SYSTEM).expressed[:, 0]
    np.testing.assert_array_equal(plain.expressed[:, [0, 2]], primed["SEC"].expressed[:, [0, 2]])
    np.testing.assert_array_equal(primed["SEC"].expressed[:, MODELS.index("oak")], own)
    assert (plain.expressed[:, 1] != own).any(), "the prompt changes what the scripted model says"


FAULTS = [("nobody", ["SEC"], "silence", "not asked in E1"), ("oak", ["XXX"], "silence", "No value XXX"), ("oak", [], "silence", "No value"), ("oak", ["SEC"], "loud", "control must be")]  # fmt: skip


@pytest.mark.parametrize(("model", "targets", "control", "told"), FAULTS)
def test_what_cannot_be_primed_is_told(tmp_path: Path, model: str, targets: list[str], control: str, told: str) -> None:
    with study(tmp_path / "s.db") as file, pytest.raises(BadInput, match=told):
        plans(examination(file), model, targets, SYSTEM, wording="meaning", control=control)
