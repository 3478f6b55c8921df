"""Robustness to the panel: pingouin and scipy as oracles, and a planted shift."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy.stats import mannwhitneyu, pearsonr, spearmanr

from adaem_core.errors import BadInput
from adaem_core.validate.another_panel import distributions, robustness, superiority
from tests.infer.explained import explained

MODELS, VALUES = ("a", "b", "c", "d"), ("V", "W", "X")


def runs(noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Return two profile matrices that differ by noise."""
    rng = np.random.default_rng(1)
    first = rng.random((4, 3))
    return first, first + rng.normal(scale=noise, size=(4, 3))


def test_cells_are_compared_as_the_packages_do() -> None:
    first, second = runs(0.2)
    found = robustness(first, second, MODELS, VALUES).cells
    assert found.pearson.value == pytest.approx(pearsonr(first.ravel(), second.ravel()).statistic)
    assert found.spearman.value == pytest.approx(spearmanr(first.ravel(), second.ravel()).statistic)
    both = np.column_stack([first.ravel(), second.ravel()])
    assert found.alpha.value == pytest.approx(pingouin.cronbach_alpha(pd.DataFrame(both))[0])
    long = pd.DataFrame(both).reset_index().melt(id_vars="index")
    table = pingouin.intraclass_corr(long, targets="index", raters="variable", ratings="value")
    assert found.icc_agreement.value == pytest.approx(table["ICC"][1])
    assert found.icc_agreement.n == 12


def test_the_cell_that_differs_most_is_named() -> None:
    first, second = runs(0.0)
    second = second.copy()
    second[2, 1] += 0.7
    model, value, gap = robustness(first, second, MODELS, VALUES).largest
    assert (model, value) == ("c", "W")
    assert gap == pytest.approx(0.7)


def test_superiority_is_mann_and_whitneys() -> None:
    rng = np.random.default_rng(2)
    one, other = np.sort(rng.integers(0, 9, 40).astype(float)), rng.integers(2, 11, 30).astype(float)
    assert superiority(one, other) == pytest.approx(mannwhitneyu(other, one).statistic / 1200)


def test_a_planted_shift_of_scores_is_found() -> None:
    rng = np.random.default_rng(3)
    found = distributions(rng.normal(6, 1, 300), rng.normal(7, 1, 200), rng)
    assert found.shift.low < 1 < found.shift.high
    assert found.superiority.low < 0.760 < found.superiority.high  # Φ(1/√2)
    assert found.p.value < 0.001
    level, first, second = found.quantiles[2]
    assert level == 0.5
    assert first.low < 6 < first.high
    assert second.low < 7 < second.high


def test_odd_inputs_say_why() -> None:
    rng = np.random.default_rng(4)
    missing = np.full((4, 3), np.nan)
    for first, second in ((missing, missing), (np.ones((4, 3)), np.ones((4, 3))), (missing, np.ones((4, 3)))):
        explained(robustness(first, second, MODELS, VALUES).cells)
    assert robustness(missing, missing, MODELS, VALUES).largest[0] == ""
    explained(robustness(np.ones((2, 1)), np.array([[1.0], [2.0]]), ("a", "b"), ("V",)))
    explained(distributions(np.array([np.nan]), np.array([1.0]), rng))
    explained(distributions(np.array([1.0]), np.array([1.0]), rng))
    with pytest.raises(BadInput, match="got shapes"):
        robustness(np.ones((2, 2)), np.ones((2, 2)), MODELS, VALUES)
