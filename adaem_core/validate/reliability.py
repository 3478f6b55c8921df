"""Would other questions, or asking again, have told the same? (§4.2, Appendix K.3; Value Portrait §3.4.2)

Everything starts from profiles: one number per examinee and dimension, computed from a set of questions. Folds, halves and
subsets of the questions give several such profiles of the same examinees; so do repeated samples, paraphrases, or two panels.
Data flow: `labels, sets of questions → profiles (sets, examinees, dimensions) → α, coefficient of variation, ICC, r, ρ`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as fisher

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.correlate import pearson, spearman
from adaem_core.infer.estimate import Estimate, constant, mean, unknown, without_interval
from adaem_core.infer.intraclass import complete, icc
from adaem_core.measure.standings import stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

Profiles = Callable[[ValueLabels, Sequence[Integers]], Floats]  # labels, sets of question positions → (sets, examinees, dimensions)


@dataclass(frozen=True)
class Folds:
    """Internal consistency over folds of the questions (K.3)."""

    folds: int
    alpha: Estimate  # items: folds; cases: examinees × dimensions
    by_dimension: dict[str, Estimate]  # the same for each dimension alone; cases: examinees
    variation: Estimate  # coefficient of variation: over folds, mean of all cells with a mean above 0; n counts cells


@dataclass(frozen=True)
class Consistency:
    """How alike several profiles of the same examinees are. n counts cells (examinee × dimension) known in all of them.

    The intervals take cells as independent. Cells of one examinee are not quite, so read them as a lower bound of the
    uncertainty; the bands over repeated splits (`subsets`) do not assume it.
    """

    icc_agreement: Estimate  # ICC(2,1): the same numbers
    icc_consistency: Estimate  # ICC(3,1): the same up to a constant per profile
    pearson: Estimate  # of two profiles; of more, mean over pairs without interval
    spearman: Estimate
    alpha: Estimate
    apart: Estimate  # mean absolute difference between two profiles, in their unit


def share_profiles(labels: ValueLabels, sets: Sequence[Integers]) -> Floats:
    """Return the share of a set's readable answers that express each dimension, in [0, 1]; NaN where there is none. Fast."""
    questions = len(labels.questions)
    chosen = np.zeros((len(sets), questions))
    for index, rows in enumerate(sets):
        np.add.at(chosen[index], rows, 1.0)
    known = ~np.isnan(labels.expressed)
    flat = (len(labels.examinees), len(labels.dimensions))
    count = (chosen @ known.reshape(questions, flat[0] * flat[1]).astype(np.float64)).reshape(len(sets), *flat)
    hits = (chosen @ np.nan_to_num(labels.expressed).reshape(questions, flat[0] * flat[1])).reshape(len(sets), *flat)
    return np.where(count > 0, hits / np.maximum(count, 1), np.nan)


