"""Correlations of values: scipy, pandas and a planted circle as oracles."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr, spearmanr

from adaem_core.errors import BadInput
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.validate.planted import draw, everybody, read
from adaem_core.validate.structure import across_models, across_questions, contrast, group_profiles, groups_across_models
from adaem_core.values import value_system
from tests.measure.simulate import coins, name

SCHWARTZ = value_system("schwartz")


def test_across_models_agrees_with_scipy() -> None:
    profiles = np.random.default_rng(1).random((9, 10))
    found = across_models(profiles, SCHWARTZ.ids, "pearson").cells[2][7]
    told = pearsonr(profiles[:, 2], profiles[:, 7])
    interval = told.confidence_interval(0.95)
    assert (found.value, found.low, found.high, found.n) == pytest.approx((told.statistic, interval.low, interval.high, 9))
    np.testing.assert_allclose(across_models(profiles, SCHWARTZ.ids).values, spearmanr(profiles).statistic, atol=1e-12)


def test_across_questions_is_the_correlation_of_deviations_from_the_question() -> None:
    labels = coins(np.random.default_rng(2), 60, 5, 4)
    apart = (labels.expressed - labels.expressed.mean(axis=1, keepdims=True)).reshape(-1, 4)
    found = across_questions(labels, np.random.default_rng(1))
    np.testing.assert_allclose(found.values, pd.DataFrame(apart).corr().to_numpy(), atol=1e-12)
    assert found.cells[0][1].n == 300
    assert found.cells[0][1].low < found.cells[0][1].value < found.cells[0][1].high


def test_what_a_question_evokes_from_everybody_is_no_correlation() -> None:
    """Both values are expressed on the same half of the questions by all models alike, and else by coin."""
    rng = np.random.default_rng(3)
    pull = np.where(np.arange(400) < 200, 0.9, 0.1)[:, None, None]
    labels = name((rng.random((400, 6, 2)) < pull).astype(float))
    assert np.corrcoef(labels.expressed.reshape(-1, 2).T)[0, 1] > 0.5
    found = across_questions(labels, rng).cells[0][1]
    assert found.low < 0 < found.high


def test_groups_are_means_of_their_values() -> None:
    profiles = np.random.default_rng(1).random((7, 10))
    names, grouped = group_profiles(profiles, SCHWARTZ)
    assert names == ("Openness to change", "Self-enhancement", "Conservation", "Self-transcendence")
    np.testing.assert_allclose(grouped[:, 0], profiles[:, :2].mean(axis=1))
    assert groups_across_models(profiles, SCHWARTZ).values.shape == (4, 4)


def test_the_simulated_panel_has_the_structure_of_the_theory() -> None:
    labels = read(draw(everybody(), 200, 5), 200, 0.03, 0.005)
    shares = np.nanmean(labels.expressed, axis=0)
    grouped = groups_across_models(shares, SCHWARTZ).values
    assert grouped[0, 2] < -0.5  # openness against conservation
    assert grouped[1, 3] < -0.5  # self-enhancement against self-transcendence
    found = contrast(across_models(shares, SCHWARTZ.ids).values, SCHWARTZ, np.random.default_rng(1))
    assert found.within.low > 0 > found.opposite.high
    assert found.difference.value == pytest.approx(found.within.value - found.opposite.value)
    assert found.p.value < 0.01


def test_without_structure_the_contrast_is_a_fair_test() -> None:
    rng = np.random.default_rng(5)
    p = [contrast(np.corrcoef(rng.random((10, 8))), SCHWARTZ, rng, permutations=99).p.value for _ in range(200)]
    assert 0.03 <= np.mean(np.array(p) <= 0.05) <= 0.07


def test_odd_inputs_say_why() -> None:
    rng = np.random.default_rng(1)
    assert "at least 3 are needed" in across_models(rng.random((2, 10)), SCHWARTZ.ids).cells[0][1].why
    assert "not known" in contrast(across_models(rng.random((2, 10)), SCHWARTZ.ids).values, SCHWARTZ, rng).p.why
    refused = ValueLabels(np.full((3, 2, 2), np.nan), ("a", "b", "c"), ("m", "n"), ("V", "W"))
    assert across_questions(refused, rng).cells[0][1].why.startswith("cannot be computed because")
    assert across_questions(refused.subset([]), rng).cells[0][1].why.startswith("cannot be computed because")
    same = name(np.ones((4, 3, 2)))
    assert "by all models or none" in across_questions(same, rng).cells[1][1].why
    with pytest.raises(BadInput, match="shape"):
        across_models(rng.random((3, 2)), SCHWARTZ.ids)
    with pytest.raises(BadInput, match="kendall"):
        across_models(rng.random((3, 10)), SCHWARTZ.ids, "kendall")
