"""Differences between two examinees' win rates, and how sure they are: from shared resamples, so paired question by question.

Data flow: `Standings → differences, errors (examinee, other, dimension) → p`. Groups and sample sizes are built on them.
"""

import numpy as np
from scipy.stats import t as student

from adaem_core.measure.standings import Standings
from adaem_core.measure.value_labels import Floats
from adaem_core.measure.win_rates import TIE


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
