"""The readings of the pages on which people judge: samples, judgements, and what they come to."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from adaem_core.archive.examinations import Examination
from adaem_core.archive.judgements import Judgement, judgements
from adaem_core.archive.study import Study
from pages.shared.readings import reading
from pages.shared.stored import system_of

if TYPE_CHECKING:
    from adaem_core.validate.blind import BlindSample, Opinions
    from adaem_core.validate.human_ratings import Adjudication, Aspect
    from adaem_core.validate.recogniser import Reference
    from adaem_core.validate.scores import AllScores

SEED = 1  # of the resamples behind every interval


def meta(path: Path, key: str) -> Any:
    """Return what is stored under a key of the study; never cached, for it must be fresh before something is written."""
    with Study.read(path) as study:
        return study.meta(key)


def judged(path: Path, kind: str) -> list[Judgement]:
    """Return all judgements of one kind, fresh."""
    with Study.read(path) as study:
        return judgements(study, kind)


def sample(path: Path, examination: str) -> "BlindSample | None":
    """Return the stored sample of an examination; None where none was drawn."""
    from adaem_core.validate.blind import BlindSample

    stored = meta(path, f"adjudication {examination}")
    return BlindSample(tuple(stored["items"]), tuple(stored["strata"]), stored["sizes"], stored["seed"]) if stored else None


def keep_sample(path: Path, examination: str, size: int) -> None:
    """Draw a sample and store it, so that every rater judges the same opinions."""
    from adaem_core.validate.blind import draw

    Study.note(path, **{f"adjudication {examination}": asdict(draw(opinions(path, examination), size, SEED))})


@reading(keep=8)
def opinions(path: Path, examination: str) -> "Opinions":
    """Return an examination's opinions with the machine's labels."""
    from adaem_core.archive import examinations
    from adaem_core.validate.blind import opinions as found

    with Study.read(path) as study:
        return found(study, examinations.one(study, examination), system_of(path).ids)


@reading(keep=16)
def checks(path: Path) -> list[Examination]:
    """Return the recogniser checks of a study, the newest first."""
    from adaem_core.validate.labelled_texts import checks as found

    with Study.read(path) as study:
        return found(study)[::-1]


@reading("Comparing the labels", keep=8)
def check(path: Path, examination: str) -> "tuple[Reference, Reference, AllScores]":
    """Return reference labels, the machine's, and the scores of a recogniser check."""
    from adaem_core.archive import examinations
    from adaem_core.validate.labelled_texts import both
    from adaem_core.validate.recogniser import check_recogniser

    with Study.read(path) as study:
        reference, machine = both(study, examinations.one(study, examination), system_of(path))
    return reference, machine, check_recogniser(reference, machine, np.random.default_rng(SEED)).scores


@reading(keep=8)
def people(path: Path, examination: str) -> "tuple[Adjudication, AllScores | None]":
    """Return what people's blind labels of an examination come to, and the machine's scores against them."""
    from adaem_core.validate.blind import cells
    from adaem_core.validate.human_ratings import adjudicated
    from adaem_core.validate.scores import scored

    ids, drawn = system_of(path).ids, sample(path, examination)
    found = adjudicated(judged(path, f"adjudication {examination}"), ids, np.random.default_rng(SEED))
    if drawn is None or not found.labels:
        return found, None
    table = cells(drawn, found.labels, opinions(path, examination), ids)
    return found, scored(table, np.random.default_rng(SEED))


@reading(keep=8)
def people_by_value(path: Path, examination: str) -> "dict[str, Adjudication]":
    """Return what people's labels of each value come to, by its id."""
    from adaem_core.validate.human_ratings import adjudicated

    kept = judged(path, f"adjudication {examination}")
    return {id: adjudicated(kept, [id], np.random.default_rng(SEED)) for id in system_of(path).ids}


@reading(keep=8)
def quality(path: Path) -> "tuple[Aspect, ...]":
    """Return Table 9 from people's ratings of the study's rating set."""
    from adaem_core.validate.human_ratings import quality as found

    items = meta(path, "human rating") or []
    return found(judged(path, "quality"), {each["id"]: each["source"] for each in items}, np.random.default_rng(SEED))
