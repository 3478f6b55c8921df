"""Did paired numbers change? Student's paired t-test with Cohen's d, and the same question asked by flipping signs. Do two groups differ?

d is the mean difference over the standard deviation of the differences (Cohen's d_z), as in AdAEM's Table 10, where
t(9) = 3.904 and d = 1.234 = t/√10. Its interval inverts the noncentral t distribution. The permutation test needs no normal
distribution: if nothing changed, each difference could as well have had the other sign.
Data flow: `before, after → differences → t, p, d, intervals, permutation p → (Holm over several tests)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri
from scipy.stats import chi, chi2
from scipy.stats import t as student

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import NAN, Estimate, constant, mean, unknown, without_interval
from adaem_core.infer.holm import holm

EXACT = 16  # up to so many differences that are not 0, all 2^n sign patterns are tried
FLIPS = 9_999  # otherwise so many random patterns: with the observed one, 10,000
CHUNK = 4_000_000  # signs held in memory at once
HUGE = 50  # from so many standard deviations of its own spread on, t is huge


@dataclass(frozen=True)
class Change:
    """What happened to n pairs. A NaN among t, p and permutation_p comes with its reason in `why`."""

    n: int  # pairs with both numbers
    before: float  # mean; NaN without any pair
    after: float
    difference: Estimate  # after − before, in the unit of the data
    t: float
    df: int
    p: float  # two-sided, of the t-test
    d: Estimate  # Cohen's d_z
    permutation_p: float  # two-sided, by sign flips
    exact: bool  # whether all sign patterns were tried
    adjusted_p: float = NAN  # permutation_p after Holm, once `family` was called; NaN before
    why: str = ""


def paired(before: ArrayLike, after: ArrayLike, rng: np.random.Generator, confidence: float = 0.95) -> Change:
    """Return how n pairs changed; pairs with a NaN are left out. BadInput when the two are not of one length.

    Sources: Student (1908); Cohen (1988), d_z; Steiger & Fouladi (1997) for its interval; Fisher (1935) for sign flips.
    """
    test = t_test(before, after, confidence)
    gaps = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    p, exact = flip_p(gaps[~np.isnan(gaps)], rng) if test.n else (NAN, False)
    return replace(test, permutation_p=p, exact=exact)


def t_test(before: ArrayLike, after: ArrayLike, confidence: float = 0.95) -> Change:
    """Return the same without its permutation p (NaN): for those who have a better one."""
    one, other = (np.asarray(each, dtype=np.float64) for each in (before, after))
    if one.shape != other.shape or one.ndim != 1:
        raise BadInput(f"Pairs need two lists of one length, got shapes {one.shape} and {other.shape}.")
    known = ~(np.isnan(one) | np.isnan(other))
    one, other = one[known], other[known]
    gaps, n = other - one, len(one)
    why = reason(gaps)
    t = NAN if why else float(gaps.mean() / gaps.std(ddof=1) * np.sqrt(n))
    p = NAN if why else float(2 * student.sf(abs(t), n - 1))
    averages = (float(one.mean()), float(other.mean())) if n else (NAN, NAN)
    difference = mean(gaps, confidence, because="no pair has both numbers")
    return Change(n, *averages, difference, t, max(n - 1, 0), p, d_of(t, n, why, confidence), NAN, False, why=why)


def welch(first: Floats, second: Floats, confidence: float = 0.95) -> tuple[Estimate, float]:
    """Return second − first of two independent groups and the two-sided p of Welch's t-test (1947); n counts both groups."""
    one, other = (each[~np.isnan(each)] for each in (first, second))
    n = len(one) + len(other)
    if not len(one) or not len(other):
        return unknown("one of the two groups has no value", n), NAN
    value = float(other.mean() - one.mean())
    if min(len(one), len(other)) < 2:
        return without_interval(value, "one of the two groups has a single value", n), NAN
    if constant(one) and constant(other):
        return without_interval(value, "the values do not differ within either group", n), NAN
    parts = np.array([one.var(ddof=1) / len(one), other.var(ddof=1) / len(other)])
    error = float(np.sqrt(parts.sum()))
    df = float(parts.sum() ** 2 / (np.square(parts) / np.array([len(one) - 1, len(other) - 1])).sum())
    half = float(student.ppf((1 + confidence) / 2, df)) * error
    return Estimate(value, value - half, value + half, n, confidence=confidence), float(2 * student.sf(abs(value) / error, df))


def reason(gaps: Floats) -> str:
    """Return why there is no t-test of these differences; empty when there is one."""
    if len(gaps) < 2:
        found = "one pair has both numbers" if len(gaps) else "no pair has both numbers"
        return f"cannot be computed because {found} and at least two are needed"
    if not gaps.any():
        return "cannot be computed because nothing changed in any pair"
    return "cannot be computed because all pairs changed by the same amount" if constant(gaps) else ""