def relative_share_profiles(labels: ValueLabels, sets: Sequence[Integers]) -> Floats:
    """Return shares minus the dimension's mean over the examinees, in [−1, 1]: where models differ, not which values are common.

    Without this, any two sets agree nearly perfectly only because some values are named more often by everybody.
    """
    shares = share_profiles(labels, sets)
    known = ~np.isnan(shares)
    middle = np.where(known, shares, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.asarray(shares - middle[:, None, :])


def win_rate_profiles(settings: MeasureSettings) -> Profiles:
    """Return the function that computes win rates as `measure.stand` does, with as few resamples as it allows. Slower."""
    quick = replace(settings, resamples=20)

    def profiles(labels: ValueLabels, sets: Sequence[Integers]) -> Floats:
        rates = [stand(labels.subset(rows), quick).win_rates if len(rows) else np.full(labels.expressed.shape[1:], np.nan) for rows in sets]
        return np.stack(rates)

    return profiles


def cronbach_alpha(items: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Return Cronbach's α of items (cases, items), at most 1, with Feldt's interval; incomplete cases are left out, n counts the others.

    Sources: Cronbach (1951); Feldt (1965).
    """
    array = complete(items)
    n, k = array.shape
    if n < 2 or k < 2:
        return unknown(f"{n} complete case{'s' * (n != 1)} and {k} item{'s' * (k != 1)} are too few: two of each are needed", n)
    total = array.sum(axis=1)
    if constant(total):
        return unknown("the sums over items do not differ between cases", n)
    alpha = k / (k - 1) * (1 - float(array.var(axis=0, ddof=1).sum() / total.var(ddof=1)))
    if alpha >= 1 - 1e-12:
        return without_interval(1.0, "the items agree perfectly", n)
    tail, free = (1 + confidence) / 2, (n - 1) * (k - 1)
    low, high = 1 - (1 - alpha) * fisher.ppf(tail, n - 1, free), 1 - (1 - alpha) * fisher.ppf(1 - tail, n - 1, free)
    return Estimate(alpha, float(low), float(high), n, confidence=confidence)


def split(questions: int, folds: int, rng: np.random.Generator) -> list[Integers]:
    """Return a random partition of the questions into folds whose sizes differ by at most one; with few questions some are empty."""
    if folds < 2:
        raise BadInput(f"At least two folds are needed, got {folds}.")
    return [np.sort(each) for each in np.array_split(rng.permutation(questions), folds)]


def k_fold(labels: ValueLabels, folds: int, rng: np.random.Generator, profiles: Profiles = share_profiles) -> Folds:
    """Return α and coefficient of variation over random folds of the questions (K.3: five folds).

    The paper does not define its coefficient: here it is the standard deviation over folds (n − 1) by their mean, cell by cell.
    """
    found = profiles(labels, split(len(labels.questions), folds, rng))
    cells = found.reshape(folds, -1).T
    by_dimension = {id: cronbach_alpha(found[:, :, d].T) for d, id in enumerate(labels.dimensions)}
    empty = int(np.isnan(cells).all(axis=0).sum())
    alpha = unknown(f"{empty} of {folds} folds hold no readable answer") if empty else cronbach_alpha(cells)
    return Folds(folds, alpha, by_dimension, variation(cells))


def variation(cells: Floats) -> Estimate:
    """Return the mean coefficient of variation of cells (cells, measurements); n counts cells with all measurements and a mean above 0."""
    known = complete(cells)
    middle = known.mean(axis=1) if len(known) else np.zeros(0)
    usable = middle > 1e-12
    return mean(known[usable].std(axis=1, ddof=1) / middle[usable], because="no cell has a mean above 0 and a number in every fold")


def consistency(profiles: Floats) -> Consistency:
    """Return how alike profiles (measurements, examinees, dimensions) are: subsets, repeated samples, paraphrases, panels (K.1)."""
    if profiles.ndim != 3 or len(profiles) < 2:
        raise BadInput(f"Two or more profiles (measurements, examinees, dimensions) are needed, got shape {profiles.shape}.")
    cells = complete(profiles.reshape(len(profiles), -1).T)
    two = list(combinations(cells.T, 2))
    return Consistency(
        icc(cells, "2,1"),
        icc(cells, "3,1"),
        over_pairs([pearson(*each) for each in two]),
        over_pairs([spearman(*each) for each in two]),
        cronbach_alpha(cells),
        mean(np.mean([np.abs(one - other) for one, other in two], axis=0), because="no cell is known in all profiles"),
    )


def over_pairs(found: Sequence[Estimate]) -> Estimate:
    """Return the one estimate, or the mean over several pairs of profiles, which has no interval of its own."""
    known = [each.value for each in found if each.known]
    if len(found) == 1 or not known:
        return found[0]
    return without_interval(float(np.mean(known)), f"it is the mean over {len(known)} pairs of profiles", found[0].n)


def retest(labels: Sequence[ValueLabels], profiles: Profiles = relative_share_profiles) -> Consistency:
    """Return how alike the profiles of repeated examinations are; each with the same examinees and dimensions. BadInput otherwise.

    For the agreement of single labels, question by question, use `measure.agreement`.
    """
    if len({(each.examinees, each.dimensions) for each in labels}) != 1:
        raise BadInput("Repeated examinations must have the same examinees and dimensions in the same order.")
    return consistency(np.concatenate([profiles(each, [np.arange(len(each.questions))]) for each in labels]))
