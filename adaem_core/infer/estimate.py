"""One number with its uncertainty, or the reason why there is none: what everything that states a number returns.

Data flow: `data → value, interval, n` or `data → why`. A page prints it with `report`; it never meets a NaN without a reason.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scipy.stats import t as student

from adaem_core.infer.arrays import Floats

NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A value with its interval. Whatever is NaN is explained in `why`."""

    value: float  # NaN where it cannot be computed
    low: float = NAN  # lower end of the interval; NaN where there is none
    high: float = NAN  # upper end
    n: int = 0  # what was counted (cases, pairs, questions, repeats): the docstring of the source says which
    why: str = ""  # a clause: "cannot be computed because …"; with a known value: "its interval cannot be computed because …"
    confidence: float = 0.95

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not np.isnan(self.value)


def unknown(because: str, n: int = 0) -> Estimate:
    """Return the estimate that is none, with its reason."""
    return Estimate(NAN, n=n, why=f"cannot be computed because {because}")


def without_interval(value: float, because: str, n: int = 0) -> Estimate:
    """Return a value whose interval cannot be computed, with the reason."""
    return Estimate(value, n=n, why=f"its interval cannot be computed because {because}")


def proportion(successes: int, n: int, confidence: float = 0.95, because: str = "there is nothing to count") -> Estimate:
    """Return successes / n with its interval (`share`); unknown, for the given reason, where n is 0."""
    return Estimate(*share(successes, n, confidence), n, confidence=confidence) if n else unknown(because)


def share(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return successes / n and the ends of its interval (Wilson 1927), each in [0, 1]; NaN of nothing.

    On average over true shares it covers as often as it says, where the exact interval covers too often and is wider
    (Agresti & Coull 1998).
    """
    if not n:
        return NAN, NAN, NAN
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    part, half = successes / n, z**2 / n
    centre, reach = part + half / 2, z * math.sqrt(part * (1 - part) / n + half / n / 4)
    return part, max((centre - reach) / (1 + half), 0.0), min((centre + reach) / (1 + half), 1.0)


def mean(values: Floats | Sequence[float], confidence: float = 0.95, because: str = "there is no value") -> Estimate:
    """Return the mean with Student's interval; NaN values are left out. All equal, or one value: no interval, and why."""
    array = np.asarray(values, dtype=np.float64)
    array = array[~np.isnan(array)]
    n = len(array)
    if not n:
        return unknown(because)
    if reason := "there is one value only" if n == 1 else "all values are equal" if constant(array) else "":
        return without_interval(float(array.mean()), reason, n)
    half = float(student.ppf((1 + confidence) / 2, n - 1) * array.std(ddof=1) / np.sqrt(n))
    middle = float(array.mean())
    return Estimate(middle, middle - half, middle + half, n, confidence=confidence)


def jackknifed(value: float, left_out: Floats, n: int, bounds: tuple[float, float], confidence: float = 0.95) -> Estimate:
    """Return `value` with the interval that its values with one of the n cases left out give, shape (n,), cut to its bounds.

    Unlike drawing with replacement it puts no repeats into the data. Source: Efron & Stein (1981).
    """
    count = len(left_out)
    if count < 2 or np.isnan(left_out).any():
        return without_interval(value, "there are too few cases", n)
    error = np.sqrt((count - 1) / count * np.square(left_out - left_out.mean()).sum())
    reach = float(student.ppf((1 + confidence) / 2, count - 1) * error)
    return Estimate(value, max(value - reach, bounds[0]), min(value + reach, bounds[1]), n, confidence=confidence)


def from_draws(value: float, draws: Floats, n: int, confidence: float = 0.95) -> Estimate:
    """Return a known `value` with the percentile interval of its resampled `draws` (draws,), NaN draws left out.

    Without an interval where more than half of the draws cannot be computed: the rest would be a selection.
    """
    kept = draws[~np.isnan(draws)]
    if len(kept) < 2 or 2 * len(kept) < len(draws):
        return without_interval(value, f"only {len(kept):,} of {len(draws):,} resamples give a value", n)
    low, high = np.quantile(kept, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Estimate(value, float(low), float(high), n, confidence=confidence)


def band(draws: Floats, confidence: float = 0.95, because: str = "no repeat gives a value") -> Estimate:
    """Return the median over repeats with the range most of them lie in; n counts the repeats that gave a value."""
    kept = np.asarray(draws, dtype=np.float64)
    kept = kept[~np.isnan(kept)]
    return from_draws(float(np.median(kept)), kept, len(kept), confidence) if len(kept) else unknown(because)


def constant(values: Floats) -> bool:
    """Return whether all values are equal but for rounding errors (the empty array is)."""
    return not len(values) or bool(np.ptp(values) <= 1e-12 * max(1e-300, float(np.abs(values).max())))
