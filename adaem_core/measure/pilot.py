"""How many questions will be needed? The answers that scored a study's questions are a pilot: they cost nothing more.

Data flow: `labels of its P2 panel (labels_of.pilot_labels) → Standings → smallest difference that can be seen with so many questions`.
"""

from collections.abc import Sequence

import numpy as np

from adaem_core.measure.detectable import detectable_difference
from adaem_core.measure.standings import Standings, stand
from adaem_core.measure.value_labels import Floats, ValueLabels
from adaem_core.settings import MeasureSettings

LEAST = 10  # questions and 3 models: below, a pilot says nothing about how questions vary


def pilot(labels: ValueLabels, settings: MeasureSettings) -> Standings | None:
    """Return the standings of a pilot; None where it is too small to say anything."""
    return stand(labels, settings) if len(labels.questions) >= LEAST and len(labels.examinees) >= 3 else None


def outlook(standings: Standings, counts: Sequence[int]) -> Floats:
    """Return the smallest difference of win rates found with 80 % power, for the middle dimension, shape (counts,); NaN if none is known."""
    found = np.array([detectable_difference(standings, count) for count in counts])
    known = ~np.isnan(found).all(axis=1)
    return np.array([np.nanmedian(row) if sees else np.nan for row, sees in zip(found, known, strict=True)])
