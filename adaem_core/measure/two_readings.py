"""Do two ways of reading values in the same answers agree? Percent agreement and Cohen's κ, dimension by dimension (§3.3).

Made for the two recognition protocols on a sample, and fit for any two recognisers. κ is agreement beyond what two readers
with these base rates would reach by chance: 1 is perfect, 0 is chance (Cohen 1960).
Data flow: `two ValueLabels with the same axes → counts (dimensions, 2 × 2) → share that agrees, κ, interval over questions`.
"""

from dataclasses import dataclass

import numpy as np

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.infer.estimate import Estimate, from_draws, unknown
from adaem_core.infer.kappa import kappa_of_cells, no_kappa
from adaem_core.infer.resample import resamples, tally
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

OVERALL = "all"


@dataclass(frozen=True)
class Agreement:
    """Agreement on one dimension, or on all labels together."""

    dimension: str  # its id, or OVERALL
    both: int  # both say it is expressed
    only_first: int
    only_second: int
    neither: int
    kappa: Estimate  # Cohen's κ, in [−1, 1], questions resampled; n counts answers that both labelled, for OVERALL labels

    @property
    def n(self) -> int:
        """How many labels were compared."""
        return self.kappa.n

    @property
    def share(self) -> float:
        """The share of equal labels, in [0, 1]; NaN where n is 0."""
        return (self.both + self.neither) / self.n if self.n else float("nan")


def agreement(first: ValueLabels, second: ValueLabels, settings: MeasureSettings) -> tuple[Agreement, ...]:
    """Return the agreement per dimension and, last, over all labels; BadInput when the axes differ.

    An answer that one reading could not label is left out of that dimension. Source: Cohen (1960).
    """
    check_axes(first, second)
    cells = per_question(first.expressed, second.expressed)
    cells = np.concatenate([cells, cells.sum(axis=1, keepdims=True)], axis=1)
    rng = np.random.default_rng(settings.seed).spawn(2)[1]
    counts = tally(resamples(len(cells), settings.resamples, rng), len(cells))
    drawn = kappa_of_cells(np.einsum("rq,qdc->rdc", counts, cells, optimize=True))
    names = (*first.dimensions, OVERALL)
    return tuple(of_dimension(name, cells[:, d].sum(axis=0), drawn[:, d], settings.confidence) for d, name in enumerate(names))


def of_dimension(name: str, cells: Floats, drawn: Floats, confidence: float) -> Agreement:
    """Return the agreement on one dimension from its counts (4,) and κ of each resample (resamples,)."""
    both, only_first, only_second, neither = (int(each) for each in cells)
    n, why = both + only_first + only_second + neither, no_kappa(cells.reshape(2, 2), "answers")
    found = unknown(why, n) if why else from_draws(float(kappa_of_cells(cells)), drawn, n, confidence)
    return Agreement(name, both, only_first, only_second, neither, found)


def check_axes(first: ValueLabels, second: ValueLabels) -> None:
    """Raise BadInput unless both label the same answers."""
    for axis in ("questions", "examinees", "dimensions"):
        one, other = getattr(first, axis), getattr(second, axis)
        if one != other:
            raise BadInput(f"Both readings must have the same {axis} in the same order, got {len(one)} and {len(other)} that differ.")


def per_question(first: Floats, second: Floats) -> Floats:
    """Return how many answers fall in each cell of the 2 × 2 table, shape (questions, dimensions, 4): both, only first, only second, neither."""
    pairs = ((1, 1), (1, 0), (0, 1), (0, 0))
    return np.stack([((first == one) & (second == other)).sum(axis=1) for one, other in pairs], axis=-1).astype(np.float64)
