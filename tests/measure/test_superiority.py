"""Chances of all pairs: their means are the win rates of the standings; complementary; they recover a planted chance."""

import numpy as np
import pytest
from scipy.special import expit

from adaem_core.measure.standings import stand, superiority
from adaem_core.measure.win_rates import win_rates
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import name, planted


@pytest.mark.parametrize("method", ["trueskill", "rasch"])
def test_means_over_others_are_the_win_rates(method: str) -> None:
    labels = planted(np.random.default_rng(1), 60, np.array([[1.0, 0], [0, 0], [-1, 0.5]]), missing=0.1)
    settings = MeasureSettings(method=method, orders=4, resamples=40)
    found = superiority(labels, settings)
    np.testing.assert_allclose(win_rates(found.chances), stand(labels, settings).win_rates, atol=1e-12)
    np.testing.assert_allclose(found.chances + found.chances.transpose(1, 0, 2), 1, atol=1e-12)
    np.testing.assert_allclose(found.low + found.high.transpose(1, 0, 2), 1, atol=1e-9)
    assert (found.low <= found.high).all()


def test_rasch_recovers_the_planted_chance() -> None:
    """θ differ by 1: of the questions on which exactly one of the two expresses it, that is the first in expit(1) = 73 %."""
    labels = planted(np.random.default_rng(2), 3000, np.array([[0.5], [-0.5], [0.0]]))
    found = superiority(labels, MeasureSettings(method="rasch", resamples=60))
    one, other = labels.expressed[:, 0, 0], labels.expressed[:, 1, 0]
    counted = (one > other).sum() / (one != other).sum()
    assert found.chances[0, 1, 0] == pytest.approx(counted, abs=0.03)
    assert found.low[0, 1, 0] <= expit(1.0) <= found.high[0, 1, 0]


def test_never_rated_has_no_chance() -> None:
    labels = planted(np.random.default_rng(3), 30, np.zeros((3, 1)))
    expressed = labels.expressed.copy()
    expressed[:, 2] = np.nan
    found = superiority(name(expressed), MeasureSettings(orders=2, resamples=20))
    np.testing.assert_array_equal(np.isnan(found.chances[:, :, 0]), [[False, False, True], [False, False, True], [True, True, True]])
