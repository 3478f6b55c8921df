"""The conditional distribution against the sum over all subsets, written out."""

from itertools import combinations

import numpy as np
import pytest

from adaem_core.infer.arrays import Floats
from adaem_core.measure.conditional import inclusion, joint_inclusion, sum_ratios


def by_subsets(odds: Floats, size: int) -> tuple[float, Floats]:
    """Return γ_size and the joint inclusion (k, l) of one row by visiting every subset of those who answered."""
    gamma, joint = 0.0, np.zeros((len(odds), len(odds)))
    for subset in combinations(np.flatnonzero(odds), size):
        weight = float(np.prod(odds[list(subset)]))
        gamma += weight
        joint[np.ix_(subset, subset)] += weight
    return gamma, joint / gamma


@pytest.mark.parametrize("spread", [0.0, 1.0, 6.0])
def test_equals_the_sum_over_subsets(spread: float) -> None:
    rng = np.random.default_rng(4)
    odds = np.exp(rng.normal(0, spread, size=(5, 8)))
    odds[1, 3] = odds[2, :4] = odds[3, 1:7] = 0.0  # did not answer
    ratios, chances = sum_ratios(odds), inclusion(odds)
    joint = joint_inclusion(odds, chances)
    for row in range(5):
        for size in range(1, np.count_nonzero(odds[row]) + 1):
            gamma, expected = by_subsets(odds[row], size)
            assert ratios[size, row] == pytest.approx(by_subsets(odds[row], size - 1)[0] / gamma, rel=1e-12)
            np.testing.assert_allclose(chances[size, row], np.diag(expected), rtol=1e-11, atol=1e-15)
            np.testing.assert_allclose(joint[size, row], expected, rtol=1e-11, atol=1e-15)


def test_no_digits_are_lost_for_many_unequal_examinees() -> None:
    """The chances of s included examinees add up to s, for 60 examinees whose odds span e^±10: a difference formula would fail."""
    chances = inclusion(np.exp(np.linspace(-10, 10, 60))[None])[:, 0]
    np.testing.assert_allclose(chances.sum(axis=1), np.arange(61), rtol=1e-12)
    assert (np.diff(chances, axis=0) >= 0).all()
