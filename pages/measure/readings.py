"""The cached readings and computations of Measure. Files are keyed by path and state, numbers by the digest of the labels they come from.

Standings of 12,310 questions take seconds: they are computed once per labels and settings, behind a spinner.
"""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.records import Answer, Examination
from adaem_core.settings import MeasureSettings
from pages.shared.stored import Token, state, system_of

if TYPE_CHECKING:
    from adaem_core.measure.by_topic import CategoryStandings
    from adaem_core.measure.missing import Missing
    from adaem_core.measure.standings import Standings, Superiority
    from adaem_core.measure.value_labels import ValueLabels

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


@dataclass(frozen=True, eq=False)
class Digested:
    """Labels with what stands for them in a cache's key: hashing them anew at every rerun would take longer than reading the cache."""

    digest: str
    labels: "ValueLabels"


def titles(path: Path) -> dict[str, Titled]:
    """Return the study's examinations by id, the newest first; those that belong to a check last."""
    return read_titles(str(path), state(path))


def examination(path: Path, id: str) -> Examination:
    """Return one examination with its questions."""
    return read_examination(str(path), state(path), id)


def labels(path: Path, id: str, protocol: str = "") -> Digested:
    """Return the labels of an examination; by default as read by the protocol it was made with."""
    with st.spinner(READ):
        return read_labels(str(path), state(path), id, protocol)


def lost(path: Path, id: str) -> "tuple[Missing, ...]":
    """Return every missing answer of an examination."""
    with st.spinner(READ):
        return read_lost(str(path), state(path), id)


def answers_to(path: Path, id: str, asked_id: str) -> list[Answer]:
    """Return the answers to one question of an examination."""
    return read_answers(str(path), state(path), id, asked_id)


def standings(labelled: Digested, settings: MeasureSettings) -> "Standings":
    """Return the standings."""
    with st.spinner(WAIT):
        return computed_standings(labelled.digest, tuple(asdict(settings).values()), labelled, settings)


def superiority(labelled: Digested, settings: MeasureSettings) -> "Superiority":
    """Return the chances of all pairs."""
    with st.spinner(WAIT):
        return computed_superiority(labelled.digest, tuple(asdict(settings).values()), labelled, settings)


def by_category(labelled: Digested, categories: tuple[str, ...], settings: MeasureSettings) -> "dict[str, CategoryStandings]":
    """Return the standings per category."""
    with st.spinner(WAIT):
        named = hashlib.sha256("\x1f".join(categories).encode()).hexdigest()
        return computed_by_category(labelled.digest, named, tuple(asdict(settings).values()), labelled, categories, settings)


@st.cache_data(max_entries=32, show_spinner=False)
def read_titles(path: str, token: Token) -> dict[str, Titled]:
    from adaem_core.archive import examinations

    with Study.read(Path(path)) as study:
        found = examinations.every(study)
    newest = sorted(reversed(found), key=lambda each: bool(each.part_of))
    return {
        each.id: Titled(each.id, each.title, each.date, len(each.asked), len(each.examinees), each.condition, each.part_of)
        for each in newest
    }


@st.cache_data(max_entries=16, show_spinner=False)
def read_examination(path: str, token: Token, id: str) -> Examination:
    from adaem_core.archive import examinations

    with Study.read(Path(path)) as study:
        return examinations.one(study, id)


@st.cache_data(max_entries=16, show_spinner=False)
def read_labels(path: str, token: Token, id: str, protocol: str) -> Digested:
    from adaem_core.archive import examinations
    from adaem_core.measure.value_labels import value_labels

    with Study.read(Path(path)) as study:
        read = value_labels(study, examinations.one(study, id), system_of(Path(path)), protocol)
    axes = repr((read.questions, read.examinees, read.dimensions)).encode("utf-8", "surrogatepass")
    return Digested(hashlib.sha256(read.expressed.tobytes() + axes).hexdigest(), read)


@st.cache_data(max_entries=16, show_spinner=False)
def read_lost(path: str, token: Token, id: str) -> "tuple[Missing, ...]":
    from adaem_core.archive import examinations
    from adaem_core.measure.missing import missing

    with Study.read(Path(path)) as study:
        asked = examinations.one(study, id)
        return missing(asked, examinations.fates(study, asked))


@st.cache_data(max_entries=64, show_spinner=False)
def read_answers(path: str, token: Token, id: str, asked_id: str) -> list[Answer]:
    from adaem_core.archive import examinations

    with Study.read(Path(path)) as study:
        return examinations.answers(study, examination(Path(path), id), asked_id=asked_id)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_standings(digest: str, knobs: tuple[object, ...], _labelled: Digested, _settings: MeasureSettings) -> "Standings":
    from adaem_core.measure.standings import stand

    return stand(_labelled.labels, _settings)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_superiority(digest: str, knobs: tuple[object, ...], _labelled: Digested, _settings: MeasureSettings) -> "Superiority":
    from adaem_core.measure.standings import superiority as pairs

    return pairs(_labelled.labels, _settings)


@st.cache_data(max_entries=32, show_spinner=False)
def computed_by_category(
    digest: str,
    named: str,
    knobs: tuple[object, ...],
    _labelled: Digested,
    _categories: tuple[str, ...],
    _settings: MeasureSettings,
) -> "dict[str, CategoryStandings]":
    from adaem_core.measure import by_topic

    return by_topic.by_category(_labelled.labels, _categories, _settings)
