"""Estimates against scipy, and the reasons of what cannot be computed."""

import numpy as np
import pytest
from scipy import stats

from adaem_core.infer.estimate import band, constant, from_draws, jackknifed, mean, proportion, share, unknown
from tests.infer.explained import explained
from tests.rows import every_row


@every_row("hits, n", [(0, 5), (5, 5), (7, 10), (300, 1000), (3, 7), (40, 40), (1, 1)])
def test_proportion_is_wilsons(hits: int, n: int) -> None:
    wanted = stats.binomtest(hits, n).proportion_ci(method="wilson")
    found = proportion(hits, n)
    assert (found.value, found.low, found.high) == pytest.approx((hits / n, wanted.low, wanted.high), abs=1e-10)


def test_wilsons_interval_covers_as_often_as_it_says_on_average() -> None:
    """Over evenly spread true shares of 20 cases: near 95 %, where the exact interval covers 97 to 98 %."""
    n, hits = 20, np.arange(21)
    limits = np.array([share(each, n)[1:] for each in hits])
    shares = np.linspace(0.005, 0.995, 199)
    held = (limits[:, 0] <= shares[:, None]) & (shares[:, None] <= limits[:, 1])
    coverage = (stats.binom.pmf(hits, n, shares[:, None]) * held).sum(axis=1).mean()
    assert coverage == pytest.approx(0.95, abs=0.01)


def test_a_share_of_nothing_is_unknown() -> None:
    assert np.isnan(share(0, 0)).all()
    assert proportion(0, 0, because="nobody was asked").why == "cannot be computed because nobody was asked"


def test_the_jackknife_of_a_mean_is_students_interval() -> None:
    values = np.array([1.0, 2.5, 4.0, 3.0])
    left_out = (values.sum() - values) / 3
    found, wanted = jackknifed(values.mean(), left_out, 4, (-np.inf, np.inf)), mean(values)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    assert jackknifed(values.mean(), left_out, 4, (2.0, 3.0)).low == 2.0
    assert "too few" in jackknifed(1.0, np.empty(0), 1, (0, 1)).why


def test_mean_is_students_and_leaves_out_missing() -> None:
    values = np.array([1.0, 2.5, np.nan, 4.0, 3.0])
    known = values[~np.isnan(values)]
    wanted = stats.t.interval(0.95, 3, known.mean(), stats.sem(known))
    found = mean(values)
    assert (found.value, found.low, found.high, found.n) == pytest.approx((known.mean(), *wanted, 4))


@every_row("values", [[], [np.nan], [2.0], [0.1 + 0.2, 0.3]], ids=["none", "missing", "one", "equal"])
def test_odd_means_are_explained(values: list[float]) -> None:
    found = mean(values)
    explained(found)
    assert found.why


def test_draws_that_mostly_fail_give_no_interval() -> None:
    draws = np.array([1.0, 2.0, 3.0, np.nan])
    assert from_draws(2.0, draws, 9).low == pytest.approx(1.05)
    assert "only 1 of 4 resamples" in from_draws(2.0, np.where(draws > 1, np.nan, draws), 9).why
    explained(from_draws(2.0, np.full(4, np.nan), 9))


def test_band_is_a_median_over_known_repeats() -> None:
    found = band(np.array([1.0, np.nan, 2.0, 3.0]))
    assert (found.value, found.n) == (2, 3)
    assert band(np.array([np.nan])).why == "cannot be computed because no repeat gives a value"


def test_constant_forgives_rounding_only() -> None:
    assert constant(np.array([0.1 + 0.2, 0.3])) and constant(np.zeros(3))
    assert not constant(np.array([0.3, 0.3001]))
    assert not unknown("x").known
