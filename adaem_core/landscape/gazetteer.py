"""The gazetteer: which words name a country, kept as one CSV of ours (data/gazetteer/places.csv), and how a text is cut into words for it.

A term is matched word by word without accents; its `case` says whether capitals matter, its `rule` which look at the words around it
decides (`contexts`). Terms of kind `stop` name no place: “French fries” swallows “French”.
One line of data flow: CSV → `Term` → entries by their first word, the longest first.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from adaem_core.folders import DATA

FOLDER = DATA / "gazetteer"
# “U.S.” and “D.C.” are one word; otherwise a word is a run of letters and figures, so that possessives and hyphens part words.
WORD = re.compile(r"(?:[A-Z]\.)+[A-Z]\b\.?|[^\W_]+")
# Accents are folded; these letters have none to fold.
LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss", "ı": "i", "æ": "ae", "Æ": "Ae"})


@dataclass(frozen=True)
class Term:
    """One row of the gazetteer."""

    text: str
    codes: tuple[str, ...]  # ISO 3166 alpha-2, or EU; empty: this is no place
    kind: str  # name, demonym, region, city, metonym, institution, prefix, stop
    any_case: bool  # capitals do not matter
    rule: str  # name of the look at the context; empty: always a place
    words: tuple[str, ...]  # folded, capitals kept


@dataclass(frozen=True)
class Word:
    """One word of a text."""

    start: int
    end: int
    text: str  # folded, capitals kept; dotted abbreviations as in “U.S.”
    lower: str

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Look:
    """A term met in a text: the words of the text, and those from `first` up to, not including, `after` are the term's."""

    text: str
    words: list[Word]
    first: int
    after: int
    term: Term

    @property
    def before(self) -> Word | None:
        """The word before, if nothing but a space or a hyphen parts them."""
        return self.joined(self.first - 1, self.first)

    @property
    def next(self) -> Word | None:
        """The word after, if nothing but a space or a hyphen parts them."""
        return self.joined(self.after - 1, self.after, first=False)

    def joined(self, left: int, right: int, *, first: bool = True) -> Word | None:
        """Return one of two neighbouring words, if nothing but a space or a hyphen parts them."""
        if left < 0 or right >= len(self.words):
            return None
        between = self.text[self.words[left].end : self.words[right].start]
        return self.words[left if first else right] if between in (" ", "-", "\u00a0", "  ") else None

    @property
    def around(self) -> tuple[str, str]:
        """The words before and after in lower case, empty where there is none."""
        return (self.before.lower if self.before else "", self.next.lower if self.next else "")

    @property
    def possessive(self) -> bool:
        """Whether 's follows."""
        return bool(re.match(r"['’]s?\b", self.text[self.words[self.after - 1].end :]))


@cache
def word_lists(file: str) -> dict[str, frozenset[str]]:
    """Return the lists of words in one YAML file of the gazetteer's folder, by name."""
    content = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return {name: frozenset(map(str, words)) for name, words in content.items()}


def folded(text: str) -> str:
    """Return `text` without accents, of any length."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)).translate(LETTERS)


def words(text: str) -> list[Word]:
    """Return the words of a text with their places in it."""
    found = []
    for match in WORD.finditer(text):
        plain = folded(match[0])
        plain = plain.rstrip(".") + "." if "." in plain else plain
        found.append(Word(match.start(), match.end(), plain, plain.lower()))
    return found


@cache
def entries() -> dict[str, tuple[Term, ...]]:
    """Return the gazetteer by the first word of a term in lower case, terms of more words first."""
    by_first: dict[str, list[Term]] = {}
    for term in read_terms(FOLDER / "places.csv"):
        by_first.setdefault(term.words[0].lower(), []).append(term)
    return {first: tuple(sorted(terms, key=lambda term: -len(term.words))) for first, terms in by_first.items()}


def read_terms(path: Path) -> list[Term]:
    """Return the rows of a gazetteer file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Term(
                row["term"],
                tuple(row["iso2"].split()),
                row["kind"],
                row["case"] == "any",
                row["rule"],
                tuple(word.text for word in words(row["term"])),
            )
            for row in csv.DictReader(file)
        ]


def suits(term: Term, given: list[Word]) -> bool:
    """Return True where the words of a text are those of the term in the capitals it asks for; words wholly in capitals do from four letters on."""
    return all(
        word.lower == own.lower() and (term.any_case or word.text == own or (len(own) > 3 and word.text.isupper()))
        for own, word in zip(term.words, given, strict=True)
    )
