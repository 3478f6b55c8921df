"""The column that is asked, and its cleaned texts.

Data flow: `Table → column → line → text`, of which `askable` keeps those that can be asked.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from adaem_core.archive.separated import known
from adaem_core.archive.table import SAID, Table, column_like
from adaem_core.archive.texts import asks, asks_fully, cleaned, is_json, is_question
from adaem_core.errors import BadInput

FEW = 3  # rows: fewer may well be of one category
NEARLY_ALL = 0.8  # share of a column's texts
WEAK = ("title", "description", "input")  # names of columns that hold texts where no other does
VERSION = re.compile(r"[\W_]{1,3}[A-Za-z]{2,8}\W{0,3}$")  # at the end of a name: question_en, text (Deutsch)
ENGLISH = re.compile(r"(?:^|[\W_])(?:en|eng|english)\W{0,3}$", re.IGNORECASE)
CODE = re.compile(r"[A-Za-z]{0,8}[._-]?\d{1,6}(?:[._-]?[A-Za-z0-9]){0,20}")
LANGUAGE = re.compile(
    r"(?:[a-z]{2}(?:[-_][a-z]{2})?|english|german|deutsch|french|français|spanish|español|italian|chinese|russian)", re.IGNORECASE
)


def texts_of(found: Table, column: str) -> dict[int, str]:
    """Return the cleaned text of each line, "" where there is none; BadInput where a cell holds a structure, or no cell a letter."""
    for number, row in found.rows:
        if is_json(row[column].strip()):
            raise BadInput(
                f"{found.name}: line {number}: column {column!r} holds no question but a nested value, {row[column].strip()[:40]!r}. "
                "Give each question as one text, or choose another column."
            )
    texts = {number: cleaned(row[column]) for number, row in found.rows}
    if any(texts.values()) and not any(letter.isalpha() for text in texts.values() for letter in text):
        raise BadInput(f"{found.name}: column {column!r} holds no question, but numbers. Choose the column with the questions.")
    return texts


def column_of_texts(found: Table, names: Sequence[str]) -> str | None:
    """Return the column called by one of `names`, else the one that asks, else one with a weak name; None where it cannot be told."""
    found = telling(found)
    return column_like(found, [name for name in names if name not in WEAK]) or mostly_asks(found) or column_like(found, WEAK)


def telling(found: Table) -> Table:
    """Return the table without columns of codes, those of single words beside questions, and those that say the same in each of several rows."""
    held = {column: {cleaned(row[column]) for _, row in found.rows} for column in found.columns}
    beside = any(mostly_questions(found, column) for column in asking(found))
    kept = [
        column
        for column, values in held.items()
        if (len(values) > 1 or len(found.rows) < FEW) and not holds_codes(values) and (any(map(asks, values)) or not beside)
    ]
    return replace(found, columns=tuple(kept) or found.columns)


def holds_codes(values: set[str]) -> bool:
    """Say whether all values that are filled in are codes (“V4”, 7)."""
    filled = values - {""}
    return bool(filled) and all(map(CODE.fullmatch, filled))


def mostly_asks(found: Table) -> str | None:
    """Return the column whose texts are nearly all questions or sentences, the English one of several versions; None where it cannot be told."""
    likely = asking(found)
    questions = [name for name in likely if all(is_question(row[name]) for _, row in found.rows)]
    likely = questions if len(questions) == 1 else likely
    if len(likely) > 1 and len({stem(name) for name in likely}) == 1:
        likely = [next((name for name in likely if ENGLISH.search(name)), likely[0])]
    return likely[0] if len(likely) == 1 else None


def stem(name: str) -> str:
    """Return a column's name without its language: "" for a language alone."""
    return "" if LANGUAGE.fullmatch(name.strip()) else VERSION.sub("", name)


def codes(found: Table) -> str | None:
    """Return the first column where each row has a code of its own (“V4”, “a1.2”, 7), None where it holds anything else."""
    values = [cleaned(row[found.columns[0]]) for _, row in found.rows]
    return found.columns[0] if len(set(values)) == len(values) and all(map(CODE.fullmatch, values)) else None


def asking(found: Table) -> list[str]:
    """Return the columns whose texts are nearly all questions or sentences; what was answered, to a question in its name or not, is none."""
    unsaid = [name for name in found.columns if name.strip().casefold() not in SAID and not asks_fully(name)]
    return [name for name in unsaid if asks_mostly([row[name] for _, row in found.rows])]


def asks_mostly(texts: Sequence[str]) -> bool:
    """Say whether nearly all texts of a column may be asked, or all that are filled in are questions."""
    filled = [text for text in texts if text and not text.startswith(("{", "["))]
    return sum(map(asks, filled)) >= NEARLY_ALL * max(len(texts), 1) or (len(filled) > 1 and all(map(is_question, filled)))


def others_told(found: Table, column: str) -> list[str]:
    """Return what is told where other columns hold questions as well as the one that is read, or sentences and its name does not say that it is asked."""
    sure = known(re.split(r"[\W_]+", column.strip())[-1])
    others = [name for name in asking(found) if name != column and (not sure or mostly_questions(found, name))]
    told = (
        f"The texts are those in column “{column}”; questions or sentences stand in others as well, which are not read: {', '.join(others)}"
    )
    return [told] * bool(others)


def mostly_questions(found: Table, column: str) -> bool:
    """Say whether more than half of a column's cells are questions."""
    return sum(is_question(row[column]) for _, row in found.rows) > len(found.rows) / 2
