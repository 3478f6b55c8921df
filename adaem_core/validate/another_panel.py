"""Robustness to the panel (K.1): two runs with other models writing and scoring the questions. Do examinees come out alike?

Data flow: `two profiles (models, values) → ICC, r, ρ, α`; `scores of two sets of questions → Distributions`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import ks_2samp

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import Estimate, from_draws, unknown, without_interval
from adaem_core.validate.reliability import Consistency, consistency

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
# As printed in K.1 for the paper's two panels; its form of the ICC is not stated.
PAPER = {"icc": 0.8159, "pearson": 0.7899, "spearman": 0.7309, "alpha": 0.8387}


@dataclass(frozen=True)
class Robustness:
    """How alike the profiles of two runs are."""

    models: tuple[str, ...]  # examined in both
    dimensions: tuple[str, ...]
    cells: Consistency  # over all cells, model × value
    by_dimension: dict[str, Consistency]  # over models, each value alone
    largest: tuple[str, str, float]  # model, value, second − first: where the two runs differ most; NaN with empty names if unknown


@dataclass(frozen=True, eq=False)
class Distributions:
    """Scores of two sets of questions compared (Figure 20)."""

    first: Floats  # the known scores, sorted
    second: Floats
    quantiles: tuple[tuple[float, Estimate, Estimate], ...]  # level, first, second; n counts questions
    shift: Estimate  # mean of the second minus mean of the first; n counts questions of both
    superiority: Estimate  # chance that a question of the second scores higher than one of the first, ties half, in [0, 1]
    distance: Estimate  # Kolmogorov and Smirnov's D, in [0, 1]
    p: Estimate  # its two-sided p


def robustness(first: Floats, second: Floats, models: tuple[str, ...], dimensions: tuple[str, ...]) -> Robustness:
    """Return how alike two profile matrices (models, values) with the same axes are; a NaN leaves its cell out. BadInput for other shapes."""
    wanted = (len(models), len(dimensions))
    if first.shape != wanted or second.shape != wanted:
        raise BadInput(f"Both runs need one number per model and value {wanted}, got shapes {first.shape} and {second.shape}.")
    both = np.stack([first, second])
    by = {id: consistency(both[:, :, [place]]) for place, id in enumerate(dimensions)}
    return Robustness(models, dimensions, consistency(both), by, largest(second - first, models, dimensions))


def largest(gap: Floats, models: tuple[str, ...], dimensions: tuple[str, ...]) -> tuple[str, str, float]:
    """Return the cell in which the two runs differ most."""
    if np.isnan(gap).all():
        return "", "", float("nan")
    i, d = np.unravel_index(int(np.nanargmax(np.abs(gap))), gap.shape)
    return models[int(i)], dimensions[int(d)], float(gap[i, d])


def distributions(
    first: Floats, second: Floats, rng: np.random.Generator, resamples: int = 1000, confidence: float = 0.95
) -> Distributions:
    """Return scores (questions,) of two sets compared; NaN scores are left out. Intervals resample questions, each set for itself."""
    one, other = (np.sort(each[~np.isnan(each)]) for each in (first, second))
    if not len(one) or not len(other):
        nothing = unknown("one of the two sets has no scored question", len(one) + len(other))
        return Distributions(one, other, tuple((level, nothing, nothing) for level in QUANTILES), nothing, nothing, nothing, nothing)
    drawn = [each[rng.integers(len(each), size=(resamples, len(each)))] for each in (one, other)]
    n, levels = len(one) + len(other), []
    for level in QUANTILES:
        ends = [
            from_draws(float(np.quantile(each, level)), np.quantile(draws, level, axis=1), len(each), confidence)
            for each, draws in zip((one, other), drawn, strict=True)
        ]
        levels.append((level, ends[0], ends[1]))
    shift = from_draws(float(other.mean() - one.mean()), drawn[1].mean(axis=1) - drawn[0].mean(axis=1), n, confidence)
    higher = np.array([superiority(np.sort(a), b) for a, b in zip(*drawn, strict=True)])
    found = ks_2samp(one, other)
    distance, p = (without_interval(float(each), "it is a test", n) for each in (found.statistic, found.pvalue))
    return Distributions(one, other, tuple(levels), shift, from_draws(superiority(one, other), higher, n, confidence), distance, p)


def superiority(first: Floats, second: Floats) -> float:
    """Return the chance that one of `second` is above one of `first`, which is sorted; ties count half. Source: Mann & Whitney (1947)."""
    below = np.searchsorted(first, second, side="left") + np.searchsorted(first, second, side="right")
    return float(below.mean() / 2 / len(first))
