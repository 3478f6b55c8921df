"""Win rates: how likely an examinee is to beat another one, on average over the others (Appendix C.8).

Data flow: `ratings or propensities → chances (…, examinee, other, dimension) → win rates (…, examinee, dimension)`.
"""

import numpy as np
from scipy.special import expit, ndtr

from adaem_core.infer.arrays import Floats
from adaem_core.measure.ratings import BETA, Ratings

TIE = 1e-9  # win rates that differ by less differ by rounding errors only (docs/decisions/rounding-is-no-difference.md)


def skill_chances(ratings: Ratings) -> Floats:
    """Return P(i beats j) = Φ((μ_i − μ_j) / √(2(γ² + σ_i² + σ_j²))), shape (orders, i, j, dimensions), in [0, 1].

    Rows are complementary: P(i beats j) + P(j beats i) = 1; the diagonal is 0.5; NaN where i or j was never rated.
    Source: Appendix C.8 as printed; γ is the noise of a performance.
    """
    mu, variance = ratings.mu, ratings.sigma**2
    spread = np.sqrt(2 * (BETA**2 + variance[..., :, None, :] + variance[..., None, :, :]))
    return np.asarray(ndtr((mu[..., :, None, :] - mu[..., None, :, :]) / spread), dtype=np.float64)


def propensity_chances(theta: Floats) -> Floats:
    """Return P(i beats j) = 1 / (1 + exp(θ_j − θ_i)), shape (…, i, j, dimensions), in [0, 1], for `theta` (…, examinees, dimensions).

    In a Rasch model this is the chance that i is the one, given that exactly one of i and j expresses the dimension on a
    question; how readily the question evokes it cancels. Complementary; diagonal 0.5; NaN where i or j was never rated.
    """
    return np.asarray(expit(theta[..., :, None, :] - theta[..., None, :, :]), dtype=np.float64)


def highest_first(rates: Floats) -> list[int]:
    """Return the places of win rates (n,) by falling rate, NaN last; those equal but for rounding errors in the order they came."""
    return [int(place) for place in np.argsort(-np.round(np.nan_to_num(rates, nan=-1.0) / TIE), kind="stable")]


def win_rates(chances: Floats) -> Floats:
    """Return the mean of P(i beats j) over the other examinees j that were rated, shape (…, examinees, dimensions), in [0, 1].

    `chances` has shape (…, i, j, dimensions). Over all rated examinees the mean is 0.5.
    NaN where i was never rated or has no rated other. Source: Appendix C.8.
    """
    count = chances.shape[-2]
    others = ~np.eye(count, dtype=bool)[:, :, None] & ~np.isnan(chances)
    sums, numbers = np.where(others, chances, 0.0).sum(axis=-2), others.sum(axis=-2)
    return np.where(numbers > 0, sums / np.maximum(numbers, 1), np.nan)
