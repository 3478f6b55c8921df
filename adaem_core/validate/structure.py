"""Value structure: which values go together across models and within answers, and do groups stand together (E.4, Figure 17)?

*Across models*: do models that rank high on one value rank high on another? The cases are models, so there are few.
*Across questions*: does the same answer tend to express both, beyond what its question evokes from everybody? The cases are answers.
Data flow: `profiles or labels → Correlations (values, values)`; `groups of the system → group profiles → Correlations, Contrast`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Flags, Floats
from adaem_core.infer.correlate import pearson, spearman
from adaem_core.infer.estimate import Estimate, mean, unknown, without_interval
from adaem_core.infer.resample import interval, resamples, tally
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.values import ValueSystem

KINDS = {"spearman": spearman, "pearson": pearson}


@dataclass(frozen=True, eq=False)
class Correlations:
    """Correlations between values, or groups of values."""

    names: tuple[str, ...]
    kind: str  # spearman or pearson
    across: str  # what the cases are: models or answers
    cells: tuple[tuple[Estimate, ...], ...]  # row, column; the diagonal is 1 without an interval

    @property
    def values(self) -> Floats:
        """The correlations alone, shape (names, names); NaN where one cannot be computed."""
        return np.array([[each.value for each in row] for row in self.cells], dtype=np.float64)


@dataclass(frozen=True)
class Contrast:
    """Do values of one group correlate more than values of opposite groups?"""

    within: Estimate  # mean correlation of two values of one group; n counts pairs
    opposite: Estimate  # mean correlation of two values that the theory says conflict
    difference: Estimate  # within − opposite
    p: Estimate  # one-sided, values relabelled at random; n counts relabellings


def across_models(profiles: Floats, names: tuple[str, ...], kind: str = "spearman") -> Correlations:
    """Return correlations over models of profiles (models, values), e.g. win rates; n counts models. BadInput for another shape.

    Win rates of a value are relative to the other models, so this says who is high on both, not whether both are common.
    """
    if profiles.ndim != 2 or profiles.shape[1] != len(names):
        raise BadInput(f"Profiles must have shape (models, {len(names)}), got {profiles.shape}.")
    if kind not in KINDS:
        raise BadInput(f"The correlation must be one of {', '.join(KINDS)}, got {kind!r}.")
    columns = profiles.T
    cells = [[KINDS[kind](one, other) if i != j else itself(one) for j, other in enumerate(columns)] for i, one in enumerate(columns)]
    return Correlations(names, kind, "models", tuple(map(tuple, cells)))


def itself(column: Floats) -> Estimate:
    """Return the correlation of a value with itself."""
    n = int((~np.isnan(column)).sum())
    return without_interval(1.0, "a value always correlates 1 with itself", n) if n else unknown("nothing is known of this value")


def across_questions(labels: ValueLabels, rng: np.random.Generator, count: int = 200, confidence: float = 0.95) -> Correlations:
    """Return correlations over answers of what they express beyond their question's mean; n counts answers, questions are resampled.

    Each question's mean over models is taken out first: what everybody says there tells nothing about an answer.
    """
    moments, n = question_moments(labels)
    counts = tally(resamples(len(moments), count, rng), len(moments))
    drawn = correlation_of(np.einsum("rq,qvw->rvw", counts, moments, optimize=True))
    value = correlation_of(moments.sum(axis=0))
    low, high = interval(drawn, confidence) if len(moments) else (value, value)
    cells = [[cell(value[i, j], low[i, j], high[i, j], n, same=i == j) for j in range(len(value))] for i in range(len(value))]
    return Correlations(labels.dimensions, "pearson", "answers", tuple(map(tuple, cells)))


def question_moments(labels: ValueLabels) -> tuple[Floats, int]:
    """Return Σ over answers of products of deviations from the question's mean, shape (questions, values, values), and how many answers count.

    Only answers labelled on all values count, and only on questions with two of them or more.
    """
    known = ~np.isnan(labels.expressed).any(axis=2)
    known &= known.sum(axis=1, keepdims=True) > 1
    filled = np.where(known[:, :, None], np.nan_to_num(labels.expressed), 0.0)
    middle = filled.sum(axis=1, keepdims=True) / np.maximum(known.sum(axis=1), 1)[:, None, None]
    apart = np.where(known[:, :, None], filled - middle, 0.0)
    return np.einsum("qmv,qmw->qvw", apart, apart, optimize=True), int(known.sum())


def correlation_of(moments: Floats) -> Floats:
    """Return correlations from sums of products (…, values, values); NaN where a value does not vary."""
    spread = np.sqrt(np.diagonal(moments, axis1=-2, axis2=-1))
    below = spread[..., :, None] * spread[..., None, :]
    return np.where(below > 1e-12, moments / np.where(below > 1e-12, below, 1.0), np.nan)


def cell(value: float, low: float, high: float, n: int, *, same: bool) -> Estimate:
    """Return one correlation over answers."""
    if np.isnan(value):
        return unknown("one of the two values is expressed by all models or none on every question", n)
    return (
        without_interval(1.0, "a value always correlates 1 with itself", n) if same else Estimate(float(value), float(low), float(high), n)
    )


def group_profiles(profiles: Floats, system: ValueSystem) -> tuple[tuple[str, ...], Floats]:
    """Return the higher-order groups in the system's order, and each model's mean over a group's values, shape (models, groups).

    NaN where a model lacks one of the values. A value without a group belongs to none.
    """
    names = tuple(dict.fromkeys(each.group for each in system.dimensions if each.group))
    members = [[place for place, each in enumerate(system.dimensions) if each.group == name] for name in names]
    means = [profiles[:, places].mean(axis=1) for places in members]
    return names, np.stack(means, axis=1) if means else np.empty((len(profiles), 0))


def groups_across_models(profiles: Floats, system: ValueSystem) -> Correlations:
    """Return Spearman's ρ between higher-order groups over models (Figure 17); n counts models."""
    names, grouped = group_profiles(profiles, system)
    return across_models(grouped, names, "spearman")


