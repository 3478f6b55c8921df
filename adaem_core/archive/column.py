"""The column that is asked, and its cleaned texts.

Data flow: `Table → column → line → text`, of which `askable` keeps those that can be asked.
"""

from adaem_core.archive.table import SAID, Table
from adaem_core.archive.texts import asks, cleaned, is_json
from adaem_core.errors import BadInput

NEARLY_ALL = 0.8  # share of a column's texts


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


def mostly_asks(found: Table) -> str | None:
    """Return the only column whose texts are nearly all questions or sentences, None where there is none or several."""
    share = {
        name: sum(asks(row[name]) for _, row in found.rows) / max(len(found.rows), 1)
        for name in found.columns
        if name.strip().casefold() not in SAID
    }
    likely = [name for name, part in share.items() if part >= NEARLY_ALL]
    return likely[0] if len(likely) == 1 else None
