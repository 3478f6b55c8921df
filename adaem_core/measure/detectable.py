"""How small a difference can be seen with so many questions, and how many questions a difference needs.

The standard error of a paired difference shrinks with the square root of the number of questions, so one examination (or a
pilot with a few examinees) tells what another number of questions would give. Valid for questions of the same kind, examinees
as far apart, and from about 100 questions on; with a drift above 0 TrueSkill's errors stop shrinking.
The answers that scored a study's questions are such a pilot: they cost nothing more (`value_labels.pilot_labels`).
Data flow: `Standings of the data or a pilot → error of a typical pair → detectable difference ↔ questions needed`.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats
from adaem_core.measure.groups import difference_errors
from adaem_core.measure.standings import Standings, stand
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import MeasureSettings

LEAST = 10  # questions and 3 models: below, a pilot says nothing about how questions vary


def detectable_difference(standings: Standings, questions: int | None = None, power: float = 0.8, comparisons: int = 1) -> Floats:
    """Return the smallest true difference of two win rates that is found with probability `power`, shape (dimensions,), > 0.

    For the typical pair (median over pairs), two-sided, at the confidence of the standings shared among `comparisons` (Bonferroni);
    for `questions` questions, or as many as were asked if None. NaN where no pair was rated. Above 1: cannot be detected at all.
    """
    asked = standings.questions if questions is None else questions
    if asked < 1:
        raise BadInput(f"The number of questions must be at least 1, got {asked}.")
    shrink = float(np.sqrt(standings.questions / asked))
    return pair_error(standings) * (effect(standings, power, comparisons) * shrink)


def questions_needed(standings: Standings, difference: float, power: float = 0.8, comparisons: int = 1) -> Floats:
    """Return how many questions find a true difference of win rates of this size with probability `power`, shape (dimensions,).

    Whole numbers; NaN where no pair was rated. The inverse of `detectable_difference`.
    """
    if not 0 < difference <= 1:
        raise BadInput(f"The difference of win rates must be above 0 and at most 1, got {difference:g}.")
    ratio = pair_error(standings) * (effect(standings, power, comparisons) / difference)
    return np.asarray(np.ceil(standings.questions * np.square(ratio)), dtype=np.float64)


def effect(standings: Standings, power: float, comparisons: int) -> float:
    """Return how many standard errors a difference must be away from 0: z(1 − α/2) + z(power)."""
    if not 0 < power < 1:
        raise BadInput(f"The power must be between 0 and 1, got {power:g}.")
    if comparisons < 1:
        raise BadInput(f"The number of comparisons must be at least 1, got {comparisons}.")
    alpha = (1 - standings.settings.confidence) / comparisons
    return float(ndtri(1 - alpha / 2) + ndtri(power))


def pair_error(standings: Standings) -> Floats:
    """Return the standard error of the difference of a typical pair (median), shape (dimensions,); NaN where no pair was rated."""
    errors = difference_errors(standings)[np.triu_indices(len(standings.examinees), k=1)]
    known = [column[~np.isnan(column)] for column in errors.T]
    return np.array([np.median(column) if len(column) else np.nan for column in known], dtype=np.float64)


def pilot(labels: ValueLabels, settings: MeasureSettings) -> Standings | None:
    """Return the standings of a pilot; None where it is too small to say anything."""
    return stand(labels, settings) if len(labels.questions) >= LEAST and len(labels.examinees) >= 3 else None


def outlook(standings: Standings, counts: Sequence[int]) -> Floats:
    """Return the smallest difference of win rates found with 80 % power, for the middle dimension, shape (counts,); NaN if none is known."""
    found = np.array([detectable_difference(standings, count) for count in counts])
    known = ~np.isnan(found).all(axis=1)
    return np.array([np.nanmedian(row) if sees else np.nan for row, sees in zip(found, known, strict=True)])
