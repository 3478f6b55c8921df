"""Sample sizes against the textbook formula, against each other, and against simulated examinations."""

import numpy as np
import pytest
from scipy.special import expit
from statsmodels.stats.power import NormalIndPower

from adaem_core.errors import BadInput
from adaem_core.measure.detectable import detectable_difference, questions_needed
from adaem_core.measure.groups import difference_errors, p_values
from adaem_core.measure.standings import stand
from adaem_core.settings import MeasureSettings
from tests.measure.made_standings import made
from tests.measure.simulate import planted

PILOT = made([0.6, 0.5, 0.4], [0.03, 0.04, 0.03], questions=400)  # errors of pairs .05, .05 and .0424: the typical one is .05


def test_equals_the_textbook_formula() -> None:
    """statsmodels: with one observation of unit error, the effect found at 80 % power is 2.80 errors."""
    errors = NormalIndPower(ddof=0).solve_power(nobs1=1, alpha=0.05, power=0.8, ratio=0)
    assert detectable_difference(PILOT)[0] == pytest.approx(errors * 0.05, rel=1e-4)


def test_four_times_the_questions_see_half_the_difference() -> None:
    assert detectable_difference(PILOT, 1600)[0] == pytest.approx(detectable_difference(PILOT)[0] / 2)


def test_questions_needed_is_the_inverse() -> None:
    needed = questions_needed(PILOT, 0.07, power=0.9, comparisons=3)[0]
    assert detectable_difference(PILOT, int(needed), power=0.9, comparisons=3)[0] <= 0.07
    assert detectable_difference(PILOT, int(needed) - 1, power=0.9, comparisons=3)[0] > 0.07


def test_more_comparisons_and_more_power_ask_for_more() -> None:
    plain = detectable_difference(PILOT)[0]
    assert detectable_difference(PILOT, comparisons=10)[0] > plain
    assert detectable_difference(PILOT, power=0.95)[0] > plain


@pytest.mark.parametrize("win_rates", [[0.5], [np.nan, np.nan], [0.5, np.nan]])
def test_without_a_pair_nothing_is_known(win_rates: list[float]) -> None:
    assert np.isnan(detectable_difference(made(win_rates, 0.01))).all()
    assert np.isnan(questions_needed(made(win_rates, 0.01), 0.1)).all()


def test_impossible_wishes_are_refused() -> None:
    with pytest.raises(BadInput, match="difference"):
        questions_needed(PILOT, 0.0)
    with pytest.raises(BadInput, match="number of questions"):
        detectable_difference(PILOT, 0)
    with pytest.raises(BadInput, match="power"):
        detectable_difference(PILOT, power=1.0)
    with pytest.raises(BadInput, match="comparisons"):
        detectable_difference(PILOT, comparisons=0)


@pytest.mark.parametrize("method", ["trueskill", "rasch"])
def test_errors_shrink_with_the_root_of_the_number_of_questions(method: str) -> None:
    theta = np.tile(np.linspace(-1, 1, 6)[:, None], 10)
    few, many = (stand(planted(np.random.default_rng(4), n, theta), MeasureSettings(method=method, orders=4)) for n in (150, 600))
    ratio = np.median(difference_errors(few)) / np.median(difference_errors(many))
    assert ratio == pytest.approx(2, abs=0.3)


def test_a_detectable_difference_is_found_four_times_in_five() -> None:
    """A pilot of 100 says how many questions tell θ = ±0.3 apart; 150 examinations of that many find it in about 80 %."""
    rng = np.random.default_rng(7)
    theta = np.array([0.3, -0.3])
    settings = MeasureSettings(method="rasch")
    pilot = stand(planted(rng, 100, np.tile(theta[:, None], 30)), settings)
    difference = float(2 * expit(0.6) - 1)
    needed = int(np.median(questions_needed(pilot, difference)))
    found = p_values(stand(planted(rng, needed, np.tile(theta[:, None], 150)), settings))[0, 1] < 0.05
    assert found.mean() == pytest.approx(0.8, abs=0.12)  # 3.7 standard errors of a share of 150
