"""Rasch propensities: logit P(examinee k expresses v on question q) = θ_kv + b_qv (Rasch 1960; Andersen 1970).

How readily a question evokes a value (b) is eliminated exactly, by conditioning on how many examinees express v on q; a question on
which all or none do is silent (docs/decisions/the-questions-pull-is-eliminated.md). A weak normal prior keeps θ finite. Missing
answers are left out.
Data flow: `labels → Table (who answered × how many expressed → number of questions) → Newton steps → θ, standard errors`.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from adaem_core.errors import AdaemError
from adaem_core.infer.arrays import Flags, Floats
from adaem_core.measure.conditional import inclusion, joint_inclusion
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

EXACT, CLOSE = 1e-8, 0.03  # logits of the last step of a fit, and of a resample; what remains is about a tenth of it
SHORT = 0.1  # logits: a first step of a resample below this lands within .003 of the maximum, far below its standard error
STEPS = 200  # about 10 are needed, 40 for the most lopsided labels
TINY = 1e-300  # keeps 0/0 at 0 where an answer is certain
ROWS = 512  # rows worked on together, so that they stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Propensities:
    """What a Rasch fit says of each examinee. NaN where it was in no question that tells examinees apart."""

    theta: Floats  # (examinees, dimensions), logits; mean 0 over the rated examinees of a dimension
    error: Floats  # same shape: standard error of theta relative to that mean, > 0, from the information matrix


@dataclass(frozen=True, eq=False)
class Table:
    """The sufficient statistics of one dimension, for each way of counting the questions (once, or as resamples)."""

    present: Flags  # (patterns, examinees): who answered
    counts: Floats  # (resamples, patterns, examinees + 1): number of questions by how many expressed it
    totals: Floats  # (resamples, examinees): on how many of these questions each expressed it

    def of(self, resamples: slice | Flags) -> Self:
        """Return the table of these resamples, with the patterns that occur in them."""
        here = self.counts[resamples].any(axis=(0, 2))
        return replace(self, present=self.present[here], counts=self.counts[resamples][:, here], totals=self.totals[resamples])

    @property
    def rated(self) -> Flags:
        """Who took part in at least one question, shape (resamples, examinees)."""
        return np.asarray(self.counts.sum(axis=2) @ self.present.astype(np.float64) > 0, dtype=np.bool_)


def fit(labels: ValueLabels, settings: MeasureSettings) -> Propensities:
    """Return the penalised conditional maximum-likelihood fit, each dimension for itself; the prior is N(0, settings.prior²)."""
    once = np.ones((1, len(labels.questions)))
    tables = [tabulate(labels.expressed[:, :, number], once) for number in range(len(labels.dimensions))]
    thetas = [newton(table, np.zeros(table.totals.shape), settings.prior, EXACT) for table in tables]
    errors = [standard_errors(table, theta, settings.prior) for table, theta in zip(tables, thetas, strict=True)]
    return Propensities(stack([known(*pair) for pair in zip(tables, thetas, strict=True)])[0], stack(errors)[0])


def refit(labels: ValueLabels, whole: Propensities, tallies: Floats, settings: MeasureSettings) -> Floats:
    """Return θ of every resample, shape (resamples, examinees, dimensions), NaN where an examinee is not rated in it.

    `tallies` (resamples, questions) says how often each question counts; `whole` is the fit to all questions.
    """
    starts = np.nan_to_num(whole.theta).T
    return stack([refit_dimension(labels.expressed[:, :, number], start, tallies, settings) for number, start in enumerate(starts)])


def refit_dimension(expressed: Floats, start: Floats, tallies: Floats, settings: MeasureSettings) -> Floats:
    """Return θ of every resample for one dimension: one exact Newton step from the fit to all questions, more where it is long.

    The first step starts at the same θ for all resamples, so it costs one product of matrices however many there are.
    """
    table = tabulate(expressed, tallies)
    expected, information = shared_moments(table, start)
    step = bounded_step(table.totals - expected - start / settings.prior**2, information, settings.prior)
    theta = start + step
    loose = np.abs(step).max(axis=1, initial=0.0) > SHORT
    theta[loose] = newton(table.of(loose), theta[loose], settings.prior, CLOSE)
    return known(table, theta)


def known(table: Table, theta: Floats) -> Floats:
    """Return θ with NaN where an examinee was never rated."""
    return np.where(table.rated, theta, np.nan)


def stack(dimensions: list[Floats]) -> Floats:
    """Return the results of all dimensions as one array, the dimension as last axis."""
    return np.stack(dimensions, axis=-1)


def tabulate(expressed: Floats, tallies: Floats) -> Table:
    """Return the table of one dimension from `expressed` (questions, examinees) and `tallies` (resamples, questions)."""
    present = ~np.isnan(expressed)
    sums = np.nansum(expressed, axis=1).astype(np.intp)
    telling = (sums > 0) & (sums < present.sum(axis=1))
    patterns, which = np.unique(present[telling], axis=0, return_inverse=True)
    shape = (len(patterns), expressed.shape[1] + 1)
    cells = np.ravel_multi_index((which.reshape(-1), sums[telling]), shape) if len(patterns) else sums[telling]
    counts = [np.bincount(cells, weights=tally, minlength=shape[0] * shape[1]) for tally in tallies[:, telling]]
    totals = tallies[:, telling] @ np.nan_to_num(expressed[telling])
    return Table(patterns, np.reshape(counts, (len(tallies), *shape)), totals)


def newton(table: Table, theta: Floats, prior: float, tolerance: float) -> Floats:
    """Return θ (resamples, examinees) that maximises the penalised conditional likelihood, from a start of the same shape."""
    size = max(1, ROWS // max(1, len(table.present)))
    blocks = [slice(first, first + size) for first in range(0, len(theta), size)]
    return np.concatenate([newton_block(table.of(block), theta[block], prior, tolerance) for block in blocks] or [theta])


def newton_block(table: Table, theta: Floats, prior: float, tolerance: float) -> Floats:
    """Return θ of some resamples, stepped until no step is longer than `tolerance`."""
    for _ in range(STEPS):
        expected, curvature = moments(table, theta)
        step = bounded_step(table.totals - expected - theta / prior**2, curvature, prior)
        theta = theta + step
        if np.abs(step).max(initial=0.0) <= tolerance:
            return theta
    raise AdaemError(f"The Rasch fit did not settle in {STEPS} steps with a prior of {prior:g} logits; try a smaller one.")


def bounded_step(slope: Floats, curvature: Floats, prior: float) -> Floats:
    """Return the Newton step of each resample; none is longer than two logits, as far away the curvature promises too much.

    The likelihood does not see a shift of all θ and the prior holds their sum at 0, so steps sum to 0. Adding 1 to every cell
    of the curvature changes no such step, but keeps the equations well-conditioned when the prior is very weak.
    """
    step = np.linalg.solve(curvature + np.eye(slope.shape[1]) / prior**2 + 1, slope[..., None])[..., 0]
    return np.asarray(step / np.maximum(np.abs(step).max(axis=1, keepdims=True) / 2, 1), dtype=np.float64)


def moments(table: Table, theta: Floats) -> tuple[Floats, Floats]:
    """Return the expected totals (resamples, examinees) and nearly their covariance (resamples, examinees, examinees).

    The covariance of one question is taken as diag(c) − ccᵀ/Σc with c = d/(1 − d/Σd), d the variances: exact for two
    examinees and for equal ones. It only guides the steps; where they end does not depend on it.
    """
    odds = np.exp(theta)[:, None, :] * table.present
    counts = table.counts.transpose(2, 0, 1)
    chances = inclusion(odds.reshape(-1, theta.shape[1])).reshape(*counts.shape, theta.shape[1])
    variance = chances * (1 - chances)
    part = variance / np.maximum(variance.sum(axis=-1, keepdims=True), TINY)
    guide = variance / (1 - np.minimum(part, 0.5))  # no examinee varies by more than all others together, but for rounding
    # Plain einsum on purpose: many small products through a threaded BLAS were 100 times slower beside other jobs.
    shared = np.einsum("srpk,srpl->rkl", guide * (counts / np.maximum(guide.sum(axis=-1), TINY))[..., None], guide)
    diagonal = np.einsum("srp,srpk->rk", counts, guide)
    return np.einsum("srp,srpk->rk", counts, chances), diagonal[:, :, None] * np.eye(diagonal.shape[1]) - shared


def shared_moments(table: Table, theta: Floats) -> tuple[Floats, Floats]:
    """Return the expected totals (resamples, examinees) and exactly their covariance, the information about θ, at one θ for all."""
    resamples, patterns, examinees = len(table.counts), len(table.present), len(theta)
    expected, information = np.zeros((resamples, examinees)), np.zeros((resamples, examinees, examinees))
    for first in range(0, patterns, ROWS):
        odds = np.exp(theta) * table.present[first : first + ROWS]
        counts = table.counts[:, first : first + ROWS].transpose(0, 2, 1).reshape(resamples, -1)
        chances = inclusion(odds)
        covariance = joint_inclusion(odds, chances) - chances[..., :, None] * chances[..., None, :]
        expected += counts @ chances.reshape(-1, examinees)
        information += (counts @ covariance.reshape(-1, examinees**2)).reshape(information.shape)
    return expected, information


def standard_errors(table: Table, theta: Floats, prior: float) -> Floats:
    """Return the standard errors of θ relative to the mean of the rated examinees, shape (1, examinees); NaN where never rated."""
    rated = table.rated[0]
    errors = np.full(theta.shape, np.nan)
    information = shared_moments(table, theta[0])[1][0][np.ix_(rated, rated)]
    centre = np.eye(rated.sum()) - 1 / max(rated.sum(), 1)
    errors[0, rated] = np.sqrt(np.diag(centre @ np.linalg.inv(information + np.eye(rated.sum()) / prior**2) @ centre))
    return errors
