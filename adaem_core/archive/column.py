"""The texts of the column that is asked: cleaned, and what is odd about them in words.

Data flow: `Table, column → line → text → what a person is told before any of it is asked`.
"""

from collections.abc import Mapping, Sequence

from adaem_core.archive.table import SAID, Table
from adaem_core.archive.texts import asks, cleaned, is_json, spelling
from adaem_core.errors import BadInput

SHOWN = 3  # examples of what is told
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


def told_of(texts: Mapping[int, str]) -> tuple[str, ...]:
    """Return what is told of the texts of a column: lines without one, texts that stand there again, and those that hardly ask anything."""
    empty = [number for number, text in texts.items() if not text]
    first: dict[str, int] = {}
    again = [number for number, text in texts.items() if text and first.setdefault(spelling(text), number) != number]
    short = [f"“{text}”" for text in texts.values() if text and not asks(text)]
    told = [f"Lines left out because they have no text: {listed(empty)}"] * bool(empty)
    told += [f"Lines left out because their text stands there before, perhaps in other letters: {listed(again)}"] * bool(again)
    return (*told, *[f"Texts of one or two words, which may be no questions: {listed(short)}"] * bool(short))


def listed(things: Sequence[object]) -> str:
    """Return how many things there are, and the first of them."""
    return f"{len(things):,} ({', '.join(map(str, things[:SHOWN]))}{', …' * (len(things) > SHOWN)})"


def mostly_asks(found: Table) -> str | None:
    """Return the only column whose texts are nearly all questions or sentences, None where there is none or several."""
    share = {
        name: sum(asks(row[name]) for _, row in found.rows) / max(len(found.rows), 1)
        for name in found.columns
        if name.strip().casefold() not in SAID
    }
    likely = [name for name, part in share.items() if part >= NEARLY_ALL]
    return likely[0] if len(likely) == 1 else None
