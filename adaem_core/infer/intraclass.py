"""Intraclass correlation (ICC): how much of the spread of ratings is between targets, and how little between raters or within them.

Six forms (Shrout & Fleiss 1979): first figure 1 for raters drawn anew per target, 2 for raters drawn from many and absolute
agreement, 3 for these very raters and consistency; second figure 1 for a single rating, k for the mean of all k.
Data flow: `ratings (targets, raters) → mean squares of a two-way analysis of variance → ICC, interval from F`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as fisher

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import NAN, Estimate, unknown, without_interval

KINDS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


@dataclass(frozen=True)
class MeanSquares:
    """The parts of a two-way analysis of variance without repeats."""

    targets: float  # between targets
    raters: float  # between raters
    error: float  # what neither explains
    within: float  # within targets: raters and error together
    n: int  # targets
    k: int  # raters


def complete(ratings: ArrayLike) -> Floats:
    """Return the rows of ratings (targets, raters) without a NaN. BadInput unless there are two axes."""
    array = np.asarray(ratings, dtype=np.float64)
    if array.ndim != 2:
        raise BadInput(f"Ratings must have shape (targets, raters), got {array.shape}.")
    return array[~np.isnan(array).any(axis=1)]


def mean_squares(array: Floats) -> MeanSquares:
    """Return the mean squares of complete ratings with at least two targets and two raters."""
    n, k = array.shape
    middle = array.mean()
    between = k * float(np.square(array.mean(axis=1) - middle).sum())
    raters = n * float(np.square(array.mean(axis=0) - middle).sum())
    rest = max(float(np.square(array - middle).sum()) - between - raters, 0.0)
    rest = 0.0 if rest < 1e-14 * between else rest  # a remainder of rounding is no error variance
    return MeanSquares(between / (n - 1), raters / (k - 1), rest / ((n - 1) * (k - 1)), (raters + rest) / (n * (k - 1)), n, k)


def icc(ratings: ArrayLike, kind: str = "2,1", confidence: float = 0.95) -> Estimate:
    """Return an ICC of ratings (targets, raters), at most 1; targets with a missing rating are left out, n counts the others.

    Source: Shrout & Fleiss (1979); intervals of the two-way random forms after McGraw & Wong (1996).
    """
    if kind not in KINDS:
        raise BadInput(f"The ICC must be one of {', '.join(KINDS)}, got {kind!r}.")
    array = complete(ratings)
    if array.shape[0] < 2 or array.shape[1] < 2:
        return unknown(f"{array.shape[0]} complete targets and {array.shape[1]} raters are too few: two of each are needed", len(array))
    if np.ptp(array) <= 1e-12 * np.abs(array).max():
        return unknown("all ratings are equal, so nothing lies between the targets", len(array))
    squares = mean_squares(array)
    single, average = kind.endswith("1"), 1.0 if kind.endswith("1") else float(squares.k)
    value = stepped(single_icc(squares, kind[0]), average)
    if np.isnan(value):
        return unknown("nothing lies between the targets", squares.n)
    if (squares.within if kind[0] == "1" else squares.error) == 0:
        return without_interval(value, "the raters differ by a constant at most, so the F ratio is infinite", squares.n)
    low, high = (stepped(limit, average) for limit in limits(squares, kind[0], single_icc(squares, kind[0]), confidence))
    return Estimate(value, low, min(high, 1.0), squares.n, confidence=confidence) if single or low <= high else unsure(value, squares.n)


def unsure(value: float, n: int) -> Estimate:
    """Return an ICC of means whose lower limit fell below −1/(k − 1), where stepping up has no meaning."""
    return without_interval(value, "targets differ less than chance would have them", n)


def single_icc(squares: MeanSquares, model: str) -> float:
    """Return the ICC of a single rating; NaN for 0/0."""
    rest = squares.within if model == "1" else squares.error
    extra = squares.k * (squares.raters - squares.error) / squares.n if model == "2" else 0.0
    below = squares.targets + (squares.k - 1) * rest + extra
    return (squares.targets - rest) / below if below else NAN


def stepped(single: float, k: float) -> float:
    """Return the reliability of the mean of k ratings (Spearman 1910, Brown 1910)."""
    below = 1 + (k - 1) * single
    return k * single / below if below else NAN


def limits(squares: MeanSquares, model: str, value: float, confidence: float) -> tuple[float, float]:
    """Return the interval of the ICC of a single rating."""
    tail = (1 + confidence) / 2
    if model == "2":
        return random_limits(squares, value, tail)
    rest, free = (squares.within, squares.n * (squares.k - 1)) if model == "1" else (squares.error, (squares.n - 1) * (squares.k - 1))
    ratio = squares.targets / rest
    low, high = ratio / fisher.ppf(tail, squares.n - 1, free), ratio * fisher.ppf(tail, free, squares.n - 1)
    return float((low - 1) / (low + squares.k - 1)), float((high - 1) / (high + squares.k - 1))


def random_limits(squares: MeanSquares, value: float, tail: float) -> tuple[float, float]:
    """Return the interval of ICC(2,1), whose degrees of freedom are Satterthwaite's."""
    n, k = squares.n, squares.k
    ratio, plain = squares.raters / squares.error, n * (1 + (k - 1) * value) - k * value
    above = (n - 1) * (k - 1) * (k * value * ratio + plain) ** 2
    free = above / ((n - 1) * k**2 * value**2 * ratio**2 + plain**2)
    upper, lower = fisher.ppf(tail, n - 1, free), fisher.ppf(tail, free, n - 1)
    noise = k * squares.raters + (k * n - k - n) * squares.error
    low = n * (squares.targets - upper * squares.error) / (upper * noise + n * squares.targets)
    high = n * (lower * squares.targets - squares.error) / (noise + n * lower * squares.targets)
    return float(low), float(high)
