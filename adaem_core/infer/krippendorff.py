"""Krippendorff's α: agreement of any number of raters, with gaps, on unordered or ordered labels.

α = 1 − observed / expected disagreement: 1 is perfect, 0 is what labels dealt out at random would give.
Data flow: `ratings (raters, items) with NaN → counts per item → coincidences → α, interval by resampling items`.
"""

import numpy as np
from numpy.typing import ArrayLike

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import Estimate, from_draws, unknown
from adaem_core.infer.resample import resamples as drawn_items
from adaem_core.infer.resample import tally

LEVELS = ("nominal", "ordinal", "interval")


def krippendorff_alpha(
    ratings: ArrayLike, level: str, rng: np.random.Generator, resamples: int = 1000, confidence: float = 0.95
) -> Estimate:
    """Return α of ratings (raters, items), at most 1; NaN is no rating. n counts items with two ratings or more, which alone count.

    Sources: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes & Krippendorff (2007) for resampling.
    """
    array = np.asarray(ratings, dtype=np.float64)
    if level not in LEVELS or array.ndim != 2:
        raise BadInput(
            f"Krippendorff's α needs ratings (raters, items) and a level among {', '.join(LEVELS)}, got {array.shape}, {level!r}."
        )
    scale = np.unique(array[~np.isnan(array)])
    counts = (array[:, :, None] == scale).sum(axis=0).astype(np.float64)
    counts = counts[counts.sum(axis=1) > 1]
    used = np.flatnonzero(counts.any(axis=0))
    if not len(counts):
        return unknown("no item was rated by two or more")
    if len(used) < 2:
        return unknown(
            f"all {len(counts):,} items rated by two or more got the same label, so agreement cannot be told from chance", len(counts)
        )
    counts, scale = counts[:, used], scale[used]
    each = coincidences(counts)
    value = alpha_of(each.sum(axis=0), scale, level)
    weights = tally(drawn_items(len(counts), resamples, rng), len(counts))
    drawn = np.tensordot(weights, each, axes=1)
    return from_draws(value, np.array([alpha_of(one, scale, level) for one in drawn]), len(counts), confidence)


def coincidences(counts: Floats) -> Floats:
    """Return each item's share of the coincidence matrix, shape (items, labels, labels): its ordered pairs over (ratings − 1)."""
    ordered = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    return np.asarray(ordered / (counts.sum(axis=1) - 1)[:, None, None])


def alpha_of(coincidence: Floats, scale: Floats, level: str) -> float:
    """Return α of a coincidence matrix (labels, labels); NaN where only one label occurs."""
    totals = coincidence.sum(axis=1)
    apart = distances(totals, scale, level)
    expected = float(totals @ apart @ totals)
    return 1 - (totals.sum() - 1) * float((coincidence * apart).sum()) / expected if expected > 0 else float("nan")


def distances(totals: Floats, scale: Floats, level: str) -> Floats:
    """Return the squared distance of two labels, shape (labels, labels): equal or not, ranks between them, or their difference."""
    if level == "nominal":
        return 1.0 - np.eye(len(scale))
    if level == "interval":
        return np.asarray(np.square(np.subtract.outer(scale, scale)))
    middle = np.cumsum(totals) - totals / 2  # ordinal: how many labels lie between two, each end counted half
    return np.asarray(np.square(np.subtract.outer(middle, middle)))
