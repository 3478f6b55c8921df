"""TrueSkill ratings: on every question, examinees that express a value beat those that do not (Appendix C.8; Herbrich et al. 2006).

Two teams without draws need no message passing: the difference of two sums of Gaussians, cut off at zero, has a closed form.
A member takes part with weight w (partial play): 1/|team| by default (docs/decisions/share-weights.md), without drift
(docs/decisions/values-do-not-drift.md).
Missing answers are in neither team; without two teams there is no game.
Data flow: `labels → signed weights (questions, dimensions, examinees) → one pass per order, all dimensions at once → Ratings`.

TrueSkill is a trademark of Microsoft; the name is confined to this module, and `rasch` measures the same without it.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import erfcx

from adaem_core.infer.arrays import Flags, Floats, Integers
from adaem_core.infer.resample import tally
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

MU = 25.0  # mean of a skill before the first game
SIGMA = MU / 3  # its standard deviation
BETA = SIGMA / 2  # standard deviation of a performance around the skill; the paper's γ


@dataclass(frozen=True, eq=False)
class Ratings:
    """Skills after one pass per order. NaN where an examinee was in no game."""

    mu: Floats  # (orders, examinees, dimensions), in skill points; everyone starts at 25
    sigma: Floats  # same shape: how uncertain TrueSkill is about mu, > 0; starts at 25/3

    def average(self) -> Self:
        """Return the ratings averaged over orders (mu and sigma² are), shape (1, examinees, dimensions)."""
        return type(self)(self.mu.mean(axis=0, keepdims=True), np.sqrt((self.sigma**2).mean(axis=0, keepdims=True)))


def rate(labels: ValueLabels, orders: Integers, settings: MeasureSettings) -> Ratings:
    """Return the ratings after visiting questions in each order; `orders` has shape (orders, visits), positions of questions.

    A position may come more than once (a bootstrap resample). Equal to the `trueskill` package to rounding. Source: Appendix C.8.
    """
    weights = signed_weights(labels.expressed, settings.weighting)
    mu, variance = play(weights, orders, settings.drift)
    never = ~played(weights, orders)
    mu[never], variance[never] = np.nan, np.nan
    return Ratings(mu.transpose(0, 2, 1), np.sqrt(variance).transpose(0, 2, 1))


def signed_weights(expressed: Floats, weighting: str) -> Floats:
    """Return each examinee's weight in the game, shape (questions, dimensions, examinees).

    Positive in the team that expresses the dimension, negative in the other, 0 for a missing answer and where a team is empty.
    """
    seats = expressed.transpose(0, 2, 1)
    winners, losers = (seats == 1).astype(np.float64), (seats == 0).astype(np.float64)
    sizes = [np.maximum(team.sum(axis=-1, keepdims=True), 1) if weighting == "share" else 1.0 for team in (winners, losers)]
    game = winners.any(axis=-1, keepdims=True) & losers.any(axis=-1, keepdims=True)
    return np.ascontiguousarray(np.where(game, winners / sizes[0] - losers / sizes[1], 0.0))


def play(weights: Floats, orders: Integers, drift: float) -> tuple[Floats, Floats]:
    """Return mean and variance of all skills after each order, each of shape (orders, dimensions, examinees).

    The margin of victory D = Σ w·(skill + noise) is Gaussian and was seen to be positive: each skill is updated by its
    covariance with D. The variance of D is at least that of the noise, so nothing divides by zero.
    """
    noise = BETA**2 * np.square(weights).sum(axis=-1)
    noise[noise == 0] = 1.0  # no game: its weights are 0, so any positive number leaves all skills as they were
    mu = np.full((len(orders), *weights.shape[1:]), MU)
    variance = np.full_like(mu, SIGMA**2)
    for visit in np.ascontiguousarray(orders.T):
        weight = weights.take(visit, axis=0)
        if drift:
            variance += drift**2 * (weight != 0)
        covariance = weight * variance
        total = noise.take(visit, axis=0) + np.einsum("odm,odm->od", weight, covariance)
        root = np.sqrt(total)
        shift, shrink = truncation(np.einsum("odm,odm->od", weight, mu) / root)
        mu += covariance * (shift / root)[..., None]
        variance -= np.square(covariance) * (shrink / total)[..., None]
    return mu, variance


def truncation(margin: Floats) -> tuple[Floats, Floats]:
    """Return v and w: how far the mean of a unit Gaussian rises, and by which share its variance falls, once it is known to
    be positive; `margin` is its expected value (far below 0: an upset).

    v = φ(x)/Φ(x), written with the scaled erfc so that neither part underflows; w = v(v + x), in [0, 1).
    """
    shift = np.sqrt(2 / np.pi) / erfcx(margin * -np.sqrt(0.5))
    return shift, shift * (shift + margin)


def played(weights: Floats, orders: Integers) -> Flags:
    """Return who was in a game at least once, shape (orders, dimensions, examinees)."""
    games = np.tensordot(tally(orders, len(weights)), (weights != 0).astype(np.float64), axes=1)
    return np.asarray(games > 0, dtype=np.bool_)
