"""Which examinee expresses which dimension on which question: the one input of everything that measures (§3.3, Appendix C.8).

A profile is the OR over the opinions of a response. Only labels are read, not the words, so that 12,310 questions take seconds.
Data flow: `readings (subject, model, labels) → cells → ValueLabels → ratings, win rates, groups`. After this hinge there are only numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import orjson

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Examination
from adaem_core.archive.rows import is_gap
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.values import ValueSystem

PILOT = """SELECT n.subject, n.model, n.labels FROM recognitions n JOIN questions q ON q.id = n.subject
    WHERE q.fate = 'scored' AND q.depth > 0 AND n.sample = 0 AND n.outcome = 'answered' ORDER BY q.rowid, n.rowid"""


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


def value_labels(
    study: Study, examination: Examination, system: ValueSystem, protocol: str = "", *, recogniser: str = "", pressed: bool = True
) -> ValueLabels:
    """Return the labels of an examination, shape (questions, examinees, dimensions): NaN where an answer or a verdict is missing.

    By default as read by the recogniser and protocol the examination was made with. With `pressed` False an answer that came only when
    its model was asked once more is left out, too.
    """
    found = examinations.readings(study, examination, protocol, recogniser=recogniser, pressed=pressed)
    questions = tuple(asked.id for asked in examination.asked)
    return filled(found, [examination.subject(id) for id in questions], questions, examination.examinees, system)


def pilot_labels(study: Study, system: ValueSystem) -> ValueLabels:
    """Return the labels of the answers that scored the study's questions, shape (questions, P2 models, dimensions)."""
    found = study.select(PILOT)
    questions, models = (tuple(dict.fromkeys(row[name] for row in found)) for name in ("subject", "model"))
    return filled(found, questions, questions, models, system)


def filled(
    readings: Sequence[dict[str, Any]], subjects: Sequence[str], questions: Sequence[str], examinees: Sequence[str], system: ValueSystem
) -> ValueLabels:
    """Return labels with one row of cells per reading; `subjects` are the questions' names in the readings."""
    row, column, layer = ({name: place for place, name in enumerate(names)} for names in (subjects, examinees, system.ids))
    array = np.full((len(row), len(column), len(layer)), np.nan)
    known = [(row[each["subject"]], column[each["model"]]) for each in readings]
    array[tuple(np.array(known, dtype=np.intp).reshape(-1, 2).T)] = 0.0
    verdicts = [
        (*place, layer[each[1]], is_gap(each)) for place, read in zip(known, readings, strict=True) for each in orjson.loads(read["labels"])
    ]
    for gap, cell in ((True, np.nan), (False, 1.0)):  # a value that another opinion expresses is known all the same
        array[tuple(np.array([place for *place, missing in verdicts if missing is gap], dtype=np.intp).reshape(-1, 3).T)] = cell
    return ValueLabels(array, tuple(questions), tuple(examinees), system.ids)
