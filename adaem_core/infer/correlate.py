"""Pearson's r and Spearman's ρ of two profiles, with intervals.

Data flow: `x, y → pairs without NaN → r or ρ → Fisher's z ± its error → interval`.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import rankdata

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import NAN, Estimate, constant, unknown, without_interval

TIE = 1e-9  # of the largest number: far above rounding errors, far below what one answer more or less changes


def pearson(x: ArrayLike, y: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Return r in [−1, 1]; interval of Fisher (1921), made for independent pairs; n counts pairs without NaN."""
    return with_interval(*known_pairs(x, y), confidence, by_rank=False)


def spearman(x: ArrayLike, y: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Return ρ in [−1, 1]; interval of Bonett & Wright (2000), made for independent pairs; n counts pairs without NaN."""
    one, other = known_pairs(x, y)
    return with_interval(ranks(one), ranks(other), confidence, by_rank=True)


def ranks(values: Floats) -> Floats:
    """Return ranks from 1, shape (n,); numbers that are equal but for rounding errors share the middle of theirs.

    Why: docs/decisions/rounding-is-no-difference.md.
    """
    order = np.argsort(values, kind="stable")
    rises = np.diff(values[order]) > TIE * np.abs(values).max(initial=0.0)
    level = np.empty(len(values), dtype=np.intp)
    level[order] = np.cumsum(np.append(0, rises))[: len(values)]
    return np.asarray(rankdata(level), dtype=np.float64)


def known_pairs(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Return both lists, flat, without the pairs that miss a number; BadInput when they are not of one shape."""
    one, other = (np.asarray(each, dtype=np.float64) for each in (x, y))
    if one.shape != other.shape:
        raise BadInput(f"A correlation needs two profiles of one shape, got {one.shape} and {other.shape}.")
    known = ~(np.isnan(one) | np.isnan(other))
    return one[known], other[known]


def with_interval(x: Floats, y: Floats, confidence: float, *, by_rank: bool) -> Estimate:
    """Return the correlation of complete pairs with its interval, or why there is none."""
    n = len(x)
    if n < 3:
        return unknown(f"there {'is' if n == 1 else 'are'} {n} complete pair{'s' * (n != 1)} and at least 3 are needed", n)
    if constant(x) or constant(y):
        return unknown("one of the two profiles is the same everywhere", n)
    value = correlation(x, y)
    if n == 3:
        return without_interval(value, "three pairs are too few for one", n)
    if abs(value) >= 1 - 1e-12:
        return without_interval(value, "all points lie on one line", n)
    error = ((1 + value * value / 2 * by_rank) / (n - 3)) ** 0.5
    half = float(ndtri((1 + confidence) / 2)) * error
    low, high = np.tanh([np.arctanh(value) - half, np.arctanh(value) + half])
    return Estimate(value, float(low), float(high), n, confidence=confidence)


def correlation(x: Floats, y: Floats) -> float:
    """Return Pearson's r of complete pairs, in [−1, 1]; NaN where one of the two does not vary."""
    if len(x) < 2 or constant(x) or constant(y):
        return NAN
    one, other = x - x.mean(), y - y.mean()
    return float(np.clip(one @ other / np.sqrt((one @ one) * (other @ other)), -1.0, 1.0))
