"""Lists whose texts begin with numbers, letters or dots: they number the items, and are no part of what is asked.

A number goes only where the numbers run on from text to text: "1984 was a bad year" keeps its year.
Data flow: `texts of a list → texts without what numbers them, or None where nothing does`.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

Place = tuple[int, ...]  # (3,) of “3.”, “Q3:” or “c)”; (3, 1) of “3.1”
BULLET = re.compile(r"^[-*+•–—▪▫◦‣·●○■□➢✓]\s+(?=\S)")
BOX = re.compile(r"^(?:\[[ xX✓]?\]|[☐☑☒])\s*(?=\S)")
CIRCLED = re.compile(r"^([①-⑳⓪⑴-⒛])\s*(?=\S)")
LABEL = r"(?:(?:q|qu|question|item|statement|nr|no|frage|pregunta|domanda|вопрос)\.?\s?)?"
SIGN = r"(?:[.):\]、．）：]|\s[-–—])(?:\s+(?=\S)|(?=[^\s\d]))"
NUMBERED = re.compile(rf"^{LABEL}[(\[（]?\s?(?:(\d{{1,4}}(?:\.\d{{1,3}}){{0,2}})|([a-z]))\s?{SIGN}", re.IGNORECASE)
ROMAN = re.compile(rf"^{LABEL}[(\[（]?\s?((?=[ivx])x{{0,3}}(?:ix|iv|v?i{{0,3}}))\s?{SIGN}", re.IGNORECASE)
# Codes of variables: “V12:”, “[Q1]”, “Item #1:”, “A1.” before “A2.” and “B1.”; without a sign after them they begin with 1.
NUMBER = r"[\s.#_-]{0,3}(\d{1,3}(?:\.\d{1,3}){0,2})"
WORD = r"(?i:q|qu|v|var|item|question|statement|frage|pregunta|domanda|вопрос)"
CODED = re.compile(rf"^[(\[（]?([A-Z]{{1,4}}|{WORD}){NUMBER}\s?{SIGN}")
CODE_AND_BLANK = re.compile(rf"^({WORD}){NUMBER}\s+(?=\S)")
HAN = re.compile(r"^[(（]?第?([一二三四五六七八九十]{1,3})[题題条條项項问問]?\s?[、.．:：)）]\s*(?=\S)")
HAN_DIGITS = "一二三四五六七八九"
LETTERS = {"i": 1, "v": 5, "x": 10}
GAP = 3  # some items of a list may have lost their numbers
SPACED = re.compile(r"^(\d{1,4}(?:\.\d{1,3}){0,2})\s+(?=\S)")


def unnumbered(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the texts without the numbers, letters, dots or boxes before most of them, None where most have none."""
    bare = [BOX.sub("", BULLET.sub("", text)) for text in texts]
    for form in (NUMBERED, CIRCLED, ROMAN, HAN, CODED, SPACED, CODE_AND_BLANK):
        found = [form.match(text) for text in bare]
        places = [place_of(each) for each in found if each]
        if len(places) > len(texts) / 2 and run_on(places, strictly=form in (SPACED, CODE_AND_BLANK), anywhere=form is CODED):
            return tuple(text[each.end() :] if each else text for text, each in zip(bare, found, strict=True))
    dotted = sum(one != other for one, other in zip(bare, texts, strict=True))
    return tuple(bare) if dotted > len(texts) / 2 else None


def place_of(found: re.Match[str]) -> Place:
    """Return the number that a text begins with; a letter counts from 1."""
    if found.re is CIRCLED:
        return (int(unicodedata.numeric(found[1])),)
    if found.re is NUMBERED and found[2]:
        return (ord(found[2].lower()) - ord("a") + 1,)
    if found.re is ROMAN:
        return (roman(found[1].lower()),)
    if found.re is HAN:
        return (han(found[1]),)
    if found.re in (CODED, CODE_AND_BLANK):
        return (int.from_bytes(found[1].casefold().encode(), "big"), *map(int, found[2].split(".")))
    return tuple(map(int, found[1].split(".")))


def han(signs: str) -> int:
    """Return the number below 100 that is written in Chinese: 十二 is 12, 二十 is 20."""
    tens, ten, ones = signs.rpartition("十")
    return (HAN_DIGITS.find(tens) + 1 if tens else 1) * 10 * bool(ten) + HAN_DIGITS.find(ones or " ") + 1


def roman(letters: str) -> int:
    """Return the number that Roman numerals write: a letter before a larger one counts against it."""
    values = [LETTERS[letter] for letter in letters]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def run_on(places: Sequence[Place], *, strictly: bool, anywhere: bool = False) -> bool:
    """Say whether numbers follow one another: most of them, or all where `strictly`; a list begins with 0 or 1, unless `anywhere`."""
    steps = [follows(one, other, 1 if strictly else GAP) for one, other in pairwise(places)]
    if anywhere:
        return bool(steps) and all(steps)
    if places[0][-1] not in {0, 1} or not steps:
        return places == [(1,)] and not strictly
    return all(steps) if strictly else sum(steps) >= len(steps) / 2


def follows(one: Place, other: Place, gap: int) -> bool:
    """Say whether a number comes after another, at most `gap` further: 3 after 2, 2.2 after 2.1, 2.1 after 1.7."""
    return (one[:-1] == other[:-1] and 0 < other[-1] - one[-1] <= gap) or (len(other) > 1 and other[-1] == 1 and other[:-1] != one[:-1])
