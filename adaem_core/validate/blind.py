"""Blind adjudication: which opinions people read, and how their labels are set beside the machine's.

A person judges a whole opinion, all values at once. Its stratum is the rarest value the machine sees in it (or none), so that
rare labels are met; an opinion stands for its stratum's size over how many of it were judged.
Data flow: `examination → opinions, labels → BlindSample (kept in the study) → (people judge) → Cells for scores.scored`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import orjson

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Examination
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.validate.sampling import allocate
from adaem_core.validate.scores import Cells


@dataclass(frozen=True, eq=False)
class Opinions:
    """All opinions of an examination whose values were read."""

    items: tuple[str, ...]  # addresses: subject, model and number as JSON
    texts: tuple[str, ...]
    labels: Floats  # (opinions, dimensions) in {0, 1}: the machine's


@dataclass(frozen=True)
class BlindSample:
    """Opinions to be judged, in the order they are shown; `sizes` are how many opinions of the examination each stratum has."""

    items: tuple[str, ...]
    strata: tuple[int, ...]  # position of the rarest value, −1 for none
    sizes: Mapping[str, int]  # by stratum, as text
    seed: int


def opinions(study: Study, examination: Examination, dimensions: Sequence[str]) -> Opinions:
    """Return the opinions with the machine's labels."""
    items, texts, labels = [], [], []
    for answer in examinations.answers(study, examination):
        if not answer.usable or answer.recognition is None:
            continue
        for place, opinion in enumerate(answer.response.opinions):
            items.append(orjson.dumps([answer.response.subject, answer.model, place]).decode())
            texts.append(opinion.text)
            labels.append([answer.recognition.verdict(place, id) for id in dimensions])
    return Opinions(tuple(items), tuple(texts), np.array(labels, dtype=np.float64).reshape(len(items), len(dimensions)))


def strata_of(labels: Floats) -> Integers:
    """Return the stratum of each opinion, shape (opinions,): its rarest dimension's position, −1 where it has none."""
    often = np.where(labels == 1, np.nansum(labels, axis=0), np.inf)
    return np.where((labels == 1).any(axis=1), often.argmin(axis=1), -1)


def draw(found: Opinions, size: int, seed: int) -> BlindSample:
    """Return up to `size` opinions, equally many per stratum as far as there are, in random order. BadInput without any."""
    if not found.items or size < 1:
        raise BadInput(f"There must be opinions to judge and a size of at least 1, got {len(found.items)} opinions and {size}.")
    rng = np.random.default_rng(seed)
    stratum = strata_of(found.labels)
    names, counts = np.unique(stratum, return_counts=True)
    given = allocate(counts, size, rng)
    drawn = [rng.choice(np.flatnonzero(stratum == name), many, replace=False) for name, many in zip(names, given, strict=True)]
    order = rng.permutation(np.concatenate(drawn)).tolist()
    sizes = {str(name): int(count) for name, count in zip(names, counts, strict=True)}
    return BlindSample(tuple(found.items[each] for each in order), tuple(int(stratum[each]) for each in order), sizes, seed)


def cells(sample: BlindSample, labels: Mapping[tuple[str, str], float], found: Opinions, dimensions: Sequence[str]) -> Cells:
    """Return people's labels (item, dimension) beside the machine's, weighted back to all opinions; an opinion is one unit."""
    row = {item: place for place, item in enumerate(found.items)}
    judged = [
        (item, stratum)
        for item, stratum in zip(sample.items, sample.strata, strict=True)
        if item in row and any(at == item for at, _ in labels)
    ]
    done = {name: sum(each == name for _, each in judged) for name in set(sample.strata)}
    units = [(unit, d) for unit in range(len(judged)) for d in range(len(dimensions))]
    people = [labels.get((judged[unit][0], dimensions[d]), np.nan) for unit, d in units]
    machine = [found.labels[row[judged[unit][0]], d] for unit, d in units]
    weight = [sample.sizes[str(judged[unit][1])] / done[judged[unit][1]] for unit, _ in units]
    place, dimension = (np.array([each[axis] for each in units], dtype=np.intp) for axis in (0, 1))
    stratum = np.array([judged[unit][1] + 1 for unit, _ in units], dtype=np.intp)
    sides = (np.array(each, dtype=np.float64) for each in (people, machine, weight))
    one, other, weights = sides
    return Cells(tuple(dimensions), dimension, one, other, place, weights, stratum)
