"""How well a machine's labels match reference labels: accuracy, precision, recall, F1 and κ per value, with intervals.

Every judged cell is one (opinion, value). Cells of one opinion, or of one answer, are not independent: the interval resamples
whole units. A stratified sample is weighted back to the population it came from, and resampled stratum by stratum.
Data flow: `Cells → weighted counts per unit and value (units, values, 4) → sums → scores; resampled units → intervals`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.estimate import Estimate, from_draws, unknown
from adaem_core.infer.kappa import kappa_of_cells, no_kappa
from adaem_core.infer.resample import resamples as resamples_of
from adaem_core.infer.resample import tally

ALL = "all"  # all cells together (micro)
CHUNK = 20_000_000  # numbers held at once while resampling


@dataclass(frozen=True, eq=False)
class Cells:
    """Pairs of labels, each array of shape (cells,). Cells where a label is NaN are left out of every score."""

    dimensions: tuple[str, ...]  # ids
    dimension: Integers  # position among dimensions
    reference: Floats  # 1, 0 or NaN
    machine: Floats  # 1, 0 or NaN
    unit: Integers  # what is resampled together: number of the opinion or answer
    weight: Floats = field(default_factory=lambda: np.zeros(0))  # how many cells of the population this one stands for; empty: 1 each
    stratum: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.intp))  # of the cell's unit; empty: one stratum


@dataclass(frozen=True)
class Scores:
    """How the machine does on one value (or on all cells). The four counts are not weighted; n of an estimate counts cells."""

    name: str  # a dimension's id, or ALL
    both: int  # reference and machine say it is expressed (true positives)
    only_machine: int  # false positives
    only_reference: int  # false negatives
    neither: int  # true negatives
    accuracy: Estimate
    precision: Estimate
    recall: Estimate
    f1: Estimate
    kappa: Estimate

    @property
    def n(self) -> int:
        """How many cells were compared."""
        return self.both + self.only_machine + self.only_reference + self.neither


@dataclass(frozen=True)
class AllScores:
    """Scores of every value, of all cells together, and the plain mean of the values' F1."""

    values: tuple[Scores, ...]
    all: Scores
    macro_f1: Estimate  # over the values that have an F1; n counts them
    kept_out: int  # cells where one of the two labels is missing


def scored(cells: Cells, rng: np.random.Generator, resamples: int = 1000, confidence: float = 0.95) -> AllScores:
    """Return the scores of a machine's labels. A value that occurs in neither has no F1 and says so; it is left out of the mean."""
    check(cells)
    plain = tensor(cells, np.ones(len(cells.unit)))
    weighted = plain if not len(cells.weight) else tensor(cells, cells.weight)
    drawn = resampled(weighted, strata(cells), rng, resamples)
    counts, sums = with_all(plain.sum(axis=0)), with_all(weighted.sum(axis=0))
    names = (*cells.dimensions, ALL)
    found = [score(name, counts[v], sums[v], with_all(drawn)[:, v], confidence) for v, name in enumerate(names)]
    return AllScores(tuple(found[:-1]), found[-1], macro(sums[:-1], drawn, confidence), len(cells.unit) - found[-1].n)


def check(cells: Cells) -> None:
    """Raise BadInput unless the arrays fit and labels are 0, 1 or NaN."""
    lengths = {len(each) for each in (cells.dimension, cells.reference, cells.machine, cells.unit)}
    lengths |= {len(each) for each in (cells.weight, cells.stratum) if len(each)}
    if len(lengths) > 1:
        raise BadInput(f"All columns of the labels need one length, got {sorted(lengths)}.")
    for name in ("reference", "machine"):
        labels = getattr(cells, name)
        strange = labels[~(np.isnan(labels) | (labels == 0) | (labels == 1))]
        if len(strange):
            raise BadInput(f"A label must be 0, 1 or missing, got {strange[0]:g} among the {name} labels.")


def tensor(cells: Cells, weight: Floats) -> Floats:
    """Return the weight in each cell of the 2 × 2 table, shape (units, dimensions, 4): both, only reference, only machine, neither."""
    units = int(cells.unit.max()) + 1 if len(cells.unit) else 0
    found = np.zeros((units, len(cells.dimensions), 4))
    known = ~(np.isnan(cells.reference) | np.isnan(cells.machine))
    place = np.where(cells.reference == 1, 0, 2) + np.where(cells.machine == 1, 0, 1)
    np.add.at(found, (cells.unit[known], cells.dimension[known], place[known]), weight[known])
    return found


