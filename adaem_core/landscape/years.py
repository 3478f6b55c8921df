"""Years written in a text: “2021”, “May 2021”, “2021–2030”, “1990s”, “19th century” (AdAEM §4.3, Fig. 6, 16).

Numbers that count, cost or label something are no years: “2,000 people”, “1500 euros”, “room 1984”. A round number (1500, 2000) and one
before 1900 stand more often for an amount than others do, so they need a word that speaks of time, or no noun in the plural behind.
One line of data flow: text → candidates by pattern → `Dated` for each that its context lets pass.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from adaem_core.landscape.gazetteer import word_lists


@dataclass(frozen=True)
class Dated:
    """One time named in a text."""

    start: int  # in the text; text[start:end] are the words found
    end: int
    words: str
    first_year: int
    last_year: int  # the same but for decades, centuries, ranges and long events
    kind: str  # year, month, range, decade, century or event
    event: str = ""  # name of the event

    @property
    def middle(self) -> float:
        """The middle of the time, in years."""
        return (self.first_year + self.last_year) / 2


YEAR = r"(?:1[5-9]|20)\d\d"
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.?|Apr\\.?|Jun\\.?|Jul\\.?"
    "|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?"
)
MONTH = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{MONTHS})(?: \d{{1,2}}(?:st|nd|rd|th)?,?)?,? (?P<year>{YEAR})\b(?![,.]?\d)")
RANGE = re.compile(rf"(?<![\d.,/])(?P<first>{YEAR}) ?[-–—/] ?(?P<last>{YEAR}|\d\d)\b(?![-–—/%]|[,.]\d)")
DECADE = re.compile(rf"(?<![\d.,])(?P<year>{YEAR[:-2]}0)['’]?s\b")
SHORT_DECADE = re.compile(r"(?<!\w)['’‘](?P<tens>[2-9])0s\b")
NAMED_DECADE = re.compile(
    r"\bthe (?:early |late |mid-?)?(?P<name>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", re.I
)
CENTURY = re.compile(
    r"\b(?P<number>(?:1[6-9]|2[01])(?:st|th)|(?:X[VI]*|XVI{1,3}|XIX|XX|XXI)(?:th|st)?|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|twenty[- ]first)[- ]century\b",
    re.I,
)
BARE = re.compile(rf"(?<![\w.,#]){YEAR}(?!\w|[.,]\d|[ ]?[%°€£¥$])(?!-years?\b)")
SIGN = re.compile(r"[$€£¥₹#+×]\s?$|(?:\b[A-Za-z]{1,2}|\d{3,4})[-–]$|\d [-–] $|\d[ ,.]$")
BEFORE = re.compile(r"([A-Za-z.]+)[\s\"'(\[–-]*$")
AFTER = re.compile(r"^[\s-]*([A-Za-z]+)")

NAMES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
ORDINALS = {"sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "twenty first": 21}
ROMAN = {"XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21}


def context_words() -> dict[str, frozenset[str]]:
    """Return the lists of words that tell a year from another number (data/gazetteer/year_contexts.yaml)."""
    return word_lists("year_contexts.yaml")


def written_years(text: str) -> list[Dated]:
    """Return the times written in a text with figures or as words, from left to right, none overlapping; a longer pattern goes first."""
    found: list[Dated] = []
    for each in chain(*(find(text) for find in FINDERS)):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def dated(match: re.Match[str], first: int, last: int, kind: str) -> Dated:
    """Return what a match found."""
    return Dated(match.start(), match.end(), match[0], first, last, kind)


def months(text: str) -> Iterator[Dated]:
    """Yield months of a year, with or without a day."""
    for match in MONTH.finditer(text):
        yield dated(match, int(match["year"]), int(match["year"]), "month")


def ranges(text: str) -> Iterator[Dated]:
    """Yield spans of years: “2021-2030”, “2017-18”; both ends must be in order and at most two centuries apart."""
    for match in RANGE.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        last = last if last > 99 else first - first % 100 + last
        if 0 < last - first <= 200 and not counts(text, match.start(), match.end()):
            yield dated(match, first, last, "range")


def decades(text: str) -> Iterator[Dated]:
    """Yield decades; “1800s” is a century as most people use it, “2000s” a decade."""
    for match in DECADE.finditer(text):
        first = int(match["year"])
        century = first % 100 == 0 and first < 2000
        yield dated(match, first, first + (99 if century else 9), "century" if century else "decade")
    for match in SHORT_DECADE.finditer(text):
        first = 1900 + 10 * int(match["tens"])
        yield dated(match, first, first + 9, "decade")
    for match in NAMED_DECADE.finditer(text):
        first = 1920 + 10 * NAMES.index(match["name"].lower())
        yield dated(match, first, first + 9, "decade")


def centuries(text: str) -> Iterator[Dated]:
    """Yield centuries, the 16th to the 21st: the 19th runs from 1801 to 1900."""
    for match in CENTURY.finditer(text):
        number = ordinal(match["number"])
        if number:
            yield dated(match, 100 * number - 99, 100 * number, "century")


def ordinal(words: str) -> int | None:
    """Return the number of a century in figures, words or Roman numerals; None for another."""
    if words[:2].isdigit():
        return int(words[:2])
    return ORDINALS.get(words.lower()) or ROMAN.get(re.sub(r"(?:th|st)$", "", words, flags=re.I).upper())


def bare(text: str) -> Iterator[Dated]:
    """Yield single years whose context does not say that they are something else."""
    for match in BARE.finditer(text):
        if not counts(text, match.start(), match.end()) and not titled(text, match[0]):
            yield dated(match, int(match[0]), int(match[0]), "year")


def counts(text: str, start: int, end: int) -> bool:
    """Return True where the number in text[start:end] counts, costs or labels something."""
    before, after = text[:start], text[end:]
    left, right = BEFORE.search(before), AFTER.match(after)
    previous, following = left[1].lower() if left else "", right[1] if right else ""
    if (
        SIGN.search(before)
        or previous in context_words()["amount"]
        or previous in context_words()["label"]
        or following.lower() in context_words()["units"]
        or before.endswith("up to ")
    ):
        return True
    if int(text[start : start + 4]) >= 1900 and text[start + 2 : start + 4] != "00":
        return False
    return plural(following) or (text[start + 2 : start + 4] == "00" and not timely(previous, before, after))


def plural(word: str) -> bool:
    """Return True for what looks like a noun in the plural that is counted, and not like something that happened in a year."""
    return word.islower() and len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in context_words()["happenings"]


def timely(previous: str, before: str, after: str) -> bool:
    """Return True where a round number is told to be a year: by the word before it, or because it stands in brackets of its own."""
    return previous in context_words()["timely"] or previous == "the" or (before.endswith("(") and after.startswith(")"))


def titled(text: str, number: str) -> bool:
    """Return True for Orwell's novel, the one title that is a year and often named in questions of politics."""
    return number == "1984" and "orwell" in text.lower()


FINDERS: tuple[Callable[[str], Iterator[Dated]], ...] = (months, ranges, decades, centuries, bare)
