"""One number with its uncertainty, or the reason why there is none: what every check of this folder returns.

Data flow: `data → value, interval, n` or `data → why`. A page prints it with `report`; it never meets a NaN without a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta
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
    """Return successes / n with the exact binomial interval (Clopper & Pearson 1934); unknown, for the given reason, where n is 0."""
    if not n:
        return unknown(because)
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, successes, n - successes + 1)) if successes else 0.0
    high = float(beta.ppf(1 - tail, successes + 1, n - successes)) if successes < n else 1.0
    return Estimate(successes / n, low, high, n, confidence=confidence)


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
