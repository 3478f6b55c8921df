"""From lines of fields to named columns: what stands above the names, beside them and between them is left out, and told.

Data flow: `(line, fields) of every record → column names, rows, what was left out and why`.
"""

import re
from collections.abc import Sequence

from adaem_core.archive.separated import Lines
from adaem_core.archive.texts import is_question
from adaem_core.errors import BadInput

QUALTRICS = re.compile(r"""\{\s*["']ImportId["']\s*:""")
USUAL = frozenset({"id", "question", "text", "category", "topic", "statement", "item", "answer", "model", "prompt"})
LIMESURVEY = {"class", "name", "text"}
Rows = tuple[tuple[int, dict[str, str]], ...]


def headed(name: str, lines: Lines, header: int | None) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return column names, rows and notes; `header` is the line of the names where somebody named it. BadInput names line and remedy."""
    notes: list[str] = []
    filled = [(number, fields) for number, fields in lines if any(field.strip() for field in fields)]
    filled = without_comments(filled, notes)
    at = place_of_header(name, filled, header, notes)
    if at is None:
        return ("text",), tuple((number, {"text": fields[0]}) for number, fields in filled), notes
    number, fields = filled[at]
    columns = names(name, number, fields)
    body = without_descriptions(filled[at + 1 :], notes)
    rows = tuple((line, row(name, line, columns, each)) for line, each in body)
    if short := sum(len(each) < len(columns) for _, each in body):
        notes.append(f"Lines shorter than the line of names, whose last cells are taken as empty: {short:,}")
    return columns, only_questions(columns, rows, notes), notes


def without_comments(lines: Lines, notes: list[str]) -> Lines:
    """Return the lines that are no remark: one whose only filled field begins with #."""
    kept = [
        (number, fields) for number, fields in lines if not (fields[0].lstrip().startswith("#") and not any(f.strip() for f in fields[1:]))
    ]
    if len(kept) < len(lines):
        notes.append(f"Lines left out because they begin with #: {len(lines) - len(kept):,}")
    return kept


def place_of_header(name: str, lines: Lines, header: int | None, notes: list[str]) -> int | None:
    """Return which of the lines names the columns; None where the only column begins with a question, and so has no name."""
    if header is not None:
        found = next((place for place, (number, _) in enumerate(lines) if number == header), None)
        if found is None:
            raise BadInput(f"{name}: line {header} cannot name the columns: it is empty, or not there.")
        return found
    if not lines:
        raise BadInput(f"{name}: the file is empty. It needs at least one topic.")
    above = titles(lines)
    if above:
        notes.append(f"Lines left out above the names of the columns: {above}, beginning with “{lines[0][1][0].strip()[:60]}”")
    first = lines[above][1]
    if len(first) == 1 and is_question(first[0]):
        notes.append("Line 1 is a question, not the name of the column: it is kept as one")
        return None
    return above


def titles(lines: Lines) -> int:
    """Return how many of the first lines are titles: those above usual names, or of a first field alone above wider lines."""
    usual = (
        place for place, (_, fields) in enumerate(lines[:6]) if len(USUAL.intersection(field.strip().casefold() for field in fields)) > 1
    )
    if (named := next(usual, None)) is not None:
        return named
    width = max((sum(bool(field.strip()) for field in fields) for _, fields in lines[:20]), default=0)
    above = next((place for place, (_, fields) in enumerate(lines[:6]) if any(field.strip() for field in fields[1:])), 0)
    return above if width > 1 else 0


def without_descriptions(lines: Lines, notes: list[str]) -> Lines:
    """Return the lines below the names without the two by which Qualtrics describes its columns."""
    ids = next((place for place, (_, fields) in enumerate(lines[:2]) if any(QUALTRICS.search(field) for field in fields)), None)
    if ids is None:
        return lines
    notes.append(f"Lines left out by which Qualtrics describes its columns: {ids + 1}")
    return lines[ids + 1 :]


def names(name: str, number: int, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the column names; a column without a name gets its number. BadInput if a name stands there twice."""
    while len(fields) > 1 and not fields[-1].strip():
        fields = fields[:-1]
    columns = tuple(field.strip() or f"column {place}" for place, field in enumerate(fields, 1))
    if repeated := sorted({each for each in columns if columns.count(each) > 1}):
        raise BadInput(f"{name}: line {number}: column {', '.join(repeated)} stands there twice. Give each column its own name.")
    return columns


def row(name: str, number: int, columns: tuple[str, ...], fields: list[str]) -> dict[str, str]:
    """Return the fields by column name, the last ones empty where they are missing; BadInput where there are more than names."""
    if any(field.strip() for field in fields[len(columns) :]):
        raise BadInput(
            f"{name}: line {number}: {len(fields)} fields where the first line names {len(columns)} columns. "
            "Check the separators, and put a field that holds one in quotation marks."
        )
    return dict(zip(columns, [*fields, *[""] * (len(columns) - len(fields))], strict=False))


def only_questions(columns: tuple[str, ...], rows: Rows, notes: list[str]) -> Rows:
    """Return the questions of a LimeSurvey structure, which lists groups, answers and settings as well; all rows of anything else."""
    lower = {column.lower(): column for column in columns}
    if not lower.keys() >= LIMESURVEY or not any(row[lower["class"]] == "Q" for _, row in rows):
        return rows
    kept = tuple(each for each in rows if each[1][lower["class"]] == "Q")
    notes.append(f"LimeSurvey: questions kept: {len(kept):,}; lines of other kinds left out: {len(rows) - len(kept):,}")
    return kept
