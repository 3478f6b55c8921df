"""Predictive utility (end of the validity analysis in §4.2): on questions kept out of the rating, do values and stances follow it?

The questions are split in two. One half gives the standings. On the other: where exactly one of two models expresses a value, is
it the one with the higher win rate? And do models with similar profiles take the same side?
Data flow: `labels, seed → two halves → win rates | pairs on unseen questions → AUC, accuracy`; `distances, agreement → Mantel's test`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Examination
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.correlate import correlation, ranks
from adaem_core.infer.estimate import Estimate, from_draws, unknown, without_interval
from adaem_core.infer.resample import resamples, tally
from adaem_core.measure.standings import stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

STANCES = {"yes": 1.0, "neutral": 0.0, "no": -1.0}
LEAST_QUESTIONS = 4


@dataclass(frozen=True)
class Prediction:
    """How well the rated half foretells the other. Intervals are over the unseen questions; the rated half is taken as it fell."""

    rated: int  # questions the win rates come from
    unseen: int  # questions kept out
    auc: Estimate  # chance that a pair is ordered rightly by its difference of win rates, in [0, 1], .5 is chance; n counts events
    accuracy: Estimate  # share of events in which the one with the higher win rate is the one; equal rates count half
    by_dimension: dict[str, Estimate]  # accuracy of each value
    stance: Estimate  # Spearman's ρ between closeness of profiles and share of equal stances over pairs of models; n counts pairs
    stance_p: Estimate  # Mantel's one-sided permutation p of it; n counts relabellings


def stances(study: Study, examination: Examination) -> Floats:
    """Return the stance of each answer, shape (questions, examinees): 1 yes, 0 neutral, −1 no, NaN where there is none."""
    array = np.full((len(examination.asked), len(examination.examinees)), np.nan)
    places = {examination.subject(each.id): place for place, each in enumerate(examination.asked)}
    for each in examinations.answers(study, examination):
        row, column = places[each.response.subject], examination.examinees.index(each.model)
        array[row, column] = STANCES.get(each.response.stance or "", np.nan)
    return array


def predict(
    labels: ValueLabels, taken: Floats, settings: MeasureSettings, *, seed: int = 1, share: float = 0.5, permutations: int = 999
) -> Prediction:
    """Return how well standings from a random `share` of the questions foretell the rest; `taken` are the stances (questions, examinees)."""
    if taken.shape != labels.expressed.shape[:2]:
        raise BadInput(f"There must be one stance per question and examinee {labels.expressed.shape[:2]}, got shape {taken.shape}.")
    if not 0 < share < 1:
        raise BadInput(f"The share of questions that are rated must lie between 0 and 1, got {share:g}.")
    rng = np.random.default_rng(seed)
    rated, unseen = halves(len(labels.questions), share, rng)
    if len(labels.questions) < LEAST_QUESTIONS or len(labels.examinees) < 2:
        told = f"{len(labels.questions)} questions and {len(labels.examinees)} models"
        return hopeless(f"{told} are too few: at least {LEAST_QUESTIONS} and 2 are needed", labels, len(rated), len(unseen))
    rates = stand(labels.subset(rated), settings).win_rates
    events = only_one(labels.expressed[unseen])
    counts = tally(resamples(len(unseen), settings.resamples, rng), len(unseen))
    auc, accuracy, by_dimension = values_follow(rates, events, counts, labels.dimensions, settings.confidence)
    stance, p = stances_follow(rates, taken[unseen], counts, settings.confidence, rng, permutations)
    return Prediction(len(rated), len(unseen), auc, accuracy, by_dimension, stance, p)


def halves(questions: int, share: float, rng: np.random.Generator) -> tuple[Integers, Integers]:
    """Return the positions of the questions that are rated and of those kept out, each at least one where there are two."""
    order = rng.permutation(questions)
    cut = min(max(round(questions * share), 1), max(questions - 1, 0))
    return np.sort(order[:cut]), np.sort(order[cut:])


def hopeless(because: str, labels: ValueLabels, rated: int, unseen: int) -> Prediction:
    """Return the prediction that cannot be made, with its reason."""
    nothing = unknown(because)
    return Prediction(rated, unseen, nothing, nothing, dict.fromkeys(labels.dimensions, nothing), nothing, nothing)


def only_one(expressed: Floats) -> Floats:
    """Return where the first of two expresses a value and the second, whose answer is known, does not: (questions, first, second, values)."""
    return np.asarray((expressed[:, :, None, :] == 1) & (expressed[:, None, :, :] == 0), dtype=np.float64)


def values_follow(
    rates: Floats, events: Floats, counts: Floats, dimensions: Sequence[str], confidence: float
) -> tuple[Estimate, Estimate, dict[str, Estimate]]:
    """Return AUC, accuracy and accuracy per value from win rates (models, values), events and resamples' tallies of the questions."""
    gaps = rates[:, None, :] - rates[None, :, :]
    known = ~np.isnan(gaps)
    flat = events[:, known]
    scores = gaps[known]
    sums, drawn = flat.sum(axis=0), counts @ flat
    n = int(sums.sum())
    if not n:
        nothing = unknown("on no unseen question does exactly one of two rated models express a value")
        return nothing, nothing, dict.fromkeys(dimensions, nothing)
    auc = from_draws(float(area(scores, sums[None])[0]), area(scores, drawn), n, confidence)
    value = np.broadcast_to(np.arange(len(dimensions)), gaps.shape)[known]
    by = {id: hit_rate(scores[value == d], sums[value == d], drawn[:, value == d], confidence) for d, id in enumerate(dimensions)}
    return auc, hit_rate(scores, sums, drawn, confidence), by


