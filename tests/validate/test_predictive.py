"""Prediction of unseen questions: scikit-learn's AUC, a planted truth, and nulls."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.validate.planted import draw, everybody, read, truth
from adaem_core.validate.predictive import area, halves, mantel, only_one, predict, same_stance, stances, stances_follow, values_follow
from tests.infer.explained import explained
from tests.measure.simulate import coins, planted
from tests.rows import every_row

SETTINGS = MeasureSettings(resamples=50)
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "demo.db"


def test_area_and_accuracy_are_scikit_learns() -> None:
    rng = np.random.default_rng(1)
    expressed = planted(rng, 40, rng.normal(size=(4, 3)), missing=0.1).expressed
    rates = np.round(rng.random((4, 3)), 1)  # with ties
    told, scores = [], []
    for question in expressed:
        for i in range(4):
            for j in range(4):
                for d in range(3):
                    if {question[i, d], question[j, d]} == {0.0, 1.0}:
                        told.append(question[i, d])
                        scores.append(round(rates[i, d] - rates[j, d], 12))
    auc, accuracy, by_value = values_follow(rates, only_one(expressed), np.ones((2, 40)), ("A", "B", "C"), 0.95)
    assert auc.value == pytest.approx(roc_auc_score(told, scores))
    cases = np.array(scores)[np.array(told) == 1]
    assert accuracy.value == pytest.approx(np.mean((np.sign(cases) + 1) / 2))
    assert accuracy.n == len(cases) == sum(each.n for each in by_value.values())


def test_area_with_weights_is_scikit_learns() -> None:
    rng = np.random.default_rng(2)
    half, counts = rng.normal(size=30), rng.integers(0, 5, size=(2, 30)).astype(float)
    scores = np.concatenate([half, -half])
    events = np.concatenate([counts[0], counts[1]])
    told = roc_auc_score([1] * 60 + [0] * 60, np.concatenate([scores, -scores]), sample_weight=np.concatenate([events, events]))
    assert area(scores, events[None])[0] == pytest.approx(told)


def test_a_planted_truth_foretells_unseen_questions() -> None:
    models = tuple(each for each in everybody() if each != "plateau")  # it has no priorities, so it takes no side
    labels = read(draw(models, 200, 6), 200, 0.03, 0.005)
    priorities = truth(models)
    taken = np.sign(np.random.default_rng(1).normal(size=(200, 10)) @ priorities.T)  # each question asks for another mix of values
    found = predict(labels, taken, SETTINGS)
    assert (found.rated, found.unseen) == (100, 100)
    assert found.auc.low > 0.65
    assert found.accuracy.low > 0.6
    assert found.stance.low > 0.5
    assert found.stance_p.value < 0.01
    explained(found)


def test_coins_foretell_nothing() -> None:
    rng = np.random.default_rng(3)
    found = [predict(coins(rng, 60, 5, 3), np.sign(rng.normal(size=(60, 5))), SETTINGS, permutations=99) for _ in range(40)]
    assert np.mean([each.auc.value for each in found]) == pytest.approx(0.5, abs=0.02)
    assert np.mean([each.accuracy.value for each in found]) == pytest.approx(0.5, abs=0.02)


def test_mantel_is_a_fair_test() -> None:
    rng = np.random.default_rng(4)
    p = []
    for _ in range(200):
        rates, taken = rng.random((7, 4)), np.sign(rng.normal(size=(30, 7)))
        p.append(stances_follow(rates, taken, np.ones((2, 30)), 0.95, rng, 99)[1].value)
    assert 0.03 <= np.mean(np.array(p) <= 0.05) <= 0.07


def test_closeness_and_agreement_by_hand() -> None:
    rng = np.random.default_rng(5)
    rates, taken = rng.random((6, 4)), np.sign(rng.normal(size=(50, 6)))
    pairs = np.triu_indices(6, k=1)
    close = [-np.linalg.norm(rates[i] - rates[j]) for i, j in zip(*pairs, strict=True)]
    alike = [np.mean(taken[:, i] == taken[:, j]) for i, j in zip(*pairs, strict=True)]
    np.testing.assert_allclose(same_stance(taken, pairs, np.ones((1, 50)))[0], alike)
    found, _ = stances_follow(rates, taken, np.ones((2, 50)), 0.95, rng, 9)
    assert found.value == pytest.approx(spearmanr(close, alike).statistic)
    assert mantel(np.array(close), np.array(alike), 6, -1.0, rng, 9).value == 1


def test_the_halves_share_no_question() -> None:
    rated, unseen = halves(11, 0.3, np.random.default_rng(1))
    assert (len(rated), len(unseen)) == (3, 8)
    assert sorted([*rated, *unseen]) == list(range(11))


def test_stances_come_from_the_study() -> None:
    with Study.read(DEMO) as study:
        examination = examinations.measurements(study)[0]
        found = stances(study, examination)
        answer = examinations.answers(study, examination)[0]
    assert found.shape == (len(examination.asked), len(examination.examinees))
    assert set(np.unique(found[~np.isnan(found)])) <= {-1.0, 0.0, 1.0}
    assert found[0, examination.examinees.index(answer.model)] == {"yes": 1, "neutral": 0, "no": -1}[str(answer.response.stance)]


@every_row("shape", [(0, 3, 2), (3, 3, 2), (8, 1, 2), (8, 2, 2), (8, 5, 2)])
@every_row("fill", [np.nan, 0.0, 1.0])
def test_odd_inputs_say_why(shape: tuple[int, int, int], fill: float) -> None:
    names = [tuple(f"{axis}{n}" for n in range(size)) for axis, size in zip("qmv", shape, strict=True)]
    explained(predict(ValueLabels(np.full(shape, fill), *names), np.full(shape[:2], fill), SETTINGS, permutations=9))


def test_what_does_not_fit_is_refused() -> None:
    labels = coins(np.random.default_rng(1), 8, 3, 2)
    with pytest.raises(BadInput, match="one stance per question"):
        predict(labels, np.ones((8, 2)), SETTINGS)
    with pytest.raises(BadInput, match="between 0 and 1"):
        predict(labels, np.ones((8, 3)), SETTINGS, share=1.0)
