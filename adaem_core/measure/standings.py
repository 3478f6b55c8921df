"""Where each examinee stands on each dimension: win rates with bootstrap intervals, by TrueSkill or Rasch (Appendix C.8).

Questions are what was sampled, so questions are what is resampled: all examinees and dimensions share each resample, which
keeps what is paired paired. The interval is the range between percentiles of the resampled win rates.
Data flow: `labels, settings → win rates; labels, settings, resamples → resampled win rates → Standings`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.measure.rasch import Propensities, fit, refit
from adaem_core.measure.ratings import Ratings, rate
from adaem_core.measure.resample import random_orders, resamples, tally
from adaem_core.measure.value_labels import Floats, Integers, ValueLabels
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


def interval(resampled: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the percentile interval over the first axis; NaN where no resample has a number."""
    none = np.isnan(resampled).all(axis=0)
    filled = np.where(none, 0.0, resampled)
    low, high = np.nanquantile(filled, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)
