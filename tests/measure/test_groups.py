"""Significance groups: Holm against statsmodels, and rank intervals worked out by hand."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from adaem_core.infer.holm import holm
from adaem_core.measure.groups import groups, rank_words
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from tests.measure.made_standings import made
from tests.measure.simulate import planted


def test_holm_equals_statsmodels() -> None:
    p = np.random.default_rng(1).random(20) ** 4
    np.testing.assert_allclose(holm(p), multipletests(p, method="holm")[1], atol=1e-15)


def test_holm_takes_no_account_of_tests_that_were_not_made() -> None:
    np.testing.assert_allclose(holm(np.array([0.01, np.nan, 0.02])), [0.02, np.nan, 0.02])


def test_clear_steps_give_bare_ranks() -> None:
    found = groups(made([0.2, 0.8, 0.5], 0.01))
    np.testing.assert_array_equal(found.best[:, 0], [3, 1, 2])
    np.testing.assert_array_equal(found.worst[:, 0], [3, 1, 2])
    np.testing.assert_array_equal(found.group[:, 0], [3, 1, 2])


def test_a_tie_is_a_group_and_never_a_bare_rank() -> None:
    found = groups(made([0.61, 0.60, 0.59, 0.2], 0.03))
    words = [rank_words(*pair) for pair in zip(found.best[:, 0], found.worst[:, 0], strict=True)]
    assert words == ["1–3, not separable"] * 3 + ["4"]
    np.testing.assert_array_equal(found.group[:, 0], [1, 1, 1, 2])


def test_a_chain_of_ties_overlaps_in_ranks_and_stays_one_group() -> None:
    """Neighbours are 2.1 errors apart, the ends 4.2: only the ends are separable, so no cut parts all from all."""
    found = groups(made([0.56, 0.50, 0.44], 0.02))
    np.testing.assert_array_equal(found.separable[:, :, 0], [[False, False, True], [False, False, False], [True, False, False]])
    np.testing.assert_array_equal(np.stack([found.best[:, 0], found.worst[:, 0]], axis=1), [[1, 2], [1, 3], [2, 3]])
    np.testing.assert_array_equal(found.group[:, 0], [1, 1, 1])


def test_never_rated_takes_no_rank_and_no_place() -> None:
    found = groups(made([0.8, np.nan, 0.2], 0.01))
    np.testing.assert_array_equal(found.best[:, 0], [1, np.nan, 2])
    np.testing.assert_array_equal(found.worst[:, 0], [1, np.nan, 2])
    np.testing.assert_array_equal(found.group[:, 0], [1, np.nan, 2])
    assert rank_words(found.best[1, 0], found.worst[1, 0]) == "not rated"


@pytest.mark.parametrize("method", ["trueskill", "rasch"])
def test_equal_examinees_are_rarely_told_apart(method: str) -> None:
    """All pairs of 5 equal examinees, 60 times: any verdict in a family is wrong, at most 5 % of families may have one.

    At most 8 of 60: the binomial with p = .05 exceeds that once in 500 runs.
    """
    labels = planted(np.random.default_rng(2), 200, np.zeros((5, 60)))
    found = groups(stand(labels, MeasureSettings(method=method, orders=4)))
    assert found.separable.any(axis=(0, 1)).sum() <= 8


@pytest.mark.parametrize("method", ["trueskill", "rasch"])
def test_rank_intervals_hold_the_planted_ranks_together(method: str) -> None:
    """Six examinees in a known order, 60 times: in at least 90 % of them all six rank intervals hold the true rank."""
    theta = np.linspace(1, -1, 6)
    labels = planted(np.random.default_rng(3), 200, np.tile(theta[:, None], 60))
    found = groups(stand(labels, MeasureSettings(method=method, orders=4)))
    ranks = np.arange(1, 7)[:, None]
    assert ((found.best <= ranks) & (ranks <= found.worst)).all(axis=0).mean() >= 0.9
    assert (found.worst - found.best).mean() < 4