def contrast(correlations: Floats, system: ValueSystem, rng: np.random.Generator, permutations: int = 999) -> Contrast:
    """Return whether correlations (values, values) are higher within groups than between values that conflict by the theory."""
    rows, columns = np.triu_indices(len(system.ids), k=1)
    each = system.dimensions
    within = np.array([bool(each[i].group) and each[i].group == each[j].group for i, j in zip(rows, columns, strict=True)])
    against = np.array([each[j].id in each[i].opposites for i, j in zip(rows, columns, strict=True)])
    pairs = correlations[rows, columns]
    if because := no_contrast(pairs, within, against):
        nothing = unknown(because)
        return Contrast(nothing, nothing, nothing, nothing)
    orders = rng.permuted(np.tile(np.arange(len(each)), (permutations, 1)), axis=1)
    drawn = correlations[orders[:, rows], orders[:, columns]]
    gaps = drawn[:, within].mean(axis=1) - drawn[:, against].mean(axis=1)
    gap = float(pairs[within].mean() - pairs[against].mean())
    p = (1 + int((gaps >= gap - 1e-12).sum())) / (1 + permutations)
    apart = without_interval(gap, "the pairs share values; see the permutation p-value", len(pairs))
    return Contrast(mean(pairs[within]), mean(pairs[against]), apart, without_interval(p, "it is a p-value", permutations))


def no_contrast(pairs: Floats, within: Flags, against: Flags) -> str:
    """Return why groups cannot be compared; empty when they can."""
    if np.isnan(pairs).any():
        return "some correlations are not known: too few models, or a value that does not vary"
    if not within.any() or not against.any():
        return "the value system names no two values of one group, or none that conflict"
    return ""
