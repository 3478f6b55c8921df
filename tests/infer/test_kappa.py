"""κ against scikit-learn, statsmodels and Fleiss' own example."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from sklearn.metrics import confusion_matrix as oracle_confusion
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as oracle_fleiss

from adaem_core.errors import BadInput
from adaem_core.infer.kappa import cohen_kappa, confusion, fleiss_kappa, percent_agreement
from tests.infer.explained import explained
from tests.rows import every_row

POINTS = (1.0, 2.0, 3.0)
# Fleiss (1971) as worked on the method's encyclopedia page: 10 subjects, 14 raters, 5 categories, κ = .210.
FLEISS = np.array(
    [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
).astype(float)


def two_raters(rng: np.random.Generator, n: int = 80) -> tuple[np.ndarray, np.ndarray]:
    first = rng.integers(1, 4, size=n).astype(float)
    return first, np.where(rng.random(n) < 0.6, first, rng.integers(1, 4, size=n))


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_kappa_is_scikit_learns_with_statsmodels_interval(weights: str, rng: np.random.Generator) -> None:
    first, second = two_raters(rng)
    counts = confusion(first, second, POINTS)
    np.testing.assert_array_equal(counts, oracle_confusion(first, second))
    found = cohen_kappa(counts, weights)
    assert found.value == pytest.approx(cohen_kappa_score(first, second, weights=None if weights == "none" else weights), abs=1e-10)
    wanted = cohens_kappa(counts, wt=None if weights == "none" else weights)
    assert (found.low, found.high) == pytest.approx((wanted.kappa_low, wanted.kappa_upp), abs=1e-8)


def test_percent_agreement_counts_what_both_rated() -> None:
    counts = confusion([1, 2, 3, np.nan], [1, 2, 1, 3], POINTS)
    found = percent_agreement(counts)
    assert (found.value, found.n) == (pytest.approx(2 / 3), 3)


def test_fleiss_example_and_oracle(rng: np.random.Generator) -> None:
    found = fleiss_kappa(FLEISS)
    assert found.value == pytest.approx(0.210, abs=5e-4) and found.low < found.value < found.high
    counts = rng.multinomial(5, [0.2, 0.3, 0.5], size=30).astype(float)
    assert fleiss_kappa(counts).value == pytest.approx(oracle_fleiss(counts), abs=1e-10)


def test_jackknife_is_what_leaving_out_one_by_one_gives() -> None:
    out = np.array([fleiss_kappa(np.delete(FLEISS, row, axis=0)).value for row in range(10)])
    error = (0.9 * np.square(out - out.mean()).sum()) ** 0.5
    found = fleiss_kappa(FLEISS)
    assert found.high - found.value == pytest.approx(1.959964 * error, abs=1e-6)


ODD = {
    "nothing in common": ([np.nan, 1], [1, np.nan]),
    "empty": ([], []),
    "both constant": ([2, 2, 2], [2, 2, 2]),
    "one constant": ([2, 2, 2], [2, 1, 2]),
    "perfect": ([1, 2, 3], [1, 2, 3]),
    "opposite": ([1, 3, 1], [3, 1, 3]),
}


@every_row("first, second", ODD.values(), ids=ODD.keys())
@every_row("weights", ["none", "linear", "quadratic"])
def test_odd_ratings_are_explained(first: list[float], second: list[float], weights: str) -> None:
    counts = confusion(first, second, POINTS)
    explained([cohen_kappa(counts, weights), percent_agreement(counts)])


@every_row("counts", [np.zeros((0, 2)), [[2.0, 0.0]], [[1.0, 1.0], [2.0, 1.0]], [[3.0, 0.0], [3.0, 0.0]], [[2.0, 1.0]], [[2, 0], [0, 2.0]]])
def test_odd_counts_of_many_raters_are_explained(counts: list[list[float]]) -> None:
    explained(fleiss_kappa(np.array(counts)))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="same items"):
        confusion([1], [1, 2], POINTS)
    with pytest.raises(BadInput, match="got 7"):
        confusion([7], [1], POINTS)
    with pytest.raises(BadInput, match="Weights"):
        cohen_kappa(np.ones((3, 3)), "cubic")
