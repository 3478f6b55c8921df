"""Benchmarks side by side: Table 15, numpy, and planted differences between models."""

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from adaem_core.validate.reliability import share_profiles
from adaem_core.validate.side_by_side import (
    between_models,
    mean_correlation,
    of_labels,
    of_profile,
    of_standings,
    profiles_side_by_side,
    side_by_side,
)
from tests.infer.explained import explained
from tests.measure.made_standings import made
from tests.measure.simulate import name, planted

SETTINGS = MeasureSettings(resamples=100)
# Table 15: four models on five moral foundations.
MFQ = np.array(
    [[0.833, 0.633, 0.533, 0.6, 0.76], [0.967, 0.733, 0.833, 0.8, 1], [0.967, 0.833, 0.767, 0.833, 0.76], [0.967, 0.8, 0.667, 0.867, 0.8]]
)
VALUE_BENCH = np.array(
    [[0.7, 0.733, 0.667, 0.517, 0.35], [0.75, 0.967, 0.75, 0.45, 0.8], [0.6, 0.833, 0.567, 0.533, 0.683], [0.7, 0.917, 0.75, 0.567, 0.7]]
)
ADAEM = np.array(
    [
        [0.646, 0.906, 0.477, 0.433, 0.636],
        [0.825, 0.213, 0.634, 0.951, 0.856],
        [0.251, 0.456, 0.722, 0.989, 0.768],
        [0.128, 0.055, 0.073, 0.005, 0.457],
    ]
)


@pytest.mark.parametrize(("scores", "printed"), [(MFQ, 0.096), (VALUE_BENCH, 0.133), (ADAEM, 0.212)])
def test_spread_is_the_one_printed_in_table_15(scores: np.ndarray, printed: float) -> None:
    assert of_profile(scores).spread.value == pytest.approx(printed, abs=0.001)


@pytest.mark.parametrize(("scores", "expected"), [(MFQ, 0.580), (VALUE_BENCH, 0.623), (ADAEM, -0.095)])
def test_correlation_is_numpys(scores: np.ndarray, expected: float) -> None:
    """Table 15 prints .625, .561 and −.169, which do not follow from its own scores; its text says −0.1, which does."""
    told = np.corrcoef(scores)[np.triu_indices(4, k=1)].mean()
    assert of_profile(scores).correlation.value == pytest.approx(told)
    assert told == pytest.approx(expected, abs=0.001)


def test_between_models_is_the_standard_deviation_over_models() -> None:
    assert between_models(ADAEM) == pytest.approx(np.sqrt(ADAEM.var(axis=0, ddof=1).mean()))


def test_sampling_error_is_taken_out() -> None:
    """Two models at .6 and .4: the variance between them is .02; with an error of .1 of their difference, .015."""
    true = np.array([[0.6], [0.4]])
    assert between_models(true) == pytest.approx(0.02**0.5)
    assert between_models(true, np.full((2, 2, 1), 0.1)) == pytest.approx(0.015**0.5)
    assert between_models(true, np.full((2, 2, 1), 9.0)) == 0


def test_profiles_compare_without_intervals() -> None:
    found = profiles_side_by_side(ADAEM, MFQ)
    assert found.correlation.value == pytest.approx(-0.675, abs=0.001)
    assert "interval cannot be computed" in found.correlation.why
    assert found.separates_more == ""


def test_the_benchmark_on_which_models_differ_separates_more() -> None:
    rng = np.random.default_rng(1)
    theta = rng.normal(size=(5, 6))
    common = rng.normal(size=6)  # what everybody values alike
    strong, weak = (planted(rng, 200, common + theta * factor) for factor in (1.5, 0.1))
    found = side_by_side(strong, weak, SETTINGS)
    assert found.separates_more == "first"
    assert found.between.low > 0
    assert found.correlation.high < 0
    assert side_by_side(weak, strong, SETTINGS).separates_more == "second"


def test_noise_alone_separates_nothing() -> None:
    noise = planted(np.random.default_rng(2), 60, np.zeros((6, 6)))
    found = of_labels(noise, SETTINGS).between
    assert between_models(share_profiles(noise, [np.arange(60)])[0]) > 0.04
    assert found.value < 0.03


def test_what_is_left_without_sampling_error_is_the_true_spread() -> None:
    """Shares are binomial around known chances: the corrected spread is theirs, whatever the number of questions."""
    rng = np.random.default_rng(6)
    chance = rng.uniform(0.3, 0.7, size=(5, 8))
    found = [
        of_labels(name((rng.random((40, 5, 8)) < chance).astype(float)), MeasureSettings(resamples=40)).between.value for _ in range(60)
    ]
    assert np.mean(np.square(found)) ** 0.5 == pytest.approx(float(between_models(chance)), abs=0.005)


def test_win_rates_are_uncorrelated_between_models_by_their_making() -> None:
    standings = stand(planted(np.random.default_rng(1), 100, np.zeros((5, 10))), SETTINGS)
    assert of_standings(standings).correlation.value == pytest.approx(-1 / 4, abs=0.05)


def test_two_like_benchmarks_are_called_different_no_more_than_chance_allows() -> None:
    rng = np.random.default_rng(3)
    theta = rng.normal(size=(4, 5))
    found = [side_by_side(*(planted(rng, 80, theta) for _ in range(2)), SETTINGS).separates_more for _ in range(200)]
    assert sum(each != "" for each in found) <= 18


def test_odd_inputs_say_why() -> None:
    for scores in (np.full((3, 4), np.nan), np.full((3, 4), 0.5), np.ones((1, 4)), np.ones((2, 2)), np.empty((0, 4))):
        explained(of_profile(scores))
    explained(of_standings(made([np.nan, np.nan], 0.0)))
    for fill, shape in ((np.nan, (3, 2, 4)), (1.0, (3, 2, 4)), (0.0, (1, 3, 2)), (1.0, (0, 3, 2)), (1.0, (3, 1, 4))):
        labels = name(np.full(shape, fill))
        explained(side_by_side(labels, labels, SETTINGS))
    assert np.isnan(mean_correlation(np.full((2, 3, 4), np.nan))).all()
    with pytest.raises(BadInput, match="same models"):
        profiles_side_by_side(MFQ, MFQ[:2])
    with pytest.raises(BadInput, match="same models"):
        side_by_side(name(np.ones((2, 3, 4))), name(np.ones((2, 2, 4))), SETTINGS)
