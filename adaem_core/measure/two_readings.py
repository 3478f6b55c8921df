"""Do two ways of reading values in the same answers agree? Percent agreement and Cohen's κ, dimension by dimension (§3.3).

Made for the two recognition protocols on a sample, and fit for any two recognisers. κ is agreement beyond what two readers
with these base rates would reach by chance: 1 is perfect, 0 is chance (Cohen 1960).
Data flow: `two ValueLabels with the same axes → counts (dimensions, 2 × 2) → share that agrees, κ, interval over questions`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.resample import interval, resamples, tally
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

OVERALL = "all"


@dataclass(frozen=True)
class Agreement:
    """Agreement on one dimension, or on all labels together. A NaN comes with its reason."""

    dimension: str  # its id, or OVERALL
    n: int  # answers that both readings labelled; for OVERALL, labels
    both: int  # both say it is expressed
    only_first: int
    only_second: int
    neither: int
    share: float  # of equal labels, in [0, 1]; NaN where n is 0
    kappa: float  # Cohen's κ, in [−1, 1]; NaN where it cannot be computed
    low: float  # interval of κ, questions resampled
    high: float
    why: str = ""  # why κ cannot be computed; empty when it can


def agreement(first: ValueLabels, second: ValueLabels, settings: MeasureSettings) -> tuple[Agreement, ...]:
    """Return the agreement per dimension and, last, over all labels; BadInput when the axes differ.

    An answer that one reading could not label is left out of that dimension. Source: Cohen (1960).
    """
    check_axes(first, second)
    cells = per_question(first.expressed, second.expressed)
    cells = np.concatenate([cells, cells.sum(axis=1, keepdims=True)], axis=1)
    rng = np.random.default_rng(settings.seed).spawn(2)[1]
    counts = tally(resamples(len(cells), settings.resamples, rng), len(cells))
    drawn = kappa(np.einsum("rq,qdc->rdc", counts, cells, optimize=True))
    low, high = interval(drawn, settings.confidence)
    names = (*first.dimensions, OVERALL)
    return tuple(told(name, cells[:, d].sum(axis=0), low[d], high[d]) for d, name in enumerate(names))


def check_axes(first: ValueLabels, second: ValueLabels) -> None:
    """Raise BadInput unless both label the same answers."""
    for axis in ("questions", "examinees", "dimensions"):
        one, other = getattr(first, axis), getattr(second, axis)
        if one != other:
            raise BadInput(f"Both readings must have the same {axis} in the same order, got {len(one)} and {len(other)} that differ.")


def per_question(first: Floats, second: Floats) -> Floats:
    """Return how many answers fall in each cell of the 2 × 2 table, shape (questions, dimensions, 4): both, only first, only second, neither."""
    pairs = ((1, 1), (1, 0), (0, 1), (0, 0))
    return np.stack([((first == one) & (second == other)).sum(axis=1) for one, other in pairs], axis=-1).astype(np.float64)


def kappa(cells: Floats) -> Floats:
    """Return Cohen's κ of 2 × 2 counts (…, 4), shape (…); NaN where there is nothing to compare or only one label was ever given.

    κ = (observed − expected) / (1 − expected). Source: Cohen (1960).
    """
    total = cells.sum(axis=-1)
    part = cells / np.maximum(total, 1)[..., None]
    observed = part[..., 0] + part[..., 3]
    one, other = part[..., 0] + part[..., 1], part[..., 0] + part[..., 2]
    expected = one * other + (1 - one) * (1 - other)
    known = (total > 0) & (expected < 1 - 1e-12)
    return np.where(known, (observed - expected) / np.where(known, 1 - expected, 1.0), np.nan)


def told(name: str, cells: Floats, low: float, high: float) -> Agreement:
    """Return the record of one dimension's counts."""
    both, only_first, only_second, neither = (int(each) for each in cells)
    n = both + only_first + only_second + neither
    share = (both + neither) / n if n else float("nan")
    value, why = float(kappa(cells)), reason(n, both, neither)
    limits = (float("nan"), float("nan")) if why else (float(low), float(high))
    return Agreement(name, n, both, only_first, only_second, neither, share, value, *limits, why)


def reason(n: int, both: int, neither: int) -> str:
    """Return why κ cannot be computed; empty when it can."""
    if not n:
        return "cannot be computed because no answer was labelled by both"
    if n in (both, neither):
        return f"cannot be computed because both gave the same label to all {n:,} answers, so nothing can be told from chance"
    return ""
