"""The readings of study files that all pages share."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, TypeVar

from adaem_core.archive.failed import failed_count
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import StudySettings, identity_of, settings_of
from adaem_core.archive.translations import Translation
from adaem_core.archive.translations import translations as read_translations
from adaem_core.errors import AdaemError, BadInput
from adaem_core.folders import DATA
from adaem_core.marks import spelt_out, straight
from adaem_core.records import Outgrowth, Topic
from adaem_core.values import ValueSystem
from adaem_core.work import jobs
from pages.shared.readings import reading

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.generate.edition import Edition
    from adaem_core.generate.topics_deduplicate import Distinct

Found = TypeVar("Found")
OF_ID = re.compile(r"~[0-9a-f]{8}$")


@dataclass(frozen=True)
class About:
    """What a study was made with, how far it has come and what it has spent."""

    made: StudySettings
    pulls: int
    topics: int
    spent: dict[str, float]  # calls, tokens, cost (US dollars)


@dataclass(frozen=True)
class Card:
    """How a study is called."""

    title: str
    date: str  # ISO day
    id: str  # eight figures and letters; empty where the study is damaged
    simulated: bool


def shelf() -> list[Path]:
    """Return every study file on disk, be it damaged or none at all, the newest first, the finished demo studies last."""
    return [*jobs.studies(), *demos()]


def studies() -> dict[str, Path]:
    """Return what can be chosen by name: every study on disk whose name is plain text. Where two have one name, the second has its id in it."""
    found: dict[str, Path] = {}
    for path in filter(plainly_named, shelf()):
        found[address(path) if path.stem in found else path.stem] = path
    return found


def plainly_named(path: Path) -> bool:
    """Say whether a file's name can be shown and stand in an address: nothing in it acts or turns what stands beside it."""
    return spelt_out(path.stem) == path.stem


def wherever(read: "Callable[[Path], Found]") -> "dict[Path, Found]":
    """Return what `read` gives of every study; those that it cannot read are left out, and Home tells why."""
    found: dict[Path, Found] = {}
    for path in studies().values():
        with suppress(AdaemError):
            look(path)
            found[path] = read(path)
    return found


def choices() -> dict[str, Path]:
    """Return what can be chosen by name, the first study that is whole before all others: it is shown where none was chosen."""
    found = studies()
    for name, path in found.items():
        with suppress(AdaemError):
            look(path)
            return {name: path, **found}
    return found


@reading(keep=1024)
def card(path: Path) -> Card:
    """Return how a study is called, whole or damaged."""
    try:
        with Study.read(path) as study:
            made = settings_of(study)
            return Card(made.title or path.stem, made.date, identity_of(study), made.simulated)
    except AdaemError:
        return Card(path.stem, "damaged", "", simulated=False)


def address(path: Path) -> str:
    """Return what names a study in an address: its file, and its id, which tells it from another of the same name elsewhere."""
    id = card(path).id
    return f"{path.stem}~{id}" if id else path.stem


def named(wanted: str) -> Path:
    """Return the study that an address names by file and id, or by file alone; BadInput, saying what there is instead, where there is none."""
    stem, _, id = wanted.rpartition("~") if OF_ID.search(wanted) else (wanted, "", "")
    there = [path for path in studies().values() if path.stem == stem]
    same = [path for path in there if id in ("", card(path).id)] or [path for path in studies().values() if id and card(path).id == id]
    if len(same) == 1:
        return same[0]
    if same:
        raise BadInput(f"{len(same)} studies here are called so: {', '.join(map(label, same))}.")
    if there:
        raise BadInput(f"Under this name lies another study here: {label(there[0])}.")
    raise BadInput("No study on this computer has this name.")


def label(path: Path) -> str:
    """Return a study's title with its date and id, as plain text."""
    found = card(path)
    return " · ".join(each for each in (shorten(straight(found.title), 90, placeholder=" …"), straight(found.date), found.id) if each)


def labels(paths: Iterable[Path]) -> dict[Path, str]:
    """Return each study's label; those that it does not tell apart, being copies of one study, are told by the names of their files."""
    said = {path: label(path) for path in paths}
    times = Counter(said.values())
    return {path: f"{each} · file {path.stem}" if times[each] > 1 else each for path, each in said.items()}


def look(path: Path) -> tuple[About, jobs.Job]:
    """Return a study in short, and how its work stands; AdaemError where either is damaged."""
    return about(path), jobs.watch(path)


def demos() -> list[Path]:
    """Return the finished studies that come with the studio."""
    return sorted((DATA / "demo").glob("*.db"))


@reading(keep=64)
def about(path: Path) -> About:
    """Return a study in short."""
    with Study.read(path) as study:
        return About(settings_of(study), len(study.pulls()), len(study.topics()), study.spent())


def made(path: Path) -> StudySettings:
    """Return what a study was made with."""
    return about(path).made


@reading()
def table(name: str, path: Path) -> "pd.DataFrame":
    """Return one of the tables of `visualize.tables` by name."""
    from adaem_core.visualize import tables

    with Study.read(path) as study:
        return getattr(tables, name)(study)


@reading(keep=64)
def failed(path: Path) -> int:
    """Return how much of a study failed for the moment and can be asked again."""
    with Study.read(path) as study:
        return failed_count(study)


@reading(keep=64)
def lost(path: Path) -> dict[str, Any]:
    """Return calls, tokens and cost of requests that were under way when a worker was killed."""
    with Study.read(path) as study:
        return study.lost()


@reading(keep=64)
def translations(path: Path) -> dict[str, Translation]:
    """Return what became of a study's topics in other languages, by topic."""
    with Study.read(path) as study:
        return {each.topic: each for each in read_translations(study)}


@reading(keep=64)
def question(path: Path, id: str) -> Outgrowth:
    """Return one question with all its attempts and answers."""
    with Study.read(path) as study:
        return study.question(id)


@reading(keep=64)
def topic_tree(path: Path, topic_id: str) -> list[Outgrowth]:
    """Return the topic and everything grown from it, without answers."""
    with Study.read(path) as study:
        return study.outgrowths(topic_id)


@reading()
def edition(path: Path, top: int | None) -> "Edition":
    """Return the study's best questions as an edition."""
    from adaem_core.generate.edition import edition as best

    with Study.read(path) as study:
        return best(study, top)


@reading(keep=16)
def distinct(read: tuple[Topic, ...], *, by_meaning: bool) -> "Distinct":
    """Return the topics that differ in wording, and if asked in meaning."""
    from adaem_core.generate.topics_deduplicate import deduplicate

    if not by_meaning:
        return deduplicate(read)
    from adaem_core.chat.embed import Embedder

    embed = Embedder()
    try:
        return deduplicate(read, embed.sentences_now)
    finally:
        embed.close()


def call(path: Path, key: str) -> dict[str, Any] | None:
    """Return everything known about one request of the study."""
    with Study.read(path) as study:
        return study.call(key)


def system_of(path: Path) -> ValueSystem:
    """Return the value system the study was made with, as it was then."""
    return made(path).system


@reading(keep=1)
def can_draw() -> bool:
    """Return True when this computer can make picture files of figures."""
    from adaem_core.visualize.picture import can_draw

    return can_draw()
