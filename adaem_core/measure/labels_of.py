"""From the readings of a study to numbers: which examinee expresses which dimension on which question (§3.3).

A profile is the OR over the opinions of a response. Only labels are read, not the words, so that 12,310 questions take seconds.
Data flow: `readings (subject, model, labels) → cells → ValueLabels`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from adaem_core import examinations
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.records import Examination
from adaem_core.store import Study
from adaem_core.values import ValueSystem

PILOT = """SELECT n.subject, n.model, n.labels FROM recognitions n JOIN questions q ON q.id = n.subject
    WHERE q.fate = 'scored' AND q.depth > 0 AND n.sample = 0 AND n.outcome = 'answered' ORDER BY q.rowid, n.rowid"""


def value_labels(study: Study, examination: Examination, system: ValueSystem, protocol: str = "", *, recogniser: str = "") -> ValueLabels:
    """Return the labels of an examination, shape (questions, examinees, dimensions): NaN where an answer is missing or was not read.

    By default as read by the recogniser and protocol the examination was made with.
    """
    found = examinations.readings(study, examination, protocol, recogniser=recogniser)
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
    ones = [(*place, layer[label[1]]) for place, each in zip(known, readings, strict=True) for label in orjson.loads(each["labels"])]
    array[tuple(np.array(ones, dtype=np.intp).reshape(-1, 3).T)] = 1.0
    return ValueLabels(array, tuple(questions), tuple(examinees), system.ids)
