"""Benchmarks side by side: the same models on two sets of questions (Figure 9a, Table 15). Which one tells models apart?

The paper's two measures are kept: the mean correlation between models' profiles (lower: models look less alike) and the spread of
a profile over its values (higher: values look less alike). Both are also moved by mere noise: a benchmark that answers at random
makes models uncorrelated. So a third measure decides: the spread between models that is left when sampling error is taken out.
Data flow: `labels, or profiles alone → Separation of each → differences with intervals → which separates more`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import NAN, Estimate, unknown, without_interval
from adaem_core.infer.resample import resamples
from adaem_core.measure.standings import Standings
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.validate.reliability import share_profiles

NO_DRAWS = "single profiles say nothing of their sampling error"


@dataclass(frozen=True)
class Separation:
    """How well one benchmark tells models and values apart. n counts questions, or models where only a profile is known."""

    correlation: Estimate  # mean Pearson correlation of two models' profiles over values (Table 15, Avg. Corr.)
    spread: Estimate  # mean over models of the standard deviation over values, divisor n (Table 15, Avg. Std.)
    between: Estimate  # standard deviation between models on a value, sampling error taken out; unit of the profile


@dataclass(frozen=True)
class SideBySide:
    """Two benchmarks compared: first minus second."""

    first: Separation
    second: Separation
    correlation: Estimate
    spread: Estimate
    between: Estimate
    separates_more: str  # first, second, or "" where the interval of `between` holds 0 or there is none


def mean_correlation(profiles: Floats) -> Floats:
    """Return the mean Pearson correlation over pairs of models of profiles (…, models, values), shape (…); NaN where none is known.

    Only values known for all models count; a model whose profile is flat correlates with nobody.
    """
    outer = profiles.shape[:-2]
    return np.array([mean_of_pairs(profiles[place]) for place in np.ndindex(outer)]).reshape(outer)


def mean_of_pairs(profile: Floats) -> float:
    """Return the mean correlation of one set of profiles (models, values)."""
    kept = profile[:, ~np.isnan(profile).any(axis=0)]
    if kept.shape[1] < 3:
        return NAN
    apart = kept - kept.mean(axis=1, keepdims=True)
    size = np.linalg.norm(apart, axis=1)
    varying = size > 1e-12
    if varying.sum() < 2:
        return NAN
    unit = apart[varying] / size[varying, None]
    return float((unit @ unit.T)[np.triu_indices(len(unit), k=1)].mean())


def mean_spread(profiles: Floats) -> Floats:
    """Return the mean over models of the standard deviation over values (divisor n, as in Table 15), shape (…); NaN where unknown."""
    known = ~np.isnan(profiles)
    count = np.maximum(known.sum(axis=-1, keepdims=True), 1)
    middle = np.where(known, profiles, 0.0).sum(axis=-1, keepdims=True) / count
    variance = np.where(known, np.square(profiles - middle), 0.0).sum(axis=-1) / count[..., 0]
    told = known.sum(axis=-1) > 1
    return np.where(told.any(axis=-1), np.where(told, np.sqrt(variance), 0.0).sum(axis=-1) / np.maximum(told.sum(axis=-1), 1), np.nan)


def between_models(profiles: Floats, errors: Floats | None = None) -> Floats:
    """Return the standard deviation between models, mean square over values, shape (…); NaN where no pair of models is known.

    Half the mean squared difference of two models, which is the variance between them; `errors` (model, model, values), the standard
    errors of these differences, are squared and taken out. Below 0, all that is seen can be sampling error: then it is 0.
    """
    gaps = np.square(profiles[..., :, None, :] - profiles[..., None, :, :]) - (0.0 if errors is None else np.square(errors))
    i, j = np.triu_indices(profiles.shape[-2], k=1)
    pairs = gaps[..., i, j, :]
    known = ~np.isnan(pairs)
    total = np.where(known, pairs, 0.0).sum(axis=(-2, -1)) / np.maximum(known.sum(axis=(-2, -1)), 1)
    return np.where(known.any(axis=(-2, -1)), np.sqrt(np.maximum(total / 2, 0.0)), np.nan)


def of_profile(profiles: Floats) -> Separation:
    """Return the separation of profiles (models, values) of which nothing more is known: no intervals, sampling error not taken out."""
    n = len(profiles)
    because = "there are fewer than two models" if n < 2 else "profiles are flat, or fewer than three values are known for all models"
    found = (mean_correlation(profiles), mean_spread(profiles), between_models(profiles))
    told = [without_interval(float(each), NO_DRAWS, n) if not np.isnan(each) else unknown(because, n) for each in found]
    return Separation(*told)


def of_labels(labels: ValueLabels, settings: MeasureSettings) -> Separation:
    """Return the separation of shares of answers that express a value, with intervals over questions.

    Shares are absolute, as questionnaire scores are, so this is the fair comparison of two sets of questions.
    """
    count = len(labels.questions)
    rng = np.random.default_rng(settings.seed).spawn(2)[1]
    shares = share_profiles(labels, [np.arange(count)])[0]
    drawn = share_profiles(labels, list(resamples(count, settings.resamples, rng))) if count else shares[None]
    return separation(shares, drawn, count, settings.confidence)


def of_standings(standings: Standings) -> Separation:
    """Return the separation of win rates with intervals over questions.

    Win rates of a value average .5 over the models, and that alone puts the mean correlation near −1 / (models − 1), on any questions:
    look at `between` here, and at `of_labels` for the correlation.
    """
    return separation(standings.win_rates, standings.resampled, standings.questions, standings.settings.confidence)


def separation(profile: Floats, drawn: Floats, questions: int, confidence: float) -> Separation:
    """Return the three measures of a profile (models, values) from its resamples (resamples, models, values).

    A resample adds the sampling error a second time, so the spread between models of a resample is corrected twice.
    """
    errors = pair_errors(drawn)
    between = float(between_models(profile, errors))
    return Separation(
        with_errors(float(mean_correlation(profile)), mean_correlation(drawn), questions, confidence),
        with_errors(float(mean_spread(profile)), mean_spread(drawn), questions, confidence),
        with_errors(between, between_models(drawn, np.sqrt(2) * errors), questions, confidence),
    )


def pair_errors(drawn: Floats) -> Floats:
    """Return the standard error of the difference of two models, (model, model, values): over resamples that know both; NaN without two."""
    gaps = drawn[:, :, None, :] - drawn[:, None, :, :]
    known = ~np.isnan(gaps)
    count = known.sum(axis=0)
    middle = np.where(known, gaps, 0.0).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(known, np.square(gaps - middle), 0.0).sum(axis=0)
    return np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan)


def with_errors(value: float, draws: Floats, questions: int, confidence: float) -> Estimate:
    """Return a measure as value ± z standard errors: percentiles of resamples would be off, as noise lowers correlations."""
    if np.isnan(value):
        return unknown("fewer than two models have answers, or their profiles are flat", questions)
    kept = draws[~np.isnan(draws)]
    if len(kept) < 2 or 2 * len(kept) < len(draws):
        return without_interval(value, "too few resamples give a value", questions)
    half = float(ndtri((1 + confidence) / 2) * kept.std(ddof=1))
    return Estimate(value, value - half, value + half, questions, confidence=confidence)


def side_by_side(first: ValueLabels, second: ValueLabels, settings: MeasureSettings) -> SideBySide:
    """Return both separations and their differences; the questions differ, so the two errors add. BadInput for other models or values."""
    if (first.examinees, first.dimensions) != (second.examinees, second.dimensions):
        raise BadInput("Both benchmarks must be answered by the same models, in the same order, on the same values.")
    return compared(of_labels(first, settings), of_labels(second, settings))


def profiles_side_by_side(first: Floats, second: Floats) -> SideBySide:
    """Return the comparison of two profile matrices (models, values): differences without intervals."""
    if first.shape != second.shape:
        raise BadInput(f"Both benchmarks must have the same models and values, got shapes {first.shape} and {second.shape}.")
    return compared(of_profile(first), of_profile(second))


def compared(first: Separation, second: Separation) -> SideBySide:
    """Return the differences of two separations and which benchmark separates models more."""
    between = minus(first.between, second.between)
    more = "first" if between.low > 0 else "second" if between.high < 0 else ""
    return SideBySide(
        first, second, minus(first.correlation, second.correlation), minus(first.spread, second.spread), between, separates_more=more
    )


def minus(one: Estimate, other: Estimate) -> Estimate:
    """Return the difference of two independent estimates; its half width is the root of the sum of squared half widths."""
    n = one.n + other.n
    if not one.known or not other.known:
        return unknown(f"one of the two {(one.why if not one.known else other.why)}", n)
    value = one.value - other.value
    if np.isnan(one.low) or np.isnan(other.low):
        return without_interval(value, "one of the two has none", n)
    half = float(np.hypot(one.high - one.low, other.high - other.low) / 2)
    return Estimate(value, value - half, value + half, n, confidence=one.confidence)
