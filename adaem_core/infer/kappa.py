"""Do two raters, or several, give the same labels? Percent agreement, Cohen's κ plain and weighted, Fleiss' κ.

κ is agreement beyond what raters with these base rates would reach by chance: 1 is perfect, 0 is chance (Cohen 1960). With
weights, a near miss on an ordered scale counts less than a far one (Cohen 1968). Missing labels: `krippendorff`.
Data flow: `labels of rater 1, of rater 2 → table of counts → Estimate`; `counts (subjects, categories) → Fleiss' κ`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import Estimate, proportion, unknown, without_interval

WEIGHTS = {"none": 0, "linear": 1, "quadratic": 2}  # the power of the distance between two categories that counts as disagreement


def confusion(first: ArrayLike, second: ArrayLike, categories: Sequence[float]) -> Floats:
    """Return how often rater 1 said row and rater 2 said column, shape (categories, categories); pairs with a NaN are left out."""
    one, other = (np.asarray(each, dtype=np.float64) for each in (first, second))
    if one.shape != other.shape:
        raise BadInput(f"Two raters must rate the same items, got {one.shape} and {other.shape}.")
    known = ~(np.isnan(one) | np.isnan(other))
    one, other = one[known], other[known]
    if strange := sorted({float(each) for each in np.concatenate([one, other])} - {float(each) for each in categories}):
        raise BadInput(f"Ratings must be among {', '.join(f'{each:g}' for each in categories)}, got {strange[0]:g}.")
    scale = np.asarray(categories, dtype=np.float64)
    return np.asarray((one[:, None] == scale).T.astype(np.float64) @ (other[:, None] == scale))


def percent_agreement(counts: Floats, confidence: float = 0.95) -> Estimate:
    """Return the share of items with equal labels and its exact binomial interval; n counts the items both rated."""
    return proportion(round(float(np.trace(counts))), round(float(counts.sum())), confidence, because="no item was rated by both")


def cohen_kappa(counts: Floats, weights: str = "none", confidence: float = 0.95) -> Estimate:
    """Return Cohen's κ of a table of counts, in [−1, 1], with its large-sample interval; n counts items. "none" for unordered labels.

    Sources: Cohen (1960, 1968); interval from the variance of Fleiss, Cohen & Everitt (1969), kept within [−1, 1].
    """
    n = float(counts.sum())
    if because := no_kappa(counts):
        return unknown(because, round(n))
    agree = credit(len(counts), weights)
    part = counts / n
    rows, columns = part.sum(axis=1), part.sum(axis=0)
    expected, value = float(rows @ agree @ columns), float(kappa(counts, agree))
    drift = agree - np.add.outer(agree @ columns, rows @ agree) * (1 - value)
    variance = (float((part * np.square(drift)).sum()) - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2)
    if value >= 1 - 1e-12:
        return without_interval(1.0, "both raters agree on every item, so the large-sample formula sees no variation", round(n))
    half = float(ndtri((1 + confidence) / 2)) * max(variance, 0.0) ** 0.5
    return Estimate(value, max(value - half, -1.0), min(value + half, 1.0), round(n), confidence=confidence)


def kappa(counts: Floats, agree: Floats) -> Floats:
    """Return Cohen's κ of many tables of counts (…, categories, categories) at once, shape (…); NaN where it cannot be computed.

    κ = (observed − expected) / (1 − expected), with pairs of categories agreeing as `credit` says. Source: Cohen (1960, 1968).
    """
    total = counts.sum(axis=(-2, -1))
    part = counts / np.maximum(total, 1)[..., None, None]
    observed = (agree * part).sum(axis=(-2, -1))
    expected = np.einsum("...i,ij,...j->...", part.sum(axis=-1), agree, part.sum(axis=-2))
    known = (total > 0) & (expected < 1 - 1e-12)
    return np.where(known, (observed - expected) / np.where(known, 1 - expected, 1.0), np.nan)


def kappa_of_cells(cells: Floats) -> Floats:
    """Return Cohen's κ of 2 × 2 counts (…, 4): both, only the first, only the second, neither. Shape (…); NaN as in `kappa`."""
    return kappa(cells.reshape(*cells.shape[:-1], 2, 2), np.eye(2))


def credit(categories: int, weights: str) -> Floats:
    """Return how much a pair of categories agrees, in [0, 1]: 1 on the diagonal. Shape (categories, categories)."""
    if weights not in WEIGHTS:
        raise BadInput(f"Weights must be one of {', '.join(WEIGHTS)}, got {weights!r}.")
    apart = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories))) / max(categories - 1, 1)
    return np.asarray(1.0 - (apart > 0) if weights == "none" else 1.0 - apart ** WEIGHTS[weights], dtype=np.float64)


def no_kappa(counts: Floats, unit: str = "items") -> str:
    """Return why κ of a table of counts cannot be computed; empty when it can. `unit` names what was labelled."""
    n = counts.sum()
    if not n:
        return f"no {unit} were labelled by both"
    if (counts.diagonal() == n).any():
        return f"both gave the same label to all {n:,.0f} {unit}, so agreement cannot be told from chance"
    return ""


def fleiss_kappa(counts: Floats, confidence: float = 0.95) -> Estimate:
    """Return Fleiss' κ of counts (subjects, categories): how many raters chose each. Every subject needs the same number of raters.

    The interval resamples nothing: it is the jackknife's over subjects, n of them. Source: Fleiss (1971); Efron & Stein (1981).
    """
    raters = counts.sum(axis=1)
    if len(counts) == 0 or (raters != raters[0]).any() or raters[0] < 2:
        return unknown("every item needs the same number of raters, at least two", len(counts))
    if (counts.sum(axis=0) > 0).sum() < 2:
        return unknown("all raters gave one and the same label, so agreement cannot be told from chance", len(counts))
    value = float(fleiss_of(counts.sum(axis=0), np.square(counts).sum(), len(counts), float(raters[0])))
    left_out = fleiss_of(
        counts.sum(axis=0) - counts, np.square(counts).sum() - np.square(counts).sum(axis=1), len(counts) - 1, float(raters[0])
    )
    if len(counts) < 2 or np.isnan(left_out).any():
        return without_interval(value, "it hangs on a single item", len(counts))
    error = float(np.sqrt((len(counts) - 1) / len(counts) * np.square(left_out - left_out.mean()).sum()))
    half = float(ndtri((1 + confidence) / 2)) * error
    return Estimate(value, max(value - half, -1.0), min(value + half, 1.0), len(counts), confidence=confidence)


def fleiss_of(chosen: Floats, squares: ArrayLike, subjects: int, raters: float) -> Floats:
    """Return Fleiss' κ from how often each category was `chosen` (…, categories) and the sum of squared counts (…)."""
    observed = (np.asarray(squares) - subjects * raters) / (max(subjects, 1) * raters * (raters - 1))
    expected = np.square(chosen / (max(subjects, 1) * raters)).sum(axis=-1)
    known = expected < 1 - 1e-12
    return np.where(known, (observed - expected) / np.where(known, 1 - expected, 1.0), np.nan)
