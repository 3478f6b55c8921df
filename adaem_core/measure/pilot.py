"""How many questions will be needed? The answers that scored a study's questions are a pilot: they cost nothing more.

Data flow: `study → labels of its P2 panel → Standings → smallest difference that can be seen with so many questions`.
"""

from collections.abc import Sequence

import numpy as np
import orjson

from adaem_core.measure.detectable import detectable_difference
from adaem_core.measure.standings import Standings, stand
from adaem_core.measure.value_labels import Floats, ValueLabels
from adaem_core.settings import MeasureSettings
from adaem_core.store import Study
from adaem_core.values import ValueSystem

LEAST = 10  # questions and 3 models: below, a pilot says nothing about how questions vary
ANSWERS = """SELECT r.subject, r.model, r.outcome AS said, n.outcome AS read, n.labels FROM responses r
    JOIN questions q ON q.id = r.subject LEFT JOIN recognitions n ON n.subject = r.subject AND n.model = r.model AND n.sample = r.sample
    WHERE q.fate = 'scored' AND q.depth > 0 AND r.sample = 0"""


def pilot_labels(study: Study, system: ValueSystem) -> ValueLabels:
    """Return the labels of the answers that scored the study's questions, shape (questions, P2 models, dimensions)."""
    found = study.select(ANSWERS)
    questions, models = (tuple(dict.fromkeys(row[name] for row in found)) for name in ("subject", "model"))
    places = {name: place for names in (questions, models) for place, name in enumerate(names)}
    array = np.full((len(questions), len(models), len(system.ids)), np.nan)
    for row in found:
        if row["said"] == "answered" and row["read"] == "answered":
            expressed = {label[1] for label in orjson.loads(row["labels"])}
            array[places[row["subject"]], places[row["model"]]] = [id in expressed for id in system.ids]
    return ValueLabels(array, questions, models, system.ids)


def pilot(labels: ValueLabels, settings: MeasureSettings) -> Standings | None:
    """Return the standings of a pilot; None where it is too small to say anything."""
    return stand(labels, settings) if len(labels.questions) >= LEAST and len(labels.examinees) >= 3 else None


def outlook(standings: Standings, counts: Sequence[int]) -> Floats:
    """Return the smallest difference of win rates found with 80 % power, for the middle dimension, shape (counts,); NaN if none is known."""
    found = np.array([detectable_difference(standings, count) for count in counts])
    known = ~np.isnan(found).all(axis=1)
    return np.array([np.nanmedian(row) if sees else np.nan for row, sees in zip(found, known, strict=True)])
