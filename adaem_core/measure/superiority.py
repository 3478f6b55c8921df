"""Probability of superiority: how likely examinee i beats examinee j on a dimension, with its interval (Appendix C.8).

A win rate is the mean of these chances over all others; here each pair stands for itself. The same orders and resamples are
drawn as for the standings, so the means over others are exactly the standings' win rates.
Data flow: `labels, settings → chances averaged over orders; chances of each resample → interval`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.measure.rasch import fit, refit
from adaem_core.measure.ratings import rate
from adaem_core.measure.resample import random_orders, resamples, tally
from adaem_core.measure.standings import interval
from adaem_core.measure.value_labels import Floats, ValueLabels
from adaem_core.measure.win_rates import propensity_chances, skill_chances
from adaem_core.settings import MeasureSettings


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