def strata(cells: Cells) -> Integers:
    """Return the stratum of each unit, shape (units,)."""
    found = np.zeros(int(cells.unit.max()) + 1 if len(cells.unit) else 0, dtype=np.intp)
    if len(cells.stratum):
        found[cells.unit] = cells.stratum
    return found


def resampled(weighted: Floats, stratum: Integers, rng: np.random.Generator, resamples: int) -> Floats:
    """Return the sums over resampled units, shape (resamples, dimensions, 4); every stratum keeps its number of units."""
    values = weighted.shape[1]
    result = np.zeros((resamples, values, 4))
    for which in np.unique(stratum):
        members = weighted[stratum == which].reshape(-1, values * 4)
        rows = max(1, CHUNK // len(members))
        for first in range(0, resamples, rows):
            size = min(rows, resamples - first)
            times = tally(resamples_of(len(members), size, rng), len(members))
            result[first : first + size] += (times @ members).reshape(size, values, 4)
    return result


def with_all(counts: Floats) -> Floats:
    """Return counts (…, dimensions, 4) with their sum over the dimensions as one more."""
    return np.concatenate([counts, counts.sum(axis=-2, keepdims=True)], axis=-2)


def score(name: str, counts: Floats, sums: Floats, drawn: Floats, confidence: float) -> Scores:
    """Return the scores of one value from its counts (4,), weighted sums (4,) and resampled sums (resamples, 4)."""
    both, only_reference, only_machine, neither = (round(float(each)) for each in counts)
    n = round(float(counts.sum()))
    whys = reasons(both, only_reference, only_machine, neither)
    found = {
        measure: unknown(whys[measure], n) if whys[measure] else from_draws(float(of(sums)), of(drawn), n, confidence)
        for measure, of in MEASURES.items()
    }
    return Scores(name, both, only_machine, only_reference, neither, **found)


def reasons(both: int, only_reference: int, only_machine: int, neither: int) -> dict[str, str]:
    """Return why each measure cannot be computed; empty where it can."""
    n = both + only_reference + only_machine + neither
    nothing = "" if n else "no cell has both labels"
    return {
        "accuracy": nothing,
        "precision": nothing or ("" if both + only_machine else "the machine never says that it is expressed"),
        "recall": nothing or ("" if both + only_reference else "the reference never says that it is expressed"),
        "f1": nothing or ("" if n > neither else "neither ever says that it is expressed"),
        "kappa": nothing or no_kappa(np.array([[both, only_reference], [only_machine, neither]]), "cells"),
    }


def ratio(above: Floats, below: Floats) -> Floats:
    """Return above / below; NaN for 0/0."""
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def f1(counts: Floats) -> Floats:
    """Return 2·both / (2·both + either alone) of counts (…, 4), in [0, 1]; NaN where nothing is expressed."""
    return ratio(2 * counts[..., 0], 2 * counts[..., 0] + counts[..., 1] + counts[..., 2])


MEASURES: dict[str, Callable[[Floats], Floats]] = {
    "accuracy": lambda counts: ratio(counts[..., 0] + counts[..., 3], counts.sum(axis=-1)),
    "precision": lambda counts: ratio(counts[..., 0], counts[..., 0] + counts[..., 2]),
    "recall": lambda counts: ratio(counts[..., 0], counts[..., 0] + counts[..., 1]),
    "f1": f1,
    "kappa": kappa_of_cells,
}


def macro(sums: Floats, drawn: Floats, confidence: float) -> Estimate:
    """Return the mean F1 over the values that have one, from sums (dimensions, 4) and resampled sums (resamples, dimensions, 4)."""
    values = f1(sums)
    have = ~np.isnan(values)
    if not have.any():
        return unknown("no value is ever said to be expressed")
    each = f1(drawn[:, have])
    known = ~np.isnan(each)
    means = ratio(np.where(known, each, 0.0).sum(axis=1), known.sum(axis=1).astype(np.float64))
    return from_draws(float(values[have].mean()), means, int(have.sum()), confidence)


def dense(reference: Floats, machine: Floats, dimensions: Sequence[str]) -> Cells:
    """Return complete label tables (items, dimensions) as cells; every item is a unit. BadInput when shapes differ."""
    if reference.shape != machine.shape or reference.ndim != 2 or reference.shape[1] != len(dimensions):
        raise BadInput(f"Labels must have shape (items, {len(dimensions)}) on both sides, got {reference.shape} and {machine.shape}.")
    item, dimension = np.indices(reference.shape).reshape(2, -1)
    return Cells(tuple(dimensions), dimension, reference.ravel(), machine.ravel(), item)
