"""The fast simulation is the same process as the simulated panel's texts, read by its recogniser."""

from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive.study import Study
from adaem_core.chat.simulated.phrases import bank, find, schwartz
from adaem_core.chat.simulated.questions import read_question
from adaem_core.chat.simulated.recogniser import lexicon
from adaem_core.chat.simulated.respond import respond
from adaem_core.elicit.opinions import read_answer
from adaem_core.elicit.recognise import read_labels, recognise_request
from adaem_core.elicit.recognise_paper import value_lines
from adaem_core.elicit.respond import answer_request
from adaem_core.elicit.turns import Unread
from adaem_core.errors import BadInput
from adaem_core.generate.edition import edition
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.messages import Purpose
from adaem_core.settings import ElicitSettings
from adaem_core.validate import planted
from tests.measure.simulate import coins

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "demo.db"
MODELS = ("aurora", "delta", "garnet", "plateau")
SAMPLES = 6
IDS = schwartz().ids


def asked(model: str, text: str, sample: int) -> set[str]:
    """Return the values the recogniser finds in what the simulated respondent really answers."""
    request = answer_request(model, text, ElicitSettings())
    answer = read_answer(respond(model, request.messages, Purpose.ANSWER, sample), 3)
    assert not isinstance(answer, Unread)
    texts = [each.text for each in answer.opinions]
    reading = recognise_request("recogniser", texts, schwartz())
    found = read_labels(respond("recogniser", reading.messages, Purpose.RECOGNISE), texts, schwartz())
    assert not isinstance(found, Unread)
    return {each.dimension for each in found}


def test_frequencies_are_those_of_real_simulated_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 questions of the demo, four respondents, ten values: deviations are as large as chance makes them, and no larger."""
    with Study.read(DEMO) as study:
        texts = [item.question.text for item in edition(study).items][:40]
    real = np.array([[[[id in asked(m, text, s) for id in IDS] for m in MODELS] for text in texts] for s in range(SAMPLES)])
    monkeypatch.setattr(planted, "question", lambda number, _: read_question(texts[number % 40]))
    planted.draw.cache_clear()
    drawn = planted.draw(MODELS, 40 * 150, 3)
    labels = planted.read(drawn, 40 * 150, 0.03, 0.005).expressed.reshape(150, 40, len(MODELS), len(IDS))
    planted.draw.cache_clear()
    chance = labels.mean(axis=0)
    spread = np.sqrt(((chance * (1 - chance)).sum(axis=0)) * (1 / SAMPLES + 1 / 150)) / 40
    z = (real.mean(axis=(0, 1)) - chance.mean(axis=0)) / spread
    assert np.abs(z).max() < 4
    assert 0.6 < np.mean(z**2) < 1.5  # 40 cells: mean 1, standard deviation .22


def test_both_protocols_find_the_same_phrases() -> None:
    """So the calibration stands for both: a phrase is found among all values exactly where it is found alone."""
    lines = value_lines(schwartz()).splitlines()
    for value, phrases in bank().items():
        for phrase in phrases:
            together = {id for hit in find(lexicon("\n".join(lines)), phrase) for id in hit.stands_for}
            alone = {id for line in lines for hit in find(lexicon(line), phrase) for id in hit.stands_for}
            assert together == alone == {value}


def test_a_longer_draw_begins_with_the_shorter_one() -> None:
    short, long = planted.draw(MODELS, 5, 1), planted.draw(MODELS, 9, 1)
    for name in ("spoken", "answered", "luck"):
        np.testing.assert_array_equal(getattr(short, name), getattr(long, name)[:5])
    alone = planted.draw(MODELS[1:2], 5, 1)
    np.testing.assert_array_equal(alone.luck[:, 0], short.luck[:, 1])
    np.testing.assert_array_equal(alone.spoken[:, 0], short.spoken[:, 1])


def test_error_rates_are_those_asked_for() -> None:
    drawn = planted.draw(MODELS, 400, 2)
    first = drawn.spoken[:, :, 0]
    expressed = planted.read(drawn, 400, 0.2, 0.05, "first").expressed
    assert expressed[first].mean() == pytest.approx(0.8, abs=0.03)
    assert expressed[~first].mean() == pytest.approx(0.05, abs=0.01)
    np.testing.assert_array_equal(planted.read(drawn, 400, 0, 0, "first").expressed, first)
    np.testing.assert_array_equal(planted.read(drawn, 400, 0, 0).expressed, drawn.spoken.any(axis=2))


def test_refusals_are_missing() -> None:
    drawn = planted.draw(("indigo",), 2000, 4)
    missing = np.isnan(planted.read(drawn, 2000, 0.03, 0.005).expressed).all(axis=(1, 2))
    assert 0 < missing.mean() < 0.04
    np.testing.assert_array_equal(missing, ~drawn.answered[:, 0])


def test_true_rates_count_questions_on_which_one_of_two_speaks() -> None:
    expressed = np.array([[[1.0], [0.0], [1.0]], [[1.0], [0.0], [np.nan]], [[0.0], [1.0], [0.0]]])
    rates = planted.true_rates(ValueLabels(expressed, ("a", "b", "c"), ("x", "y", "z"), ("V",)))[:, 0]
    np.testing.assert_allclose(rates, [2 / 3, (1 / 3 + 1 / 2) / 2, 1 / 2])  # x and z never differ, so x is known from y alone
    assert planted.true_rates(coins(np.random.default_rng(1), 4000, 4, 2)) == pytest.approx(np.full((4, 2), 0.5), abs=0.04)


def test_panels_and_truth() -> None:
    assert planted.panel(11) == planted.everybody()
    assert len(set(planted.panel(3))) == 3
    told = planted.truth(("simulated/aurora", "aurora", "gpt-4o"))
    np.testing.assert_array_equal(told[0], told[1])
    assert np.isnan(told[2]).all()
    for count in (1, 12):
        with pytest.raises(BadInput, match=f"got {count}"):
            planted.panel(count)
