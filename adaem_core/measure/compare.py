"""Compare two examinees: on which dimensions they differ, how sure that is, and which questions show it (§5, Appendix C.8).

Two views of the same labels. *Win rates* place both among all examinees; their difference is taken within each shared
resample. *Shares* ask only how often each of the two expresses a dimension on the questions that both answered.
Data flow: `Standings → differences, p → Holm over dimensions → Comparison`; `labels → shares, separating questions`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.holm import holm
from adaem_core.infer.resample import interval, resamples, tally
from adaem_core.measure.groups import p_values
from adaem_core.measure.standings import Standings
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings


@dataclass(frozen=True, eq=False)
class Comparison:
    """Win rate of the first minus win rate of the second, each of shape (dimensions,); NaN where one of them was never rated."""

    first: str
    second: str
    dimensions: tuple[str, ...]
    difference: Floats  # in [−1, 1]
    low: Floats  # lower end of the percentile interval over the shared resamples
    high: Floats  # upper end
    p: Floats  # two-sided, of this dimension alone
    adjusted: Floats  # Holm's correction over the dimensions: the pair was chosen, the dimensions were all looked at


@dataclass(frozen=True, eq=False)
class Shares:
    """How often each of two examinees expresses a dimension on the questions both answered, each of shape (dimensions,)."""

    answered: Floats  # questions both answered: the denominator
    first: Floats  # share in [0, 1]; NaN where answered is 0
    second: Floats
    low: Floats  # interval of first − second
    high: Floats
    only_first: Floats  # questions on which only the first expresses it
    only_second: Floats
    p: Floats  # McNemar's exact test: two-sided, of this dimension alone
    adjusted: Floats  # Holm's correction over the dimensions

    @property
    def difference(self) -> Floats:
        """First minus second, in [−1, 1]."""
        return self.first - self.second


@dataclass(frozen=True)
class Separating:
    """One question on which two examinees express different dimensions."""

    question: str
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    rarity: float  # mean over these dimensions of the share of all answers that do not express them, in [0, 1]


def compare(standings: Standings, first: str, second: str) -> Comparison:
    """Return the paired differences of win rates; BadInput for an unknown examinee or twice the same."""
    i, j = positions(standings.examinees, first, second)
    low, high = interval(standings.resampled[:, i] - standings.resampled[:, j], standings.settings.confidence)
    p = p_values(standings)[i, j]
    difference = standings.win_rates[i] - standings.win_rates[j]
    return Comparison(first, second, standings.dimensions, difference, low, high, p, holm(p))


def shares(labels: ValueLabels, first: str, second: str, settings: MeasureSettings) -> Shares:
    """Return how often each expresses a dimension, paired question by question; intervals from the resamples of the standings."""
    i, j = positions(labels.examinees, first, second)
    one, other = labels.expressed[:, i], labels.expressed[:, j]
    both = ~(np.isnan(one) | np.isnan(other))
    answered, gap = both.sum(axis=0).astype(np.float64), np.where(both, one - other, 0.0)
    resample_rng = np.random.default_rng(settings.seed).spawn(2)[1]
    counts = tally(resamples(len(labels.questions), settings.resamples, resample_rng), len(labels.questions))
    low, high = interval(ratio(counts @ gap, counts @ both.astype(np.float64)), settings.confidence)
    share, share_other = (ratio(np.where(both, each, 0.0).sum(axis=0), answered) for each in (one, other))
    only, only_other = ((gap == sign).sum(axis=0).astype(np.float64) for sign in (1, -1))
    p = np.where(answered > 0, mcnemar(only, only_other), np.nan)
    return Shares(answered, share, share_other, low, high, only, only_other, p, holm(p))


def mcnemar(only_first: Floats, only_second: Floats) -> Floats:
    """Return the two-sided exact p that a discordant question is as likely to favour either (McNemar 1947), in [0, 1]; 1 without any."""
    p = 2 * binom.cdf(np.minimum(only_first, only_second), only_first + only_second, 0.5)
    return np.asarray(np.minimum(p, 1.0), dtype=np.float64)


def separating(labels: ValueLabels, first: str, second: str, limit: int = 20) -> tuple[Separating, ...]:
    """Return the questions on which most dimensions are expressed by only one of the two, most first.

    Among equals, those come first whose dimensions are seldom expressed by anybody, then those asked earlier. A dimension that
    is missing for one of the two separates nothing; questions without any difference are left out.
    """
    i, j = positions(labels.examinees, first, second)
    gap = np.nan_to_num(labels.expressed[:, i] - labels.expressed[:, j])
    count = np.abs(gap).sum(axis=1)
    rarity = ratio(np.abs(gap) @ np.nan_to_num(1 - share_expressed(labels)), count)
    order = np.lexsort((np.arange(len(count)), -np.nan_to_num(rarity), -count))[:limit]
    return tuple(separates(labels, int(row), gap[row], float(rarity[row])) for row in order if count[row])


def separates(labels: ValueLabels, row: int, gap: Floats, rarity: float) -> Separating:
    """Return one question with the dimensions only one of the two expresses."""
    named = [tuple(id for id, each in zip(labels.dimensions, gap, strict=True) if each == sign) for sign in (1, -1)]
    return Separating(labels.questions[row], named[0], named[1], rarity)


def share_expressed(labels: ValueLabels) -> Floats:
    """Return the share of all readable answers that express each dimension, shape (dimensions,), in [0, 1]; NaN without any."""
    known = ~np.isnan(labels.expressed)
    return ratio(np.where(known, labels.expressed, 0.0).sum(axis=(0, 1)), known.sum(axis=(0, 1)).astype(np.float64))


def ratio(above: Floats, below: Floats) -> Floats:
    """Return above / below; NaN where there is nothing to divide by."""
    return np.where(below > 0, above / np.maximum(below, 1), np.nan)


def positions(examinees: tuple[str, ...], first: str, second: str) -> tuple[int, int]:
    """Return where the two stand; BadInput for an unknown examinee or twice the same."""
    for each in (first, second):
        if each not in examinees:
            raise BadInput(f"No examinee {each!r} in this examination. Choose among {', '.join(examinees)}.")
    if first == second:
        raise BadInput(f"Two different examinees are needed, got {first!r} twice. Choose another one.")
    return examinees.index(first), examinees.index(second)
