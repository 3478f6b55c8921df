"""Standings with intervals: determinism, pairing, coverage of the truth, and what missing answers may do."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from adaem_core.infer.arrays import Floats
from adaem_core.infer.resample import interval, random_orders
from adaem_core.measure.ratings import rate
from adaem_core.measure.standings import stand
from adaem_core.measure.win_rates import propensity_chances, skill_chances, win_rates
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import name, planted

Method = Literal["trueskill", "rasch"]
METHODS = ("trueskill", "rasch")
THETA = np.linspace(-1, 1, 6)


def settings(method: str, **changes: int) -> MeasureSettings:
    return replace(MeasureSettings(method=method, orders=4), **changes)


@pytest.mark.parametrize("method", METHODS)
def test_same_seed_same_numbers_and_another_seed_others(method: str) -> None:
    labels = planted(np.random.default_rng(1), 60, np.tile(THETA[:, None], 2))
    first, again, other = (stand(labels, settings(method, resamples=20, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.resampled, again.resampled)
    np.testing.assert_array_equal(first.win_rates, again.win_rates)
    assert (first.resampled != other.resampled).any()


@pytest.mark.parametrize("method", METHODS)
def test_resamples_are_shared_by_dimensions_and_examinees(method: str) -> None:
    """Two dimensions with the same labels have the same resampled win rates, and each resample averages to a half."""
    labels = planted(np.random.default_rng(1), 60, THETA[:, None])
    twice = stand(name(np.repeat(labels.expressed, 2, axis=2)), settings(method, resamples=20))
    np.testing.assert_allclose(twice.resampled[:, :, 0], twice.resampled[:, :, 1], atol=1e-12)
    np.testing.assert_allclose(twice.resampled.mean(axis=1), 0.5, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_permuting_examinees_permutes_everything(method: str) -> None:
    labels, swap = planted(np.random.default_rng(4), 80, THETA[:, None], missing=0.1), [4, 2, 0, 5, 1, 3]
    there = stand(labels, settings(method, resamples=20))
    back = stand(name(labels.expressed[:, swap]), settings(method, resamples=20))
    for part in ("win_rates", "low", "high"):
        np.testing.assert_allclose(getattr(back, part), getattr(there, part)[swap], atol=1e-6)


def truth(method: Method) -> Floats:
    """Return the win rates that 12,000 questions converge to, by the method's own definition; Rasch: from the planted θ."""
    if method == "rasch":
        return win_rates(propensity_chances(THETA[:, None]))
    rng = np.random.default_rng(0)
    many = planted(rng, 12_000, np.tile(THETA[:, None], 4))
    rates = win_rates(skill_chances(rate(many, random_orders(12_000, 2, rng), MeasureSettings())))
    return np.asarray(rates.mean(axis=(0, 2))[:, None], dtype=np.float64)


@pytest.mark.parametrize("method", METHODS)
def test_intervals_cover_the_truth(method: Method) -> None:
    """Nominal 95 %: 60 examinations of 250 questions by 6 examinees, 5 % missing. Dimensions serve as repetitions."""
    labels = planted(np.random.default_rng(6), 250, np.tile(THETA[:, None], 60), missing=0.05)
    found = stand(labels, settings(method))
    covered = (found.low <= truth(method)) & (truth(method) <= found.high)
    assert 0.90 <= covered.mean() <= 0.98


@pytest.mark.parametrize("method", METHODS)
def test_dropping_a_tenth_of_the_responses_stays_within_the_intervals(method: str) -> None:
    rng = np.random.default_rng(8)
    labels = planted(rng, 300, np.tile(THETA[:, None], 5))
    fewer = labels.expressed.copy()
    fewer[rng.random(fewer.shape[:2]) < 0.1] = np.nan
    whole, part = stand(labels, settings(method)), stand(name(fewer), settings(method))
    assert ((part.win_rates >= whole.low) & (part.win_rates <= whole.high)).all()


@pytest.mark.parametrize("method", METHODS)
def test_refusing_is_not_the_same_as_not_expressing(method: str) -> None:
    """Refusals at random leave an examinee where it is; the same cells as zeros would push it down."""
    rng = np.random.default_rng(10)
    labels = planted(rng, 400, np.zeros((6, 1)))
    refused, zeroed = labels.expressed.copy(), labels.expressed.copy()
    rows = rng.random(400) < 0.5
    refused[rows, 0], zeroed[rows, 0] = np.nan, 0.0
    whole, missing, wrong = (stand(name(each), settings(method)) for each in (labels.expressed, refused, zeroed))
    assert missing.low[0, 0] <= whole.win_rates[0, 0] <= missing.high[0, 0]
    assert wrong.high[0, 0] < whole.win_rates[0, 0]


@pytest.mark.parametrize("method", METHODS)
def test_never_rated_has_neither_rate_nor_interval(method: str) -> None:
    labels = planted(np.random.default_rng(3), 50, THETA[:, None])
    expressed = labels.expressed.copy()
    expressed[:, 2] = np.nan
    found = stand(name(expressed), settings(method, resamples=20))
    for part in (found.win_rates, found.low, found.high):
        np.testing.assert_array_equal(np.isnan(part[:, 0]), [False, False, True, False, False, False])


@pytest.mark.parametrize("method", METHODS)
def test_no_questions_give_no_numbers(method: str) -> None:
    found = stand(name(np.zeros((0, 3, 2))), settings(method, resamples=20))
    assert found.win_rates.shape == (3, 2)
    assert np.isnan(found.win_rates).all()
    assert np.isnan(found.low).all()


def test_interval_is_between_percentiles_of_what_is_known() -> None:
    resampled = np.array([*np.linspace(0, 1, 101), np.nan])[:, None]
    low, high = interval(resampled, 0.9)
    assert (low[0], high[0]) == pytest.approx((0.05, 0.95))


def test_order_of_questions_hardly_moves_a_win_rate() -> None:
    """With τ = 0 and shared weights, the spread over single orders falls with the number of questions."""
    labels = planted(np.random.default_rng(5), 3000, THETA[:, None])
    orders = random_orders(3000, 12, np.random.default_rng(1))
    rates = win_rates(skill_chances(rate(labels, orders, MeasureSettings())))
    drifting = win_rates(skill_chances(rate(labels, orders, MeasureSettings(drift=25 / 300))))
    assert rates.std(axis=0).max() < 0.01 < drifting.std(axis=0).max()