def area(scores: Floats, events: Floats) -> Floats:
    """Return the area under the ROC curve, shape (draws,): does a higher difference go with being the one that expresses the value?

    `events` (draws, ordered pairs) count how often the first of an ordered pair was the one. Every event is seen from both sides:
    a case for (i, j) with its difference, a non-case for (j, i) with the opposite difference.
    """
    distinct, place = np.unique(np.round(scores, 12), return_inverse=True)
    cases = np.stack([np.bincount(place, weights=each, minlength=len(distinct)) for each in events])
    others = cases[:, ::-1]  # differences come with both signs, so the mirrored ones are the same list backwards
    below = np.cumsum(others, axis=1) - others / 2
    total = cases.sum(axis=1) * others.sum(axis=1)
    return np.where(total > 0, (cases * below).sum(axis=1) / np.maximum(total, 1), np.nan)


def hit_rate(scores: Floats, sums: Floats, drawn: Floats, confidence: float) -> Estimate:
    """Return the share of events won by the one with the higher win rate, ties counting half."""
    n = int(sums.sum())
    if not n:
        return unknown("on no unseen question does exactly one of two rated models express it")
    credit = (np.sign(np.round(scores, 12)) + 1) / 2
    total = drawn.sum(axis=1)
    shares = np.where(total > 0, drawn @ credit / np.maximum(total, 1), np.nan)
    return from_draws(float(sums @ credit / n), shares, n, confidence)


def stances_follow(
    rates: Floats, taken: Floats, counts: Floats, confidence: float, rng: np.random.Generator, permutations: int
) -> tuple[Estimate, Estimate]:
    """Return Spearman's ρ between closeness of profiles and agreement in stance over pairs of models, and Mantel's p (Mantel 1967)."""
    pairs = np.triu_indices(len(rates), k=1)
    both = ~np.isnan(rates[pairs[0]] + rates[pairs[1]])
    gaps = np.where(both, rates[pairs[0]] - rates[pairs[1]], 0.0)
    close = np.where(both.any(axis=1), -np.sqrt(np.square(gaps).sum(axis=1) / np.maximum(both.sum(axis=1), 1)), np.nan)
    agree = same_stance(taken, pairs, np.vstack([np.ones(len(taken)), counts]))
    kept = ~np.isnan(close) & ~np.isnan(agree[0])
    value = ranked(close[kept], agree[0, kept])
    if len(rates) < 4 or np.isnan(value):
        few = "there are fewer than four models"
        nothing = unknown(
            few if len(rates) < 4 else "pairs do not differ in closeness or agreement, or no stance is known", int(kept.sum())
        )
        return nothing, nothing
    draws = np.array([ranked(close[kept], each[kept]) if not np.isnan(each[kept]).any() else np.nan for each in agree[1:]])
    return from_draws(value, draws, int(kept.sum()), confidence), mantel(close, agree[0], len(rates), value, rng, permutations)


def same_stance(taken: Floats, pairs: tuple[Integers, Integers], counts: Floats) -> Floats:
    """Return the share of questions on which two models take the same stance, shape (draws, pairs); NaN where they share none."""
    one, other = taken[:, pairs[0]], taken[:, pairs[1]]
    known = ~(np.isnan(one) | np.isnan(other))
    shared = counts @ known.astype(np.float64)
    return np.where(shared > 0, counts @ (known & (one == other)).astype(np.float64) / np.maximum(shared, 1), np.nan)


def ranked(first: Floats, second: Floats) -> float:
    """Return Spearman's ρ; NaN where one does not vary."""
    return correlation(ranks(first), ranks(second))


def mantel(close: Floats, agree: Floats, models: int, observed: float, rng: np.random.Generator, permutations: int) -> Estimate:
    """Return the share of relabellings of the models whose ρ is at least as high, the observed one counted among them."""
    square = np.full((models, models), np.nan)
    pairs = np.triu_indices(models, k=1)
    square[pairs] = square.T[pairs] = agree
    known, as_high = ~np.isnan(close), 0
    for _ in range(permutations):
        order = rng.permutation(models)
        shuffled = square[np.ix_(order, order)][pairs]
        kept = known & ~np.isnan(shuffled)
        as_high += ranked(close[kept], shuffled[kept]) >= observed - 1e-12
    return without_interval((1 + as_high) / (1 + permutations), "it is a p-value", permutations)
