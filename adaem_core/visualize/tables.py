"""The plain tables behind figures and pages: read from a study file, one row per arm, pull, question, attempt or answer.

`Study → DataFrame`. A missing score is NaN, never 0. Nothing here changes a number the engine stored; means and running
bests are the only arithmetic.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from adaem_core.archive.study import Study
from adaem_core.infer.estimate import Estimate
from adaem_core.landscape.course import favoured
from adaem_core.records import Attempt, Outgrowth, Score

PARTS = {
    "total": "S",
    "value_diversity": "Value diversity",
    "opinion_diversity": "Opinion diversity",
    "value_conformity": "Value conformity",
    "disentanglement": "Disentanglement",
}
# Study.outgrowths carries no pull number, and one query is a hundred times faster than reading every trace.
QUESTIONS = """SELECT q.id, q.text, q.topic_id, t.text AS topic, t.category, q.author, q.depth, q.pull, q.fact, q.total,
    q.value_diversity, q.opinion_diversity, q.value_conformity, q.disentanglement, r.total AS topic_total, q.answered, q.asked,
    (SELECT COUNT(*) FROM attempts a WHERE a.question_id = q.id AND a.accepted AND a.step > 0) AS rewrites
    FROM questions q JOIN topics t ON t.id = q.topic_id
    LEFT JOIN questions r ON r.topic_id = q.topic_id AND r.author IS NULL AND r.depth = 0
    WHERE q.fate = 'scored' AND q.author IS NOT NULL ORDER BY q.total DESC, q.id"""
ARMS = """SELECT t.id, t.text, t.category, COUNT(p.number) AS pulls, AVG(p.reward) AS score,
    (SELECT r.total FROM questions r WHERE r.topic_id = t.id AND r.author IS NULL AND r.depth = 0) AS topic_total,
    (SELECT MAX(total) FROM questions q WHERE q.topic_id = t.id AND q.author IS NOT NULL) AS best
    FROM topics t JOIN pulls p ON p.topic_id = t.id GROUP BY t.id ORDER BY score DESC, t.id"""
COURSE = """SELECT p.number, p.topic_id, t.text AS topic, p.reward AS score,
    (SELECT MAX(total) FROM questions q WHERE q.pull = p.number AND q.author IS NOT NULL) AS top,
    (SELECT r.total FROM questions r WHERE r.topic_id = p.topic_id AND r.author IS NULL AND r.depth = 0) AS topic_total
    FROM pulls p JOIN topics t ON t.id = p.topic_id ORDER BY p.number"""
DROPPED = """SELECT fate, reason, author, text, id FROM questions WHERE fate NOT IN ('scored', 'surplus') ORDER BY fate, rowid"""
MISSING = """SELECT outcome, model, reason, COUNT(*) AS answers FROM responses WHERE outcome != 'answered'
    GROUP BY outcome, model, reason ORDER BY answers DESC, model"""
UNREAD = """SELECT 'values not read' AS outcome, model, reason, COUNT(*) AS answers FROM recognitions WHERE outcome != 'answered'
    GROUP BY model, reason ORDER BY answers DESC, model"""

ADAPTED = """SELECT model, what.value AS what, COUNT(*) AS calls FROM calls, json_each(reply, '$.adapted') AS what
    GROUP BY model, what.value ORDER BY model, what.value"""


def questions(study: Study) -> pd.DataFrame:
    """Return every scored question, best first: text, topic, category, author, depth, score parts, S of its topic, gain over it."""
    frame = numeric(pd.DataFrame(study.select(QUESTIONS)), *PARTS, "topic_total")
    if not frame.empty:
        frame["gain"] = frame["total"] - frame["topic_total"]
    return frame


def arms(study: Study) -> pd.DataFrame:
    """Return every topic pulled so far, best first: pulls, mean score, its upper confidence bound now, S of the topic itself, best question."""
    frame = numeric(pd.DataFrame(study.select(ARMS)), "score", "topic_total", "best")
    if not frame.empty:
        frame.insert(5, "bound", frame["id"].map({each.id: each.bound for each in favoured(study)}))
    return frame


def course(study: Study) -> pd.DataFrame:
    """Return one row per pull: its mean score, the best question so far (`best`), S of its topic."""
    frame = numeric(pd.DataFrame(study.select(COURSE)), "score", "top", "topic_total")
    if not frame.empty:
        frame["best"] = frame["top"].cummax().ffill()
    return frame


def dropped(study: Study) -> pd.DataFrame:
    """Return every question that was written but not scored: fate, reason, author, text, id."""
    return pd.DataFrame(study.select(DROPPED), columns=["fate", "reason", "author", "text", "id"])


def missing(study: Study) -> pd.DataFrame:
    """Return how many answers of which model are missing and why: outcome, model, reason, answers."""
    return pd.DataFrame(study.select(MISSING) + study.select(UNREAD), columns=["outcome", "model", "reason", "answers"])


def adapted(study: Study) -> pd.DataFrame:
    """Return which models refused to be asked as wanted: model, what was changed (a name of `Completion.adapted`), calls."""
    return pd.DataFrame(study.select(ADAPTED), columns=["model", "what", "calls"])


def attempts(tried: Sequence[Attempt]) -> pd.DataFrame:
    """Return one row per text tried for a question: step, accepted, S and its parts, models that answered, text."""
    return pd.DataFrame([attempt_row(each) for each in tried])


def attempt_row(each: Attempt) -> dict[str, Any]:
    """Return one attempt as a row of the table."""
    parts = {part: getattr(each.score, part) for part in PARTS}
    return {
        "step": each.step,
        "accepted": each.accepted,
        **parts,
        "answered": each.score.answered,
        "asked": each.score.asked,
        "text": each.text,
    }


def why(before: Score, after: Score) -> str:
    """Return in one sentence how S changed from `before` to `after` and which parts moved, largest first."""
    moves = {name: getattr(after, part) - getattr(before, part) for part, name in PARTS.items() if part != "total"}
    told = [f"{name.lower()} {move:+.2f}" for name, move in sorted(moves.items(), key=lambda each: -abs(each[1])) if abs(move) >= 0.005]
    change = after.total - before.total
    verb = "rose" if change > 0 else "fell" if change < 0 else "stayed"
    return f"S {verb} from {before.total:.2f} to {after.total:.2f}" + (f" ({', '.join(told)})." if told else ".")


def family(grown: Sequence[Outgrowth], chosen: str) -> tuple[Outgrowth, ...]:
    """Return the ancestors of question `chosen`, the general topic first and the question itself last."""
    known = {each.question.id: each for each in grown}
    line, id = [], chosen
    while id in known and known[id] not in line:
        line.append(known[id])
        id = known[id].question.parent_id or ""
    return tuple(reversed(line))


def numeric(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return `frame` with `columns` as numbers: a column that is NULL throughout would else be of type object."""
    return frame.assign(**{each: pd.to_numeric(frame[each]) for each in columns}) if not frame.empty else frame


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return `frame` as mappings for an export, missing values as None."""
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")]


def estimate_table(named: Mapping[str, Estimate], first: str = "statistic") -> pd.DataFrame:
    """Return one row per estimate with columns `first`, value, low, high, n, note; an unknown number is None and the note says why."""
    rows = [
        {first: name, "value": known(each.value), "low": known(each.low), "high": known(each.high), "n": each.n, "note": each.why}
        for name, each in named.items()
    ]
    return pd.DataFrame(rows, columns=[first, "value", "low", "high", "n", "note"]).astype(
        {"value": "Float64", "low": "Float64", "high": "Float64"}
    )


def known(number: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(number) else float(number)
