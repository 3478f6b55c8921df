"""Lines below the names of columns that describe the columns once more: by types, units or labels, by Qualtrics' ids, or by the names themselves.

Data flow: `lines below the names → those that hold rows, what was left out`.
"""

import re
from collections.abc import Sequence

from adaem_core.archive.separated import Lines
from adaem_core.archive.surveys import QUALTRICS
from adaem_core.archive.texts import cleaned, is_question

TYPE = re.compile(
    r"(?:string|str|text|char|varchar|character|factor|int|integer|int64|float|float64|double|decimal|numeric|number|num|bool|boolean|logical"
    r"|date|datetime|object|category|nominal|ordinal|metric|interval|scale|chr|dbl|lgl|fct|ms|s|sec|seconds|%|points|years|[-–—]|n/?a)?"
    r"(?:\s?\(\d{1,6}(?:,\s?\d{1,3})?\))?",
    re.IGNORECASE,
)
COUNTED = re.compile(r"[A-Za-z]{0,8}[._-]?\d{1,6}(?:[.,]\d{1,6})?%?")  # a number, or a code with one
FEWEST = 2  # rows whose numbers tell that a word above them is none of them


def without_descriptions(lines: Lines, names: Sequence[str], notes: list[str]) -> Lines:
    """Return the lines below the names without those that describe the columns once more."""
    lines = without_names_again(lines, names, notes)
    ids = next((place for place, (_, fields) in enumerate(lines[:2]) if any(QUALTRICS.search(field) for field in fields)), None)
    if ids is not None:
        notes.append(f"Lines left out by which Qualtrics describes its columns: {ids + 1}")
        return lines[ids + 1 :]
    if lines and len(names) > 1 and (types(lines[0][1]) or labels(lines)):
        shown = ", ".join(field for field in map(cleaned, lines[0][1]) if field)[:60]
        notes.append(f"Line {lines[0][0]} left out, because it describes the columns once more: “{shown}”")
        return lines[1:]
    return lines


def without_names_again(lines: Lines, names: Sequence[str], notes: list[str]) -> Lines:
    """Return the lines that do not repeat the names of the columns."""
    first = [*map(cleaned, names)]
    kept = [each for each in lines if [*map(cleaned, each[1])] != first or len(first) < 2]
    if len(kept) < len(lines):
        notes.append(f"Lines left out that repeat the names of the columns: {len(lines) - len(kept):,}")
    return kept


def types(fields: Sequence[str]) -> bool:
    """Say whether a line holds nothing but types or units."""
    filled = [field.strip() for field in fields if field.strip()]
    return len(filled) > 1 and all(map(TYPE.fullmatch, filled))


def labels(lines: Lines) -> bool:
    """Say whether the first line labels the columns: it asks nothing, and has a word where all other lines have a number or a code."""
    first, others = lines[0][1], [fields for _, fields in lines[1:]]
    if len(others) < FEWEST or any(map(is_question, first)):
        return False
    return any(
        words_only(field) and all(place < len(fields) and COUNTED.fullmatch(fields[place].strip()) for fields in others)
        for place, field in enumerate(first)
    )


def words_only(field: str) -> bool:
    """Say whether a field holds letters, no digit, and no sign for a missing value."""
    field = field.strip()
    return (
        any(map(str.isalpha, field)) and not any(map(str.isdigit, field)) and field.casefold() not in {"na", "nan", "n/a", "null", "none"}
    )
