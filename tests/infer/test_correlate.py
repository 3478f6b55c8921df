"""Correlations against scipy, pingouin and simulation."""

import numpy as np
import pytest
from scipy import stats

from adaem_core.errors import BadInput
from adaem_core.infer.correlate import pearson, ranks, spearman
from tests.infer.explained import explained
from tests.rows import every_row


@pytest.mark.parametrize("n", [4, 10, 200])
def test_scipy(n: int, rng: np.random.Generator) -> None:
    x = rng.normal(size=n)
    y = np.round(x + rng.normal(size=n), 1)
    wanted = stats.pearsonr(x, y)
    found, limits = pearson(x, y), wanted.confidence_interval()
    assert (found.value, found.low, found.high) == pytest.approx((wanted.statistic, limits.low, limits.high), abs=1e-10)
    assert spearman(x, y).value == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-10)


def test_interval_of_spearman_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    rho = 6 / np.pi * np.arcsin(0.6 / 2)  # of a bivariate normal with r = .6
    covered = 0
    for _ in range(1000):
        x = rng.normal(size=40)
        found = spearman(x, 0.6 * x + 0.8 * rng.normal(size=40))
        covered += found.low <= rho <= found.high
    assert 930 <= covered <= 970


ODD = {
    "none": ([], []),
    "two": ([1, 2], [2, 1]),
    "three": ([1, 2, 4], [1, 3, 3]),
    "constant": ([1] * 5, [1, 2, 3, 4, 5]),
    "line": ([1, 2, 3, 4], [2, 4, 6, 8]),
    "missing": ([np.nan] * 4, [1, 2, 3, 4]),
}


@every_row("x, y", ODD.values(), ids=ODD.keys())
def test_odd_profiles_are_explained(x: list[float], y: list[float]) -> None:
    explained([pearson(x, y), spearman(x, y)])
    assert pearson(x, y).why


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_ranks_are_those_of_scipy_and_rounding_errors_break_no_tie(size: float, rng: np.random.Generator) -> None:
    values = rng.integers(12, size=50) * size
    np.testing.assert_array_equal(ranks(values), stats.rankdata(values))
    np.testing.assert_array_equal(ranks(values + rng.normal(size=50) * size * 1e-14), stats.rankdata(values))
    assert ranks(np.empty(0)).shape == (0,)


def test_missing_numbers_leave_out_their_pair() -> None:
    assert pearson([1, 2, 4, np.nan, 3], [1, 3, 3, 9, 4]).n == 4
    with pytest.raises(BadInput, match="one shape"):
        pearson([1, 2], [1, 2, 3])
