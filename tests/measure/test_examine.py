"""The engine of an examination: everything asked once, missing stays missing, readings can be repeated without asking."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive import examinations
from adaem_core.errors import Paused
from adaem_core.measure.examine import read_again
from adaem_core.measure.value_labels import value_labels
from adaem_core.messages import Purpose, Request
from adaem_core.records import Outcome
from tests.elicit.fakes import SYSTEM, Said, ScriptedModel
from tests.generate.fakes import run, shown, steady
from tests.measure.examined import ASKED, MODELS, done, examination, instrument, study

CELLS = len(ASKED) * len(MODELS)


def moody(request: Request) -> Said:
    """Oak refuses question 2, elm's answer to question 3 is unreadable twice, all others answer."""
    if request.purpose in (Purpose.ANSWER, Purpose.REPAIR):
        question = shown(request, "question")
        if request.model == "oak" and "law 2 " in question:
            return "I'm sorry, I cannot take a side on this."
        if request.model == "elm" and "law 3 " in question:
            return "Hm."
    return "no JSON" if request.purpose is Purpose.REPAIR else steady(request)


def purposes(model: ScriptedModel) -> Counter[Purpose]:
    return Counter(request.purpose for request in model.history)


def test_every_examinee_answers_every_question_once(tmp_path: Path) -> None:
    ask = ScriptedModel(steady)
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        assert done(file, ask, each) == len(ASKED)
        assert purposes(ask) == {Purpose.ANSWER: CELLS, Purpose.RECOGNISE: CELLS}
        assert done(file, ask, each) == 0 and len(ask.history) == 2 * CELLS, "a finished examination asks nothing"
        labels = value_labels(file, each, SYSTEM)
    assert labels.questions == ("Q1", "Q2", "Q3", "Q4") and labels.examinees == MODELS and labels.dimensions == SYSTEM.ids
    assert not np.isnan(labels.expressed).any()


def test_labels_are_the_or_over_opinions_of_what_was_recognised(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        done(file, ScriptedModel(steady), each)
        labels = value_labels(file, each, SYSTEM)
        for answer in examinations.answers(file, each):
            place = labels.questions.index(answer.response.subject.removeprefix("E1:")), labels.examinees.index(answer.model)
            assert {id for id, cell in zip(SYSTEM.ids, labels.expressed[place], strict=True) if cell} == answer.expressed


def test_refused_and_unreadable_answers_are_missing_never_zero(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        done(file, ScriptedModel(moody), each)
        outcomes = Counter(answer.response.outcome for answer in examinations.answers(file, each))
        missing = np.isnan(value_labels(file, each, SYSTEM).expressed)
    assert outcomes == {Outcome.ANSWERED: CELLS - 2, Outcome.REFUSED: 1, Outcome.UNREADABLE: 1}
    assert missing.all(axis=2)[1, 1] and missing.all(axis=2)[2, 2]
    assert missing.sum() == 2 * len(SYSTEM.ids)


@pytest.mark.parametrize("stop", [0, 1, 5, 11, 17, 23])
def test_interrupted_anywhere_it_asks_nothing_twice_that_was_stored(tmp_path: Path, stop: int) -> None:
    told: list[Request] = []

    def stopping(request: Request) -> Said:
        told.append(request)
        return Paused("enough") if len(told) > stop else steady(request)

    with study(tmp_path / "s.db") as file, study(tmp_path / "whole.db") as whole:
        each = examination(file)
        with pytest.raises(Paused):
            done(file, ScriptedModel(stopping), each)
        kept = {answer.response.subject for answer in examinations.answers(file, each)}
        second = ScriptedModel(steady)
        assert done(file, second, each) == len(ASKED) - len(kept)
        assert purposes(second)[Purpose.ANSWER] == (len(ASKED) - len(kept)) * len(MODELS)
        reference = examination(whole)
        done(whole, ScriptedModel(steady), reference)
        np.testing.assert_array_equal(value_labels(file, each, SYSTEM).expressed, value_labels(whole, reference, SYSTEM).expressed)


def test_another_recogniser_reads_the_stored_answers_and_nobody_is_asked(tmp_path: Path) -> None:
    ask = ScriptedModel(steady)
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        done(file, ScriptedModel(moody), each)
        assert done(file, ask, each, recogniser="critic") == len(ASKED)
        assert purposes(ask) == {Purpose.RECOGNISE: CELLS - 2}
        assert {request.model for request in ask.history} == {"critic"}
        both = [value_labels(file, each, SYSTEM, recogniser=name).expressed for name in ("judge", "critic")]
    np.testing.assert_array_equal(both[0], both[1], "the scripted recognisers read alike")


def test_a_sample_is_read_by_the_other_protocol_once(tmp_path: Path) -> None:
    def either(request: Request) -> Said:
        if request.purpose is Purpose.RECOGNISE and not shown(request, "opinions"):
            return "Yes"
        return steady(request)

    ask = ScriptedModel(either)
    with study(tmp_path / "s.db") as file:
        each = examination(file)
        done(file, ask, each)
        before = len(ask.history)
        for _ in range(2):
            run(read_again(file, instrument(ask, protocol="paper"), each, 5, seed=1))
        paper = value_labels(file, each, SYSTEM, "paper").expressed
        assert len(ask.history) - before == 5 * 3 * len(SYSTEM.ids), "three opinions each, one request per value, and only once"
    assert (~np.isnan(paper)).all(axis=2).sum() == 5 and np.nansum(paper) == 5 * len(SYSTEM.ids)


def test_a_condition_is_said_before_every_question_and_kept_apart(tmp_path: Path) -> None:
    ask = ScriptedModel(steady)
    with study(tmp_path / "s.db") as file:
        plain, primed = examination(file), examination(file, condition="SEC", system_prompt="Care for safety above all.")
        done(file, ask, primed)
        systems = {request.messages[0]["content"] for request in ask.history if request.purpose is Purpose.ANSWER}
        assert systems == {"Care for safety above all."}
        assert not examinations.answers(file, plain) and len(examinations.answers(file, primed)) == CELLS
