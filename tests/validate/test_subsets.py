"""Subsets and halves: theory, a planted truth, odd input."""

import numpy as np
import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.validate.reliability import relative_share_profiles, share_profiles, win_rate_profiles
from adaem_core.validate.subsets import STATISTICS, sides, split_half, stepped_up, subset_consistency
from tests.infer.explained import explained
from tests.measure.simulate import coins, name, planted
from tests.rows import every_row


@pytest.fixture
def labels(rng: np.random.Generator) -> ValueLabels:
    """Return 2,000 questions with a planted truth."""
    return planted(rng, 2000, 0.7 * rng.normal(size=(8, 5)), missing=0.05)


def test_more_questions_agree_better(labels: ValueLabels, rng: np.random.Generator) -> None:
    found = subset_consistency(labels, rng, sizes=(25, 100, 800), repeats=15)
    explained(found)
    for statistic in STATISTICS:
        small, middle, large = (each.bands[statistic] for each in found)
        assert small.value < middle.value < large.value and small.n == 15
        assert large.high - large.low < small.high - small.low


def test_a_subset_agrees_better_with_a_whole_that_contains_it(labels: ValueLabels) -> None:
    rest, full, disjoint = (
        subset_consistency(labels, np.random.default_rng(1), (800,), 10, against)[0].bands["pearson"].value
        for against in ("rest", "full", "disjoint")
    )
    assert disjoint < rest < full


def test_sides_have_nothing_in_common_unless_asked() -> None:
    order = np.arange(10)
    assert not set(sides(order, 4, "rest")[0]) & set(sides(order, 4, "rest")[1]) and len(sides(order, 4, "rest")[1]) == 6
    assert sides(order, 4, "disjoint")[1].tolist() == [4, 5, 6, 7] and len(sides(order, 4, "full")[1]) == 10


def test_common_values_alone_make_raw_shares_agree(rng: np.random.Generator) -> None:
    """Models without any difference: raw shares agree by base rates alone, relative ones do not. This is why the latter are the default."""
    rates = np.linspace(0.1, 0.9, 5)
    same = name((rng.random((1000, 8, 5)) < rates).astype(float))
    raw = subset_consistency(same, rng, (200,), 10, profiles=share_profiles)[0].bands["pearson"].value
    relative = subset_consistency(same, rng, (200,), 10)[0].bands["pearson"].value
    assert raw > 0.9 and abs(relative) < 0.3


def test_same_seed_same_bands(labels: ValueLabels) -> None:
    first, second = (subset_consistency(labels, np.random.default_rng(2), (100,), 5) for _ in range(2))
    assert first == second


def test_spearman_and_brown() -> None:
    np.testing.assert_allclose(stepped_up(np.array([0.0, 0.5, 1.0, -0.5])), [0, 2 / 3, 1, -2])
    assert np.isnan(stepped_up(np.array([-1.0]))).all()


def test_halves_stepped_up_foretell_a_test_twice_as_long(rng: np.random.Generator) -> None:
    """Halves of n questions, stepped up, must come near the agreement of two independent examinations of n questions."""
    theta = 0.5 * rng.normal(size=(16, 5))
    one, other = (planted(rng, 400, theta) for _ in range(2))
    everything = np.arange(400)
    real = np.corrcoef(*(relative_share_profiles(each, [everything])[0].ravel() for each in (one, other)))[0, 1]
    found = split_half(one, rng, 40)
    explained(found)
    assert found.half.value < found.whole.value and found.whole.value == pytest.approx(real, abs=0.06)
    assert set(found.by_dimension) == set(one.dimensions)


@every_row("shape", [(0, 3, 2), (1, 3, 2), (3, 3, 2), (40, 2, 2), (40, 1, 1)])
@every_row("fill", [0.0, 1.0, np.nan, 2.0])
def test_odd_examinations_are_explained(shape: tuple[int, int, int], fill: float, rng: np.random.Generator) -> None:
    expressed = coins(rng, *shape).expressed if fill == 2 else np.full(shape, fill)
    for profiles in (share_profiles, win_rate_profiles(MeasureSettings())) if shape[0] == 3 else (share_profiles,):
        explained(
            [split_half(name(expressed), rng, 3, profiles), subset_consistency(name(expressed), rng, (0, 1, 20, 50), 2, profiles=profiles)]
        )


def test_unknown_counterpart_is_refused(labels: ValueLabels, rng: np.random.Generator) -> None:
    with pytest.raises(BadInput, match="held against"):
        subset_consistency(labels, rng, against="half")
    assert "needs 1,001 questions, and there are 40" in subset_consistency(coins(rng, 40, 3, 2), rng, (1000,))[0].bands["alpha"].why
