"""Win rates against the printed formula written as loops (Appendix C.8), and their invariants."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from adaem_core.measure.ratings import Ratings
from adaem_core.measure.win_rates import propensity_chances, skill_chances, win_rates

RNG = np.random.default_rng(5)
RATINGS = Ratings(RNG.normal(25, 4, size=(3, 5, 2)), RNG.uniform(0.5, 8, size=(3, 5, 2)))
THETA = RNG.normal(size=(3, 5, 2))
CHANCES = {"skill": skill_chances(RATINGS), "propensity": propensity_chances(THETA)}


def printed(mu: list[float], sigma: list[float], i: int) -> float:
    """Return the win rate of examinee i as the appendix prints it, γ = 25/6."""
    others = [j for j in range(len(mu)) if j != i]
    terms = [norm.cdf((mu[i] - mu[j]) / math.sqrt(2 * ((25 / 6) ** 2 + sigma[i] ** 2 + sigma[j] ** 2))) for j in others]
    return math.fsum(terms) / len(others)


def test_equal_to_the_printed_formula() -> None:
    rates = win_rates(skill_chances(RATINGS))
    for order in range(3):
        for dimension in range(2):
            mu, sigma = RATINGS.mu[order, :, dimension].tolist(), RATINGS.sigma[order, :, dimension].tolist()
            assert rates[order, :, dimension] == pytest.approx([printed(mu, sigma, i) for i in range(5)], abs=1e-12)


def test_propensity_is_the_share_among_questions_that_only_one_expresses() -> None:
    """Planted: both answer 100,000 questions of any pull; of those where exactly one expresses, i is the one at this rate."""
    rng = np.random.default_rng(1)
    pull = rng.normal(-1, 2, size=(100_000, 1))
    expressed = rng.random((100_000, 2)) < 1 / (1 + np.exp(-(np.array([0.4, -0.5]) + pull)))
    one = expressed[expressed.sum(axis=1) == 1]
    error = math.sqrt(0.25 / len(one))
    assert propensity_chances(np.array([[0.4], [-0.5]]))[0, 1, 0] == pytest.approx(one[:, 0].mean(), abs=4 * error)


@pytest.mark.parametrize("kind", CHANCES)
def test_rows_are_complementary_and_rates_average_to_a_half(kind: str) -> None:
    chances = CHANCES[kind]
    np.testing.assert_allclose(chances + chances.swapaxes(1, 2), 1, atol=1e-15)
    np.testing.assert_allclose(win_rates(chances).mean(axis=1), 0.5, atol=1e-15)


def test_permuting_examinees_permutes_rates() -> None:
    swap = [3, 0, 4, 1, 2]
    swapped = Ratings(RATINGS.mu[:, swap], RATINGS.sigma[:, swap])
    np.testing.assert_allclose(win_rates(skill_chances(swapped)), win_rates(CHANCES["skill"])[:, swap], atol=1e-15)


@pytest.mark.parametrize("theta", [[0.3, np.nan, -0.3], [np.nan, 1.0, np.nan], [np.nan] * 3])
def test_never_rated_is_missing_and_is_nobodys_rival(theta: list[float]) -> None:
    column = np.array(theta)[:, None]
    rates = win_rates(propensity_chances(column))[:, 0]
    rated = [each for each in range(3) if not math.isnan(theta[each])]
    enough = len(rated) > 1
    np.testing.assert_array_equal(np.isnan(rates), [not (enough and each in rated) for each in range(3)])
    if enough:
        np.testing.assert_allclose(rates[rated], win_rates(propensity_chances(column[rated]))[:, 0], atol=1e-15)
