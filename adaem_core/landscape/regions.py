"""Which countries a question names: by name, people, region, city, seat of government or institution (AdAEM §4.3, Fig. 5, 12, 15).

The longest term wins, from left to right; what looks like a place but is none (“French fries”) is in the gazetteer, too.
One line of data flow: text → words → `Mention` per place → distinct codes in order of first mention.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from adaem_core.landscape.contexts import RULES
from adaem_core.landscape.gazetteer import FOLDER, Look, Term, Word, entries, suits, words

BETWEEN = re.compile(r"[ \u00a0\-–—‑'’ʻ,.&()]{1,3}")  # what may part the words of one term


@dataclass(frozen=True)
class Mention:
    """One place named in a text."""

    start: int  # in the text; text[start:end] are the words found
    end: int
    text: str
    codes: tuple[str, ...]  # ISO 3166 alpha-2 or EU; more than one for “Korean peninsula”
    kind: str  # name, demonym, region, city, metonym, institution or prefix


def places(text: str) -> tuple[str, ...]:
    """Return the distinct ISO 3166 alpha-2 codes, and EU, that a text names, in order of first mention; empty where it names none."""
    return tuple(dict.fromkeys(code for mention in find_places(text) for code in mention.codes))


def find_places(text: str) -> tuple[Mention, ...]:
    """Return the places a text names, from left to right, none overlapping."""
    found, given = [], words(text)
    position = 0
    while position < len(given):
        term = longest(text, given, position)
        if term is None:
            position += 1
            continue
        after = position + len(term.words)
        codes = RULES[term.rule](Look(text, given, position, after, term))
        start, end = given[position].start, given[after - 1].end
        if codes:
            found.append(Mention(start, end, text[start:end], codes, term.kind))
        position = after
    return tuple(found)


def longest(text: str, given: list[Word], position: int) -> Term | None:
    """Return the longest term that begins at a word, None where none does."""
    for term in entries().get(given[position].lower, ()):
        part = given[position : position + len(term.words)]
        if len(part) == len(term.words) and suits(term, part) and together(text, part):
            return term
    return None


def together(text: str, part: list[Word]) -> bool:
    """Return True where nothing but spaces, hyphens and the like parts neighbouring words."""
    return all(BETWEEN.fullmatch(text, left.end, right.start) for left, right in pairwise(part))


@dataclass(frozen=True)
class Country:
    """One country or territory."""

    code: str  # ISO 3166 alpha-2; EU, XK
    alpha3: str  # of ISO 3166; XKX for Kosovo, empty for the European Union
    name: str
    region: str  # of the world: UN M49


@cache
def countries() -> dict[str, Country]:
    """Return every country by its code."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["iso2"]: Country(row["iso2"], row["iso3"], row["name"], row["region"]) for row in rows}


def world_regions(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct regions of the world that countries lie in, in order."""
    return tuple(dict.fromkeys(countries()[code].region for code in codes))
