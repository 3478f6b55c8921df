"""Which labels a person should check: a blind sample in which rare labels are seen (stratified by value and machine label).

A plain random sample would hold hardly any opinion that expresses, say, Hedonism. Every stratum gets about the same number of
cells; each drawn cell carries how many cells of the population it stands for, so accuracy can be weighted back.
Data flow: `machine labels (items, dimensions), size, rng → Sample → (a person judges) → Cells for scores.scored`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.validate.scores import Cells


@dataclass(frozen=True, eq=False)
class Sample:
    """Cells to be judged, in random order; each array has shape (cells,)."""

    item: Integers  # row in the label table
    dimension: Integers  # column
    stratum: Integers  # 2 × column + machine label
    weight: Floats  # size of the stratum over how many were drawn from it, ≥ 1


def stratified_sample(labels: Floats, size: int, rng: np.random.Generator) -> Sample:
    """Return up to `size` cells of machine labels (items, dimensions) in {0, 1, NaN}; missing labels are never drawn.

    Strata smaller than their share are taken whole and leave the rest to the others. Shown to a person without the label.
    """
    if labels.ndim != 2 or size < 1:
        raise BadInput(f"A sample needs labels (items, dimensions) and a size of at least 1, got {labels.shape} and {size}.")
    item, dimension = np.nonzero(~np.isnan(labels))
    stratum = 2 * dimension + labels[item, dimension].astype(np.intp)
    names, counts = np.unique(stratum, return_counts=True)
    sizes = dict(zip(names.tolist(), allocate(counts, size, rng).tolist(), strict=True))
    drawn = [rng.choice(np.flatnonzero(stratum == name), sizes[name], replace=False) for name in names.tolist()]
    weights = [np.full(len(each), count / max(len(each), 1)) for each, count in zip(drawn, counts, strict=True)]
    chosen = np.concatenate(drawn) if drawn else np.zeros(0, dtype=np.intp)
    weight = np.concatenate(weights) if weights else np.zeros(0)
    order = rng.permutation(len(chosen))
    chosen, weight = chosen[order], weight[order]
    return Sample(item[chosen], dimension[chosen], stratum[chosen], weight)


def allocate(counts: Integers, size: int, rng: np.random.Generator) -> Integers:
    """Return how many to draw from strata of these sizes: equally many, none above its size, `size` in all if there are so many."""
    given = np.zeros(len(counts), dtype=np.intp)
    left = min(size, int(counts.sum()))
    while left:
        open_strata = np.flatnonzero(given < counts)
        if left < len(open_strata):
            given[rng.choice(open_strata, left, replace=False)] += 1
            return given
        more = np.minimum(counts[open_strata] - given[open_strata], left // len(open_strata))
        given[open_strata] += more
        left -= int(more.sum())
    return given


def judged_cells(sample: Sample, verdicts: Floats, labels: Floats, dimensions: tuple[str, ...]) -> Cells:
    """Return a person's verdicts (cells,) in {0, 1, NaN} on a sample beside the machine's labels (items, dimensions), ready to score.

    Each cell is a unit of its own, resampled within its stratum. A stratum's weight is shared by the cells that were judged.
    """
    weight = sample.weight.copy()
    for name in np.unique(sample.stratum):
        mine = sample.stratum == name
        done = int((mine & ~np.isnan(verdicts)).sum())
        weight[mine] *= mine.sum() / max(done, 1)
    kept = np.flatnonzero(~np.isnan(verdicts))
    machine = labels[sample.item, sample.dimension]
    return Cells(
        dimensions, sample.dimension[kept], verdicts[kept], machine[kept], np.arange(len(kept)), weight[kept], sample.stratum[kept]
    )
