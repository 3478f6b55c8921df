"""Significance groups: which standings can be told apart, so that a tie is shown as a tie and never as a bare rank.

Two examinees are *separable* on a dimension when their paired difference is significant after Holm's correction over all pairs
of that dimension (Holm 1979). An examinee's rank is an interval: 1 + how many are separably above it, to the number of rated
examinees minus how many are separably below it; these hold together (Mogstad, Romano, Shaikh & Wilhelm 2024). A *group* is a run of
neighbours without a place at which everyone above is separable from everyone below. Why: docs/decisions/ties-are-shown-as-ties.md.
Differences come from shared resamples, so they are paired question by question.
Data flow: `Standings → differences, errors → p of all pairs → Holm → separable → rank intervals, groups`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from adaem_core.infer.arrays import Flags, Floats
from adaem_core.infer.holm import holm
from adaem_core.measure.standings import Standings
from adaem_core.measure.win_rates import TIE


@dataclass(frozen=True, eq=False)
class Groups:
    """What may be said about ranks. NaN where an examinee was never rated; it has no rank and is nobody's rival."""

    p: Floats  # (i, j, dimensions) in [0, 1]: Holm-adjusted; symmetric, diagonal 1
    separable: Flags  # same shape: p < 1 − confidence
    best: Floats  # (examinees, dimensions): best rank that is compatible with the data, from 1 (highest win rate)
    worst: Floats  # same shape: worst such rank, ≥ best
    group: Floats  # same shape: number of the group, from 1 (highest); two examinees of different groups are separable


def groups(standings: Standings) -> Groups:
    """Return the significance groups at the confidence of the standings, each dimension for itself."""
    p = adjusted(p_values(standings))
    separable = p < 1 - standings.settings.confidence
    rates = standings.win_rates
    above = separable & (rates[None, :, :] > rates[:, None, :])
    below = separable & (rates[None, :, :] < rates[:, None, :])
    known = ~np.isnan(rates)
    best = np.where(known, 1.0 + above.sum(axis=1), np.nan)
    worst = np.where(known, known.sum(axis=0) - below.sum(axis=1), np.nan)
    numbers = [group_numbers(rates[:, d], separable[:, :, d]) for d in range(rates.shape[1])]
    return Groups(p, separable, best, worst, np.stack(numbers, axis=1))


def adjusted(p: Floats) -> Floats:
    """Return p (i, j, dimensions), symmetric, with Holm's correction over the known pairs of each dimension; diagonal 1."""
    first, second = np.triu_indices(len(p), k=1)
    result = np.where(np.isnan(p), np.nan, 1.0)
    for dimension in range(p.shape[2]):
        result[first, second, dimension] = holm(p[first, second, dimension])
    result[second, first] = result[first, second]
    return result


def group_numbers(rates: Floats, separable: Flags) -> Floats:
    """Return the group number of each examinee on one dimension, shape (examinees,), from 1; NaN where never rated."""
    numbers = np.full(len(rates), np.nan)
    known = np.flatnonzero(~np.isnan(rates))
    order = known[np.argsort(-rates[known], kind="stable")]
    number = 1
    for place, examinee in enumerate(order):
        if place and separable[np.ix_(order[:place], order[place:])].all():
            number += 1
        numbers[examinee] = number
    return numbers


def rank_words(best: float, worst: float) -> str:
    """Return a rank for people: "2", or "1–3, not separable"; "not rated" for NaN."""
    if np.isnan(best):
        return "not rated"
    return f"{best:.0f}" if best == worst else f"{best:.0f}–{worst:.0f}, not separable"


def differences(standings: Standings) -> Floats:
    """Return win rate of i minus win rate of j, shape (i, j, dimensions), in [−1, 1]; NaN where i or j was never rated."""
    return standings.win_rates[:, None, :] - standings.win_rates[None, :, :]


def difference_errors(standings: Standings) -> Floats:
    """Return the standard error of each difference, shape (i, j, dimensions), ≥ 0: its standard deviation over the resamples.

    NaN where fewer than two resamples rate both.
    """
    pairs = standings.resampled[:, :, None, :] - standings.resampled[:, None, :, :]
    known = ~np.isnan(pairs)
    count = known.sum(axis=0)
    mean = np.where(known, pairs, 0.0).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(known, np.square(pairs - mean), 0.0).sum(axis=0)
    return np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan)


def p_values(standings: Standings) -> Floats:
    """Return the two-sided p that i and j do not differ, shape (i, j, dimensions), in [0, 1], not adjusted; NaN where unknown.

    The difference over its standard error is held against Student's t with resamples − 1 degrees of freedom, because the
    error itself was estimated from so many; counting resamples could not reach the small p that many pairs ask for.
    A difference of 0 (but for rounding errors) has p = 1 even where its error is 0.
    """
    size, error = np.abs(differences(standings)), difference_errors(standings)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(size < TIE, 0.0, size / error)
    p = 2 * student.sf(ratio, len(standings.resampled) - 1)
    return np.where(np.isnan(size) | np.isnan(error), np.nan, p)
