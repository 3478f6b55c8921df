"""TrueSkill against the `trueskill` package (scipy backend, no draws), game by game, and what must hold of any rating."""

from typing import Literal

import numpy as np
import pytest
import trueskill
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import truncnorm

from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.resample import random_orders, resamples
from adaem_core.measure.ratings import SIGMA, Ratings, rate, signed_weights, truncation
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from tests.measure.simulate import coins, name
from tests.rows import every_row

Weighting = Literal["share", "sum"]
SHARE, SUM = MeasureSettings(weighting="share"), MeasureSettings(weighting="sum")


def by_package(expressed: Floats, order: Integers, chosen: MeasureSettings) -> Floats:
    """Return mu and sigma of one dimension by the package, shape (2, examinees); `expressed` has shape (questions, examinees)."""
    league = trueskill.TrueSkill(draw_probability=0.0, tau=chosen.drift, backend="scipy")
    skills = [league.create_rating() for _ in range(expressed.shape[1])]
    for question in order:
        teams = [np.flatnonzero(expressed[question] == label) for label in (1, 0)]
        if all(len(team) for team in teams):
            weights = [[1 / len(team) if chosen.weighting == "share" else 1.0] * len(team) for team in teams]
            after = league.rate([tuple(skills[each] for each in team) for team in teams], weights=weights)
            for team, rated in zip(teams, after, strict=True):
                for each, skill in zip(team, rated, strict=True):
                    skills[each] = skill
    return np.array([[skill.mu for skill in skills], [skill.sigma for skill in skills]])


def assert_as_the_package(labels: ValueLabels, orders: Integers, chosen: MeasureSettings) -> None:
    ratings = rate(labels, orders, chosen)
    for number, order in enumerate(orders):
        for dimension in range(len(labels.dimensions)):
            mu, sigma = by_package(labels.expressed[:, :, dimension], order, chosen)
            rated = sigma != SIGMA
            np.testing.assert_allclose(ratings.mu[number, rated, dimension], mu[rated], rtol=0, atol=1e-9)
            np.testing.assert_allclose(ratings.sigma[number, rated, dimension], sigma[rated], rtol=0, atol=1e-9)
            assert np.isnan(ratings.mu[number, ~rated, dimension]).all()


@given(
    seed=st.integers(0, 10**6),
    size=st.tuples(st.integers(1, 12), st.integers(2, 7), st.integers(1, 3)),
    missing=st.sampled_from([0.0, 0.2, 0.6]),
    weighting=st.sampled_from(["share", "sum"]),
    drift=st.sampled_from([0.0, 25 / 300]),
)
@settings(max_examples=40, deadline=None)
def test_equals_the_package_on_random_labels(
    seed: int, size: tuple[int, int, int], missing: float, weighting: Weighting, drift: float
) -> None:
    rng = np.random.default_rng(seed)
    labels = coins(rng, *size, missing)
    assert_as_the_package(labels, random_orders(size[0], 2, rng), MeasureSettings(weighting=weighting, drift=drift))


@pytest.mark.parametrize("weighting", ["share", "sum"])
def test_equals_the_package_after_many_games(weighting: Weighting) -> None:
    rng = np.random.default_rng(7)
    labels = coins(rng, 300, 9, 2, missing=0.1)
    assert_as_the_package(labels, random_orders(300, 1, rng), MeasureSettings(weighting=weighting))


def test_equals_the_package_on_a_resample_with_repeated_questions() -> None:
    rng = np.random.default_rng(8)
    assert_as_the_package(coins(rng, 30, 5, 2), resamples(30, 2, rng), SHARE)


def test_one_beating_fifteen_and_twelve_beating_four_with_plain_sums() -> None:
    """With weights 1 the larger team wins beforehand: the issue of the plain sum, in the two figures that show it."""
    lone = name(np.array([1.0] + [0.0] * 15).reshape(1, 16, 1))
    crowd = name(np.array([1.0] * 12 + [0.0] * 4).reshape(1, 16, 1))
    order = np.zeros((1, 1), dtype=np.intp)
    assert rate(lone, order, SUM).mu[0, 0, 0] - 25 == pytest.approx(17.7, abs=0.05)
    assert rate(crowd, order, SUM).mu[0, 0, 0] - 25 == pytest.approx(0, abs=5e-5)


def test_weights_of_both_teams_and_of_the_missing() -> None:
    labels = name(np.array([[1.0, 1.0, 0.0, np.nan], [1.0, 1.0, np.nan, 1.0]])[:, :, None])
    np.testing.assert_array_equal(signed_weights(labels.expressed, "share")[:, 0], [[0.5, 0.5, -1, 0], [0, 0, 0, 0]])
    np.testing.assert_array_equal(signed_weights(labels.expressed, "sum")[:, 0], [[1, 1, -1, 0], [0, 0, 0, 0]])


def test_who_was_in_no_game_is_not_rated() -> None:
    labels = name(np.array([[1.0, 0.0, np.nan], [1.0, 1.0, 1.0]])[:, :, None])
    ratings = rate(labels, np.array([[0, 1], [1, 1]]), SHARE)
    np.testing.assert_array_equal(np.isnan(ratings.mu[:, :, 0]), [[False, False, True], [True, True, True]])
    np.testing.assert_array_equal(np.isnan(ratings.mu), np.isnan(ratings.sigma))


def test_a_missing_answer_is_not_a_lost_game() -> None:
    expressed = np.array([[1.0, 0.0, np.nan]] * 5)[:, :, None]
    others = rate(name(expressed[:, :2]), np.arange(5)[None], SHARE)
    np.testing.assert_array_equal(rate(name(expressed), np.arange(5)[None], SHARE).mu[:, :2], others.mu)


def test_permuting_examinees_permutes_ratings() -> None:
    rng = np.random.default_rng(3)
    labels, swap = coins(rng, 40, 6, 3, missing=0.1), rng.permutation(6)
    orders = random_orders(40, 3, rng)
    there, back = rate(labels, orders, SHARE), rate(name(labels.expressed[:, swap]), orders, SHARE)
    np.testing.assert_allclose(back.mu, there.mu[:, swap], atol=1e-10)
    np.testing.assert_allclose(back.sigma, there.sigma[:, swap], atol=1e-10)


def test_average_is_over_orders_of_mu_and_of_the_variance() -> None:
    both = Ratings(np.array([[[20.0]], [[30.0]]]), np.array([[[3.0]], [[4.0]]])).average()
    assert both.mu[0, 0, 0] == 25
    assert both.sigma[0, 0, 0] == pytest.approx(np.sqrt(12.5))


@every_row("margin", [-25.0, -8.0, -1.0, 0.0, 0.5, 3.0, 6.0])
def test_truncation_gives_the_moments_of_a_cut_gaussian(margin: float) -> None:
    shift, shrink = truncation(np.array([margin]))
    cut = truncnorm(-margin, np.inf, loc=margin)
    assert margin + shift[0] == pytest.approx(cut.mean(), abs=1e-7)
    assert 1 - shrink[0] == pytest.approx(cut.var(), abs=1e-7)


def test_truncation_is_stable_far_out() -> None:
    """An upset of 1,000 standard deviations moves the mean by as much; a sure win teaches nothing."""
    shift, shrink = truncation(np.array([-1000.0, 60.0]))
    np.testing.assert_allclose(shift, [1000.001, 0], atol=1e-5)
    np.testing.assert_allclose(shrink, [1, 0], atol=1e-5)
