"""Reliability against pingouin, formulas and a planted truth."""

import numpy as np
import pandas as pd
import pingouin
import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from adaem_core.validate.reliability import (
    consistency,
    cronbach_alpha,
    k_fold,
    relative_share_profiles,
    retest,
    share_profiles,
    split,
    variation,
    win_rate_profiles,
)
from tests.infer.explained import explained
from tests.measure.simulate import coins, name, planted
from tests.rows import every_row


@pytest.mark.parametrize("shape", [(5, 3), (40, 2), (200, 10)])
def test_alpha_is_pingouins(shape: tuple[int, int], rng: np.random.Generator) -> None:
    items = rng.normal(size=(shape[0], 1)) + rng.normal(size=shape)
    wanted, limits = pingouin.cronbach_alpha(pd.DataFrame(items))
    found = cronbach_alpha(items)
    assert found.value == pytest.approx(wanted, abs=1e-10) and found.n == shape[0]
    assert (found.low, found.high) == pytest.approx(tuple(limits), abs=6e-4)  # pingouin prints three digits


def test_alpha_of_two_equal_halves_is_spearman_and_browns() -> None:
    """With equal variances α is 2r / (1 + r)."""
    x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 1, 4, 3])
    r = np.corrcoef(x, y)[0, 1]
    assert cronbach_alpha(np.stack([x, y], axis=1)).value == pytest.approx(2 * r / (1 + r))


@every_row(
    "items",
    [
        np.zeros((0, 3)),
        np.ones((5, 3)),
        np.ones((5, 1)),
        [[1, 2]],
        [[1, 1], [2, 2], [3, 3]],
        [[1, 2], [2, 1], [3, 0]],
        np.full((4, 2), np.nan),
    ],
)
def test_odd_items_are_explained(items: list[list[float]]) -> None:
    explained(cronbach_alpha(items))


def test_shares_are_plain_means(rng: np.random.Generator) -> None:
    labels = coins(rng, 30, 4, 3, missing=0.3)
    sets = [np.arange(10), np.array([3, 17]), np.array([], dtype=int)]
    found = share_profiles(labels, sets)
    np.testing.assert_allclose(found[0], np.nanmean(labels.expressed[:10], axis=0))
    assert np.isnan(found[2]).all()
    assert np.nanmean(relative_share_profiles(labels, sets)[0], axis=0) == pytest.approx(0, abs=1e-12)


def test_win_rates_are_those_of_the_standings(rng: np.random.Generator) -> None:
    labels, settings = planted(rng, 40, rng.normal(size=(4, 2))), MeasureSettings()
    found = win_rate_profiles(settings)(labels, [np.arange(20), np.array([], dtype=int)])
    np.testing.assert_allclose(found[0], stand(labels.subset(range(20)), settings).win_rates)
    assert np.isnan(found[1]).all()


def test_folds_are_a_partition(rng: np.random.Generator) -> None:
    folds = split(17, 5, rng)
    assert sorted(np.concatenate(folds).tolist()) == list(range(17)) and {len(each) for each in folds} == {3, 4}
    with pytest.raises(BadInput, match="two folds"):
        split(17, 1, rng)


def test_variation_is_deviation_over_mean() -> None:
    cells = np.array([[1.0, 3.0], [2.0, 2.0], [0.0, 0.0], [np.nan, 1.0]])
    found = variation(cells)
    assert (found.value, found.n) == (pytest.approx(2**0.5 / 2 / 2), 2)


def test_alpha_rises_with_questions_and_is_low_for_coins(rng: np.random.Generator) -> None:
    theta = rng.normal(size=(12, 5))
    few, many = (k_fold(planted(rng, questions, theta), 5, rng) for questions in (30, 2000))
    explained([few, many])
    assert many.alpha.value > few.alpha.value and many.alpha.value > 0.95 and many.variation.value < few.variation.value
    flat = np.mean([k_fold(name((rng.random((200, 8, 6)) < 0.5).astype(float)), 5, rng).alpha.value for _ in range(50)])
    assert abs(flat) < 0.2


def test_consistency_of_two_and_of_three(rng: np.random.Generator) -> None:
    truth = rng.normal(size=(6, 5))
    noisy = np.stack([truth + rng.normal(0, 0.2, size=truth.shape) for _ in range(3)])
    two, three = consistency(noisy[:2]), consistency(noisy)
    explained([two, three])
    assert two.pearson.value == pytest.approx(np.corrcoef(noisy[0].ravel(), noisy[1].ravel())[0, 1])
    assert two.apart.value == pytest.approx(np.abs(noisy[0] - noisy[1]).mean())
    assert "mean over 3 pairs" in three.pearson.why and three.icc_agreement.value > 0.9
    with pytest.raises(BadInput, match="Two or more"):
        consistency(noisy[:1])


def test_a_constant_shift_is_consistent_but_no_agreement() -> None:
    x = np.arange(10.0).reshape(1, 5, 2)
    found = consistency(np.concatenate([x, x + 5 + np.arange(10.0).reshape(1, 5, 2) % 2]))
    assert found.icc_consistency.value > 0.95 > found.icc_agreement.value


def test_retest_of_the_same_models(rng: np.random.Generator) -> None:
    theta = 1.5 * rng.normal(size=(6, 4))
    first, second = (planted(rng, 400, theta) for _ in range(2))
    found = retest([first, second])
    explained(found)
    assert found.pearson.value > 0.8
    with pytest.raises(BadInput, match="same examinees"):
        retest([first, coins(rng, 5, 3, 4)])


ODD = {
    "fewer questions than folds": np.ones((3, 2, 2)),
    "one question": np.ones((1, 2, 2)),
    "no question": np.ones((0, 2, 2)),
    "one examinee": np.ones((9, 1, 2)),
    "two examinees": (np.arange(36).reshape(9, 2, 2) % 3 > 0).astype(float),
    "never": np.zeros((9, 3, 2)),
    "all refused": np.full((9, 3, 2), np.nan),
}


@every_row("expressed", ODD.values(), ids=ODD.keys())
def test_odd_examinations_are_explained(expressed: np.ndarray, rng: np.random.Generator) -> None:
    labels = name(expressed)
    for profiles in (share_profiles, win_rate_profiles(MeasureSettings())):
        explained([k_fold(labels, 5, rng, profiles), retest([labels, labels], profiles)])
