"""The readings and computations of Measure. Standings of 12,310 questions take seconds: they are computed once per labels and settings."""

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from adaem_core.archive.examinations import Examination
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.records import Answer
from adaem_core.settings import MeasureSettings
from pages.shared.readings import Digested, reading
from pages.shared.stored import system_of

if TYPE_CHECKING:
    from adaem_core.measure.by_topic import CategoryStandings
    from adaem_core.measure.missing import Missing
    from adaem_core.measure.standings import Standings, Superiority

READ = "Reading the answers. With thousands of questions this takes some seconds, once."
WAIT = "Measuring. With thousands of questions this takes some seconds, once."


@dataclass(frozen=True)
class Titled:
    """What a list of examinations shows."""

    id: str
    title: str
    date: str
    questions: int
    examinees: int
    condition: str
    part_of: str


@reading()
def titles(path: Path) -> dict[str, Titled]:
    """Return the study's examinations by id, the newest first; those that belong to a check last."""
    from adaem_core.archive import examinations

    with Study.read(path) as study:
        found = examinations.every(study)
    newest = sorted(reversed(found), key=lambda each: bool(each.part_of))
    return {
        each.id: Titled(each.id, each.title, each.date, len(each.asked), len(each.examinees), each.condition, each.part_of)
        for each in newest
    }


@reading(keep=16)
def examination(path: Path, id: str) -> Examination:
    """Return one examination with its questions."""
    from adaem_core.archive import examinations

    with Study.read(path) as study:
        return examinations.one(study, id)


@reading(READ, keep=16)
def labels(path: Path, id: str, protocol: str = "", pressed: bool = True) -> Digested:  # a reading's key is made of its arguments in order
    """Return the labels of an examination; by default as read by the protocol it was made with, pressed answers among them."""
    from adaem_core.archive import examinations
    from adaem_core.measure.value_labels import value_labels

    with Study.read(path) as study:
        read = value_labels(study, examinations.one(study, id), system_of(path), protocol, pressed=pressed)
    axes = repr((read.questions, read.examinees, read.dimensions)).encode("utf-8", "surrogatepass")
    return Digested(hashlib.sha256(read.expressed.tobytes() + axes).hexdigest(), read)


@reading(READ, keep=16)
def lost(path: Path, id: str) -> "tuple[Missing, ...]":
    """Return every missing answer of an examination."""
    from adaem_core.archive import examinations
    from adaem_core.measure.missing import missing

    with Study.read(path) as study:
        asked = examinations.one(study, id)
        return missing(asked, examinations.fates(study, asked))


@reading(keep=64)
def answers_to(path: Path, id: str, asked_id: str) -> list[Answer]:
    """Return the answers to one question of an examination."""
    from adaem_core.archive import examinations

    with Study.read(path) as study:
        return examinations.answers(study, examination(path, id), asked_id=asked_id)


@reading(WAIT)
def standings(labelled: Digested, settings: MeasureSettings) -> "Standings":
    """Return the standings."""
    from adaem_core.measure.standings import stand

    return stand(labelled.labels, settings)


@reading(WAIT)
def superiority(labelled: Digested, settings: MeasureSettings) -> "Superiority":
    """Return the chances of all pairs."""
    from adaem_core.measure.standings import superiority as pairs

    return pairs(labelled.labels, settings)


@reading(WAIT)
def by_category(labelled: Digested, categories: tuple[str, ...], settings: MeasureSettings) -> "dict[str, CategoryStandings]":
    """Return the standings per category."""
    from adaem_core.measure import by_topic

    return by_topic.by_category(labelled.labels, categories, settings)


@reading("Reading the pilot")
def outlook(path: Path, counts: tuple[int, ...]) -> dict[int, float]:
    """Return the smallest difference that so many questions can show, by number; empty where the study is too small a pilot."""
    from adaem_core.measure.detectable import outlook, pilot
    from adaem_core.measure.value_labels import pilot_labels
    from adaem_core.settings import MeasureSettings

    with Study.read(path) as study:
        standings = pilot(pilot_labels(study, settings_of(study).system), MeasureSettings())
    found = dict(zip(counts, outlook(standings, counts).tolist(), strict=True)) if standings else {}
    return {} if any(math.isnan(value) for value in found.values()) else found
