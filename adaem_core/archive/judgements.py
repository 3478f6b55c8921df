"""What people judge: labels they give blind, questions they rate. Kept in the study, beside any running job, with undo.

Data flow: `one judgement → short transaction`; `study → Judgement per rater, item and name`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from adaem_core.archive.opening import now, plain_errors
from adaem_core.archive.rows import marks
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput


@dataclass(frozen=True)
class Judgement:
    """One person's verdict on one aspect of one item."""

    kind: str  # which check it belongs to: adjudication or quality
    rater: str  # the name on the invitation
    item: str  # what was judged: an opinion's or a question's address
    name: str  # the aspect: a dimension's id, or rationality, controversy, value elicitation
    value: str


def judge(path: Path, kind: str, rater: str, item: str, values: Mapping[str, str]) -> None:
    """Store one person's verdicts on one item in one short transaction, replacing earlier ones; BadInput without a name."""
    if not rater.strip():
        raise BadInput("Give your name first: judgements are kept by rater.")
    rows = [(kind, rater.strip(), item, name, value, now()) for name, value in values.items()]
    change(path, f"INSERT OR REPLACE INTO judgements VALUES ({marks(6)})", rows)


def undo(path: Path, kind: str, rater: str) -> str | None:
    """Take back what this person judged last and return the item; None when there is nothing to take back."""
    with Study.read(path) as study:
        query = "SELECT item FROM judgements WHERE kind = ? AND rater = ? ORDER BY at DESC, rowid DESC LIMIT 1"
        found = study.select(query, (kind, rater.strip()))
    if not found:
        return None
    item = str(found[0]["item"])
    change(path, "DELETE FROM judgements WHERE kind = ? AND rater = ? AND item = ?", [(kind, rater.strip(), item)])
    return item


def judgements(study: Study, kind: str) -> list[Judgement]:
    """Return all judgements of a check, in the order they were given."""
    return [
        Judgement(**row)
        for row in study.select("SELECT kind, rater, item, name, value FROM judgements WHERE kind = ? ORDER BY rowid", (kind,))
    ]


def change(path: Path, statement: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Run one statement for every row, all or nothing, beside whatever else writes the study."""
    with Study.beside(path) as study, plain_errors(path), study.connection:
        study.connection.execute("BEGIN IMMEDIATE")
        study.connection.executemany(statement, rows)
