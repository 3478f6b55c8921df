"""Sets of questions as tables: a study's questions, its topics, shipped topics, files of one's own, all in the same columns.

`Study or file → DataFrame` with one row per question: set, id, text, topic, category, score, author. A missing score is NaN,
a missing category or author an empty text. Texts are on one line, none is empty; repeats are kept.
"""

from pathlib import Path

import pandas as pd

from adaem_core.archive.study import Study
from adaem_core.archive.table import FOUND_OUT, How, Source, Table, asked_for, column_named, read_table
from adaem_core.errors import BadInput
from adaem_core.generate.topics import CATEGORY_NAMES, kind_of, read_topics, shipped_topics, text_column
from adaem_core.landscape.words import one_line

COLUMNS = ["set", "id", "text", "topic", "category", "score", "author"]
AUTHOR_NAMES = ("author", "author_model", "model")
SCORE_NAMES = ("score", "total", "s")
TOPICS = """SELECT t.id, t.text, t.text AS topic, t.category, r.total AS score, '' AS author FROM topics t
    LEFT JOIN questions r ON r.topic_id = t.id AND r.author IS NULL AND r.depth = 0 ORDER BY t.rowid"""
QUESTIONS = """SELECT q.id, q.text, t.text AS topic, t.category, q.total AS score, q.author FROM questions q
    JOIN topics t ON t.id = q.topic_id WHERE q.fate = 'scored' AND q.author IS NOT NULL ORDER BY q.total DESC, q.id"""


def question_set(study: Study, name: str) -> pd.DataFrame:
    """Return the study's scored questions, best first."""
    return as_set(name, pd.DataFrame(study.select(QUESTIONS)))


def topic_set(study: Study, name: str) -> pd.DataFrame:
    """Return the topics the study started from; `score` is the S of a topic itself, NaN where it was never pulled."""
    return as_set(name, pd.DataFrame(study.select(TOPICS)))


def shipped_set(stem: str, name: str) -> pd.DataFrame:
    """Return a shipped topic set by its file's name."""
    return from_topics(shipped_topics()[stem], name)


def given_set(source: Source, name: str, how: How = FOUND_OUT, column: str | None = None) -> pd.DataFrame:
    """Return the questions of a file: Touché'23 and ValueBench in their own formats, else any table with a column of questions.

    `column` holds the questions, found by name where not given. A column called score (or total) and one called author (or model) are used where they are there. BadInput names the remedy.
    """
    found = read_table(source, how)
    if kind_of(found) in ("touche23", "valuebench"):
        return from_topics(source, name, how, column)
    column = asked_for(found, column) if column else text_column(found)
    if column is None:
        raise BadInput(
            f"{found.name}: none of the columns {', '.join(found.columns)} looks like questions. Name one of them “text” or “question”."
        )
    return as_set(name, from_table(found, column))


def from_topics(source: Source | Path, name: str, how: How = FOUND_OUT, column: str | None = None) -> pd.DataFrame:
    """Return a set read as topics: statements become questions, repeats are merged."""
    topics = read_topics(source, column=column, how=how).topics
    rows = [{"id": each.id, "text": each.text, "topic": each.text, "category": each.category} for each in topics]
    return as_set(name, pd.DataFrame(rows))


def from_table(found: Table, column: str) -> pd.DataFrame:
    """Return the rows of a table with the columns that are known."""
    sources = {
        "id": column_named(found, ("id", "question_id")),
        "text": column,
        "topic": column_named(found, ("topic",)),
        "category": column_named(found, CATEGORY_NAMES),
        "score": column_named(found, SCORE_NAMES),
        "author": column_named(found, AUTHOR_NAMES),
    }
    rows = [{name: row[source] for name, source in sources.items() if source} for _, row in found.rows]
    frame = pd.DataFrame(rows)
    return frame if "id" in frame else frame.assign(id=[f"line {number}" for number, _ in found.rows])


def as_set(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table in the columns of a set, rows without a text left out."""
    if frame.empty:
        return pd.DataFrame({each: pd.Series(dtype=float if each == "score" else str) for each in COLUMNS})
    texts = {each: [one_line(str(text or "")) for text in frame[each]] if each in frame else "" for each in COLUMNS[1:5] + COLUMNS[6:]}
    scores = pd.to_numeric(frame["score"], errors="coerce") if "score" in frame else float("nan")
    made = frame.assign(set=name, score=scores, **texts)[COLUMNS]
    return made[made["text"] != ""].reset_index(drop=True)


def together(sets: list[pd.DataFrame]) -> pd.DataFrame:
    """Return several sets as one table; `key` names each row by its set and id, also where a set uses an id twice."""
    frame = pd.concat(sets, ignore_index=True) if sets else as_set("", pd.DataFrame())
    place = frame.groupby(["set", "id"]).cumcount().astype(str)
    return frame.assign(key=frame["set"] + " · " + frame["id"] + (" (" + place + ")").where(place != "0", ""))
