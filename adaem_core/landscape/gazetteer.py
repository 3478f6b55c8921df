"""The table of place words, read once: `data/gazetteer/places.csv` and `people.yaml` (sources and decisions stand beside them).

Data flow: `files → Gazetteer (terms by their first word, longest first)`.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from adaem_core.values import DATA

FOLDER = DATA / "gazetteer"
MARKS = str.maketrans("’‘‑–\u00a0", "''-- ")
FIRST_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class Term:
    """One place word or phrase."""

    text: str
    iso2: str  # "" for a phrase that names no place
    kind: str


@dataclass(frozen=True)
class Gazetteer:
    """Everything that is needed to find places."""

    terms: dict[str, tuple[Term, ...]]  # by first word, the longest first
    persons: frozenset[str]  # terms that are people's names as well
    given: frozenset[str]  # what stands before a person


def plain(text: str) -> str:
    """Return `text` with one kind of apostrophe and hyphen and composed letters, of the same length where it was composed already."""
    return unicodedata.normalize("NFC", text).translate(MARKS)


@cache
def gazetteer(folder: Path = FOLDER) -> Gazetteer:
    """Return the gazetteer of the studio."""
    with (folder / "places.csv").open(encoding="utf-8", newline="") as file:
        found = [Term(plain(row["term"]), row["iso2"], row["kind"]) for row in csv.DictReader(file)]
    people = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    by_first: dict[str, list[Term]] = {}
    for term in sorted(found, key=lambda each: -len(each.text)):
        first = FIRST_WORD.search(term.text)
        assert first is not None, f"{term.text!r} holds no word"
        by_first.setdefault(first.group(), []).append(term)
    terms = {word: tuple(each) for word, each in by_first.items()}
    return Gazetteer(terms, frozenset(map(str, people["places"])), frozenset(map(str, people["given"])))
