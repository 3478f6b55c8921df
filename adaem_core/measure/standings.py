"""Where each examinee stands on each dimension: win rates with bootstrap intervals, by TrueSkill or Rasch (Appendix C.8).

Questions are what is resampled, the same for all examinees and dimensions (docs/decisions/questions-are-resampled.md). The interval
is the range between percentiles of the resampled win rates.
A win rate is the mean over all others of the chance to beat each; `superiority` keeps these chances pair by pair, from the same
orders and resamples, so that their means are exactly the standings' win rates.
Data flow: `labels, settings → win rates; labels, settings, resamples → resampled win rates → Standings`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.resample import interval, random_orders, resamples, tally
from adaem_core.measure.rasch import Propensities, fit, refit
from adaem_core.measure.ratings import Ratings, rate
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.measure.win_rates import propensity_chances, skill_chances, win_rates
from adaem_core.settings import MeasureSettings


@dataclass(frozen=True, eq=False)
class Standings:
    """Win rates with their uncertainty. NaN where an examinee was never rated, or had no rated other."""

    examinees: tuple[str, ...]
    dimensions: tuple[str, ...]
    questions: int  # how many were drawn in each resample
    settings: MeasureSettings
    win_rates: Floats  # (examinees, dimensions) in [0, 1]; mean 0.5 over the rated examinees of a dimension
    low: Floats  # same shape: lower end of the interval at settings.confidence
    high: Floats  # same shape: upper end
    resampled: Floats  # (resamples, examinees, dimensions): shared resamples, so differences within one are paired
    scores: Ratings | Propensities  # what the win rates were computed from; TrueSkill's averaged over orders


def stand(labels: ValueLabels, settings: MeasureSettings) -> Standings:
    """Return the standings by settings.method; same labels, settings and seed, same numbers. Source: Appendix C.8 (TrueSkill)."""
    order_rng, resample_rng = np.random.default_rng(settings.seed).spawn(2)
    drawn = resamples(len(labels.questions), settings.resamples, resample_rng)
    scores: Ratings | Propensities
    if settings.method == "trueskill":
        scores, rates, resampled = by_trueskill(labels, drawn, settings, order_rng)
    else:
        scores, rates, resampled = by_rasch(labels, drawn, settings)
    low, high = interval(resampled, settings.confidence)
    return Standings(labels.examinees, labels.dimensions, len(labels.questions), settings, rates, low, high, resampled, scores)


def by_trueskill(
    labels: ValueLabels, drawn: Integers, settings: MeasureSettings, rng: np.random.Generator
) -> tuple[Ratings, Floats, Floats]:
    """Return ratings, win rates averaged over random orders, and win rates of each resample in the order it was drawn."""
    ratings = rate(labels, random_orders(len(labels.questions), settings.orders, rng), settings)
    rates = win_rates(skill_chances(ratings)).mean(axis=0)
    return ratings.average(), rates, win_rates(skill_chances(rate(labels, drawn, settings)))


def by_rasch(labels: ValueLabels, drawn: Integers, settings: MeasureSettings) -> tuple[Propensities, Floats, Floats]:
    """Return propensities, win rates, and win rates of each resample; the order of questions plays no part."""
    propensities = fit(labels, settings)
    thetas = refit(labels, propensities, tally(drawn, len(labels.questions)), settings)
    return propensities, win_rates(propensity_chances(propensities.theta)), win_rates(propensity_chances(thetas))


@dataclass(frozen=True, eq=False)
class Superiority:
    """P(i beats j) for all pairs: complementary, diagonal 0.5; NaN where i or j was never rated."""

    examinees: tuple[str, ...]
    dimensions: tuple[str, ...]
    chances: Floats  # (i, j, dimensions) in [0, 1]
    low: Floats  # same shape: lower end of the interval at settings.confidence
    high: Floats  # same shape: upper end


def superiority(labels: ValueLabels, settings: MeasureSettings) -> Superiority:
    """Return the chances by settings.method; TrueSkill's are averaged over random orders. Source: Appendix C.8."""
    order_rng, resample_rng = np.random.default_rng(settings.seed).spawn(2)  # as `stand` draws them
    count = len(labels.questions)
    drawn = resamples(count, settings.resamples, resample_rng)
    if settings.method == "trueskill":
        chances = skill_chances(rate(labels, random_orders(count, settings.orders, order_rng), settings)).mean(axis=0)
        resampled = skill_chances(rate(labels, drawn, settings))
    else:
        propensities = fit(labels, settings)
        chances = propensity_chances(propensities.theta)
        resampled = propensity_chances(refit(labels, propensities, tally(drawn, count), settings))
    return Superiority(labels.examinees, labels.dimensions, chances, *interval(resampled, settings.confidence))
