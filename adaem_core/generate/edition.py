"""Freeze the best questions of a study as an edition, with the provenance a reviewer asks for.

An edition carries no time finer than its day: same settings, seed and answers give a byte-identical file.
Data flow: `study → Edition → JSONL`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.errors import BadInput
from adaem_core.records import Fate, Question, Score, Topic

SHAPING = ("engine", "value_system", "panel", "elicit", "generate", "earlier")  # what, with the topics, decides the questions


@dataclass(frozen=True)
class Item:
    """One benchmark question with the provenance a reviewer asks for."""

    question: Question
    topic: Topic
    score: Score
    root_score: Score | None  # S of the general topic it grew from


@dataclass(frozen=True)
class Edition:
    """A frozen benchmark: which questions, from which engine and settings, on which day."""

    id: str
    date: str  # ISO day
    value_system: str
    simulated: bool
    items: tuple[Item, ...]


def edition(study: Study, top: int | None = None) -> Edition:
    """Return the `top` best scored questions (all if None), best first; topics themselves are not among them."""
    if top is not None and top < 1:
        raise BadInput(f"top must be at least 1, got {top}.")
    topics = {each.id: each for each in study.topics()}
    scored = [each for each in study.outgrowths() if each.score is not None and each.fate is Fate.SCORED]
    roots = {each.question.topic_id: each.score for each in scored if each.question.depth == 0}
    grown = [
        Item(each.question, topics[each.question.topic_id], each.score, roots.get(each.question.topic_id))
        for each in scored
        if each.score is not None and each.question.depth > 0
    ]
    ranked = sorted(grown, key=lambda item: (-item.score.total, item.question.id))
    made = settings_of(study)
    return Edition(edition_id(study), made.date, made.system.id, made.simulated, tuple(ranked[:top]))


def edition_id(study: Study) -> str:
    """Return a short content address of everything that shaped the questions."""
    shaped = {key: study.meta(key) for key in SHAPING} | {"topics": [asdict(each) for each in study.topics()]}
    return hashlib.sha256(orjson.dumps(shaped, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def table(edition: Edition) -> Iterator[dict[str, Any]]:
    """Yield one flat row per question, best first: the columns of every export. Scores have six decimals."""
    for rank, item in enumerate(edition.items, 1):
        yield {
            "rank": rank,
            "id": item.question.id,
            "question": item.question.text,
            "score": round(item.score.total, 6),
            "topic_score": round(item.root_score.total, 6) if item.root_score else None,
            **{part: round(getattr(item.score, part), 6) for part in PARTS},
            "score_form": item.score.form,
            "answered": item.score.answered,
            "asked": item.score.asked,
            "topic_id": item.topic.id,
            "topic": item.topic.text,
            "category": item.topic.category,
            "parent_id": item.question.parent_id,
            "depth": item.question.depth,
            "author": item.question.author,
            "fact": item.question.fact,
            "value_system": edition.value_system,
            "simulated": edition.simulated,
            "edition": edition.id,
            "edition_date": edition.date,
        }


PARTS = ("value_diversity", "opinion_diversity", "value_conformity", "disentanglement")


def read_questions(path: Path) -> list[str]:
    """Return the question texts of an edition file; BadInput names file, line and remedy."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}). Give the path of an edition in JSON lines.") from error
    texts = []
    for number, line in enumerate(lines, 1):
        try:
            text = orjson.loads(line)["question"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            raise BadInput(f"{path} line {number}: expected a JSON object with a field 'question'. Export the edition again.") from None
        texts.append(text)
    return texts
