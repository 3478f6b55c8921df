"""Which examinee expresses which dimension on which question: the one input of everything that measures (§3.3, Appendix C.8).

Data flow: `profiles of responses → ValueLabels → ratings, win rates, groups`. After this hinge there are only numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from adaem_core.errors import BadInput

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ValueLabels:
    """Labels of a whole examination: a read-only array with named axes. Raises BadInput when the parts do not fit."""

    expressed: Floats  # (questions, examinees, dimensions) in {0, 1}; NaN is a refusal or unreadable answer, never 0
    questions: tuple[str, ...]  # ids, in the order of the first axis
    examinees: tuple[str, ...]  # display names
    dimensions: tuple[str, ...]  # ids

    def __post_init__(self) -> None:
        for axis in ("questions", "examinees", "dimensions"):
            object.__setattr__(self, axis, tuple(getattr(self, axis)))
            check_names(axis, getattr(self, axis))
        array = np.array(self.expressed, dtype=np.float64)
        array.setflags(write=False)
        object.__setattr__(self, "expressed", array)
        self.check_array()

    def check_array(self) -> None:
        """Raise BadInput unless the array has one cell per name and holds 0, 1 or NaN only."""
        wanted = (len(self.questions), len(self.examinees), len(self.dimensions))
        if self.expressed.shape != wanted:
            raise BadInput(f"Labels must have shape (questions, examinees, dimensions) = {wanted}, got {self.expressed.shape}.")
        known = np.isnan(self.expressed) | (self.expressed == 0) | (self.expressed == 1)
        if not known.all():
            place = np.argwhere(~known)[0]
            raise BadInput(f"A label must be 0, 1 or NaN (missing), got {self.expressed[tuple(place)]:g}{self.where(place)}.")

    def where(self, place: Integers) -> str:
        """Return the names of one cell, for a message."""
        question, examinee, dimension = place
        return f" for question {self.questions[question]}, examinee {self.examinees[examinee]}, {self.dimensions[dimension]}"

    def subset(self, rows: Sequence[int] | Integers) -> Self:
        """Return the labels of these questions only (positions on the first axis, each at most once)."""
        chosen = np.asarray(rows, dtype=np.intp)
        return type(self)(self.expressed[chosen], tuple(self.questions[row] for row in chosen), self.examinees, self.dimensions)


def check_names(axis: str, names: tuple[str, ...]) -> None:
    """Raise BadInput when a name stands twice on an axis: its results could not be told apart."""
    if twice := sorted({name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()):
        raise BadInput(f"Each of the {axis} must be named once, got {', '.join(twice[:5])} more than once.")
