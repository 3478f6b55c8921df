"""Agreement of two readings: κ against scikit-learn, missing labels left out, and sentences where there is no κ."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.measure.two_readings import OVERALL, agreement
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import coins, name

SETTINGS = MeasureSettings(resamples=200)


def noisy(truth: Floats, error: float, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    return np.where(rng.random(truth.shape) < error, 1 - truth, truth)


def test_kappa_equals_scikit_learn_where_both_have_labels() -> None:
    truth = coins(np.random.default_rng(1), 80, 5, 3, missing=0.1)
    other = noisy(coins(np.random.default_rng(1), 80, 5, 3, missing=0.1).expressed, 0.2, 2)
    other[0] = np.nan
    found = agreement(truth, name(other), SETTINGS)
    for d, each in enumerate(found[:-1]):
        one, two = truth.expressed[..., d].ravel(), other[..., d].ravel()
        known = ~(np.isnan(one) | np.isnan(two))
        assert each.n == known.sum()
        assert each.kappa.value == pytest.approx(cohen_kappa_score(one[known], two[known]))
        assert each.share == pytest.approx((one[known] == two[known]).mean())
        assert each.kappa.low < each.kappa.value < each.kappa.high
    assert found[-1].dimension == OVERALL
    assert found[-1].n == sum(each.n for each in found[:-1])


def test_the_interval_holds_the_planted_kappa() -> None:
    """Readers that each err in 10 % of fair coins: they agree in 82 %, so κ = .64. Nominal 95 % of 60 dimensions."""
    truth = (np.random.default_rng(3).random((100, 2, 60)) < 0.5).astype(float)
    found = agreement(name(noisy(truth, 0.1, 4)), name(noisy(truth, 0.1, 5)), SETTINGS)[:-1]
    assert np.mean([each.kappa.low <= 0.64 <= each.kappa.high for each in found]) >= 0.87


def test_where_there_is_no_kappa_a_sentence_says_why() -> None:
    first = np.array([[[1.0, np.nan, 1.0]], [[1.0, 1.0, 0.0]]])
    second = np.array([[[1.0, 1.0, 1.0]], [[1.0, np.nan, 0.0]]])
    same, nothing, perfect, _ = agreement(name(first), name(second), SETTINGS)
    assert not same.kappa.known
    assert "same label to all 2 answers" in same.kappa.why
    assert same.share == 1
    assert np.isnan(nothing.share)
    assert "no answers were labelled by both" in nothing.kappa.why
    assert perfect.kappa.value == 1
    assert "resamples give a value" in perfect.kappa.why  # of two questions drawn again, both are often the same


def test_the_axes_must_be_the_same() -> None:
    labels = coins(np.random.default_rng(1), 4, 2, 2)
    with pytest.raises(BadInput, match="same questions"):
        agreement(labels, labels.subset([0, 1]), SETTINGS)