def d_of(t: float, n: int, why: str, confidence: float) -> Estimate:
    """Return Cohen's d_z = t/√n with its interval."""
    if why:
        return Estimate(NAN, n=n, why=why)
    low, high = (limit / np.sqrt(n) for limit in noncentral_limits(t, n - 1, confidence))
    return Estimate(t / float(np.sqrt(n)), float(low), float(high), n, confidence=confidence)


def noncentral_limits(t: float, df: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the noncentralities under which t lies at the upper and at the lower tail. Source: Steiger & Fouladi (1997).

    For a huge t only the spread of the estimated standard deviation matters, so t times its quantiles is the answer.
    """
    tail = (1 - confidence) / 2
    if abs(t) > HUGE * (2 * df) ** 0.5:
        low, high = sorted(t * (chi2.ppf([tail, 1 - tail], df) / df) ** 0.5)
        return float(low), float(high)
    nodes, weights = spread_of_deviation(df)
    half = 2 * float(ndtri(1 - tail) * np.sqrt(1 + t * t / (2 * df)))
    limits = [solve(t * nodes, weights, probability, t, half) for probability in (1 - tail, tail)]
    return limits[0], limits[1]


def spread_of_deviation(df: int) -> tuple[Floats, Floats]:
    """Return where an estimated standard deviation may lie (true one: 1), and how likely: Gauss-Legendre nodes and weights.

    Integrating over it is the definition of the noncentral t; scipy's own distribution returns NaN for few degrees of freedom.
    """
    low, high = (chi2.ppf([1e-15, 1 - 1e-15], df) / df) ** 0.5
    places, shares = np.polynomial.legendre.leggauss(16)
    edges = np.linspace(low, high, 65)
    nodes = (edges[:-1, None] + (places + 1) / 2 * np.diff(edges)[:, None]).ravel()
    weights = np.tile(shares, 64) * chi.pdf(nodes, df, scale=df**-0.5)
    return nodes, weights / weights.sum()


def solve(scaled: Floats, weights: Floats, probability: float, start: float, step: float) -> float:
    """Return the noncentrality under which a value up to t has this probability, searched outwards from `start`."""

    def above(noncentrality: float) -> float:
        return float(weights @ ndtr(scaled - noncentrality)) - probability

    low, high = start - step, start + step
    while above(low) < 0:
        low -= step
    while above(high) > 0:
        high += step
    return float(brentq(above, low, high, xtol=1e-12))


def flip_p(gaps: Floats, rng: np.random.Generator) -> tuple[float, bool]:
    """Return the two-sided p of a sum of differences (n,) under random signs, and whether all patterns were tried.

    Differences of 0 have no sign and play no part. Random patterns count the observed one among themselves, so p is never 0.
    """
    moved = gaps[gaps != 0]
    if len(moved) > EXACT:
        return float(random_flips(moved[:, None], rng)[0]), False
    patterns = 1 - 2 * (np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1)
    return float(as_far(patterns @ moved, moved.sum(), np.abs(moved).sum()).mean()), True


def random_flips(gaps: Floats, rng: np.random.Generator) -> Floats:
    """Return the Monte Carlo p of each column of differences (n, tests) in (0, 1]; one pattern flips a whole row (NaN counts 0)."""
    filled = np.nan_to_num(gaps)
    observed, scale = filled.sum(axis=0), np.abs(filled).sum(axis=0)
    reached = np.zeros(filled.shape[1])
    rows = max(1, CHUNK // len(filled))
    for first in range(0, FLIPS, rows):
        signs = 1.0 - 2.0 * rng.integers(0, 2, size=(min(rows, FLIPS - first), len(filled)), dtype=np.int8)
        reached += as_far(signs @ filled, observed, scale).sum(axis=0)
    return np.asarray((1 + reached) / (1 + FLIPS))


def as_far(sums: Floats, observed: Floats, scale: Floats) -> Floats:
    """Return 1.0 where a sum lies as far from 0 as the observed one; equal but for rounding counts as equal."""
    return np.asarray(np.abs(sums) >= np.abs(observed) - 1e-12 * scale, dtype=np.float64)


def family(tests: Mapping[str, Change]) -> dict[str, Change]:
    """Return tests that are judged together with Holm's correction of their permutation p; tests without p stay without."""
    adjusted = holm(np.array([each.permutation_p for each in tests.values()]))
    return {name: replace(each, adjusted_p=float(p)) for (name, each), p in zip(tests.items(), adjusted, strict=True)}


def no_test(because: str) -> Change:
    """Return the test that could not be made, with its reason."""
    nothing = unknown(because)
    return Change(0, NAN, NAN, nothing, NAN, 0, NAN, nothing, NAN, False, why=nothing.why)
