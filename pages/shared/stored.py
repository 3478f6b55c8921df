"""The only cached readings of study files, keyed by the file's path and state, so that a running study is never shown stale.

Nothing personal and no key is ever in here: caches are shared by everyone who uses the app.
"""

import hashlib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.folders import DATA
from adaem_core.records import Edition, Outgrowth, Topic
from adaem_core.values import ValueSystem, parse_value_system
from adaem_core.work import jobs

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.generate.topics_deduplicate import Distinct

Token = tuple[tuple[int, int], ...]
META = ("title", "engine", "value_system", "panel", "panel_name", "elicit", "generate", "simulated", "date", "created")


def studies() -> dict[str, Path]:
    """Return every study on disk by name, the newest first, the finished demo studies last."""
    own = sorted(jobs.studies(), key=lambda path: path.stat().st_mtime, reverse=True)
    return {path.stem: path for path in [*own, *demos()]}


def demos() -> list[Path]:
    """Return the finished studies that come with the studio."""
    return sorted((DATA / "demo").glob("*.db"))


def state(path: Path) -> Token:
    """Return what changes whenever the study does: time and size of the file and of its write-ahead log."""
    files = (path, path.with_name(path.name + "-wal"))
    return tuple((each.stat().st_mtime_ns, each.stat().st_size) for each in files if each.exists())


def about(path: Path) -> dict[str, Any]:
    """Return the study's settings by name, and how far it has come."""
    return read_about(str(path), state(path))


def table(name: str, path: Path) -> "pd.DataFrame":
    """Return one of the tables of `visualize.tables` by name."""
    return read_table(name, str(path), state(path))


def question(path: Path, id: str) -> Outgrowth:
    """Return one question with all its attempts and answers."""
    return read_question(str(path), state(path), id)


def topic_tree(path: Path, topic_id: str) -> list[Outgrowth]:
    """Return the topic and everything grown from it, without answers."""
    return read_tree(str(path), state(path), topic_id)


def edition(path: Path, top: int | None) -> Edition:
    """Return the study's best questions as an edition."""
    return read_edition(str(path), state(path), top)


def outlook(path: Path, counts: tuple[int, ...]) -> dict[int, float]:
    """Return the smallest difference that so many questions can show, by number; empty where the study is too small a pilot."""
    return read_outlook(str(path), state(path), counts)


def distinct(read: tuple[Topic, ...], *, by_meaning: bool) -> "Distinct":
    """Return the topics that differ in wording, and if asked in meaning."""
    name = hashlib.sha256(repr(read).encode()).hexdigest()
    return read_distinct(name, read, by_meaning=by_meaning)


def call(path: Path, key: str) -> dict[str, Any] | None:
    """Return everything known about one request of the study."""
    with Study.read(path) as study:
        return study.call(key)


def system_of(path: Path) -> ValueSystem:
    """Return the value system the study was made with, as it was then."""
    content = about(path)["value_system"] or {}
    return parse_value_system(str(content.get("id", "values")), content)


@st.cache_data(show_spinner=False)
def can_draw() -> bool:
    """Return True when this computer can make picture files of figures."""
    from adaem_core.visualize.picture import can_draw

    return can_draw()


@st.cache_data(max_entries=64, show_spinner=False)
def read_about(path: str, token: Token) -> dict[str, Any]:
    with Study.read(Path(path)) as study:
        counted = {"pulls": len(study.pulls()), "topics": len(study.topics())}
        return {**{key: study.meta(key) for key in META}, **counted, "spent": study.spent()}


@st.cache_data(max_entries=32, show_spinner=False)
def read_table(name: str, path: str, token: Token) -> "pd.DataFrame":
    from adaem_core.visualize import tables

    with Study.read(Path(path)) as study:
        return getattr(tables, name)(study)


@st.cache_data(max_entries=64, show_spinner=False)
def read_question(path: str, token: Token, id: str) -> Outgrowth:
    with Study.read(Path(path)) as study:
        return study.question(id)


@st.cache_data(max_entries=64, show_spinner=False)
def read_tree(path: str, token: Token, topic_id: str) -> list[Outgrowth]:
    with Study.read(Path(path)) as study:
        return study.outgrowths(topic_id)


@st.cache_data(max_entries=32, show_spinner=False)
def read_edition(path: str, token: Token, top: int | None) -> Edition:
    from adaem_core.generate.edition import edition as best

    with Study.read(Path(path)) as study:
        return best(study, top)


@st.cache_data(max_entries=32, show_spinner="Reading the pilot")
def read_outlook(path: str, token: Token, counts: tuple[int, ...]) -> dict[int, float]:
    from adaem_core.archive.study_settings import system_of
    from adaem_core.measure.detectable import outlook, pilot
    from adaem_core.measure.value_labels import pilot_labels
    from adaem_core.settings import MeasureSettings

    with Study.read(Path(path)) as study:
        standings = pilot(pilot_labels(study, system_of(study)), MeasureSettings())
    found = dict(zip(counts, outlook(standings, counts).tolist(), strict=True)) if standings else {}
    return {} if any(math.isnan(value) for value in found.values()) else found


@st.cache_data(max_entries=16, show_spinner=False)
def read_distinct(name: str, _topics: tuple[Topic, ...], *, by_meaning: bool) -> "Distinct":
    from adaem_core.generate.topics_deduplicate import deduplicate

    if not by_meaning:
        return deduplicate(_topics)
    from adaem_core.chat.embed import Embedder

    embed = Embedder()
    try:
        return deduplicate(_topics, embed.sentences_now)
    finally:
        embed.close()
