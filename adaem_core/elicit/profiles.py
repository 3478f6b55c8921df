"""The hinge from words to numbers: answers become rows of zeros and ones, one column per dimension (§3.3).

Data flow: `answers → expressed → array (answers, dimensions)`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from adaem_core.records import Answer
from adaem_core.values import ValueSystem


def expressed(answers: Sequence[Answer], system: ValueSystem) -> NDArray[np.float64]:
    """Return which dimensions each answer expresses, shape (answers, dimensions), in {0, 1}.

    A row is NaN where the answer is missing (refused, unreadable, failed, or its values could not be recognised), never 0.
    """
    rows = [[float(id in answer.expressed) for id in system.ids] if answer.usable else [np.nan] * len(system.ids) for answer in answers]
    return np.array(rows, dtype=np.float64).reshape(len(answers), len(system.ids))
