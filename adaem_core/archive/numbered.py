"""Lists whose texts begin with numbers, letters or dots: they number the items, and are no part of what is asked.

A number goes only where the numbers run on from text to text: "1984 was a bad year" keeps its year.
Data flow: `texts of a list → texts without what numbers them, or None where nothing does`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

Place = tuple[int, ...]  # (3,) of “3.”, “Q3:” or “c)”; (3, 1) of “3.1”
BULLET = re.compile(
    r"^(?:[-*+•–—▪▫◦‣·●○■□➢➤►▶→⇒✓✔★☆✦✅❌❓❔☑☒⭐\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?|\\item(?:\[[^\]]*\])?)\s+(?=\S)"
)
BOX = re.compile(r"^(?:\[[ xX✓]?\]|[☐☑☒])\s*(?=\S)")
CIRCLED = re.compile(r"^([①-⑳⓪⑴-⒛])\s*(?=\S)")
LABEL = r"(?:(?:q|qu|question|item|statement|nr|no|frage|pregunta|domanda|вопрос)\.?\s?)?"
SIGN = r"(?:(?:[.):\]}、．）：º°ª]{1,2}|\s[-–—])(?:\s+(?=\S)|(?=[^\s\d]))|[-–—/º°ª]\.?\s+(?=\S))"
NUMBERED = re.compile(rf"^{LABEL}[(\[（{{]?\s?(?:(\d{{1,4}}(?:\.\d{{1,3}}){{0,2}})|([a-zа-яёα-ω]))\s?{SIGN}", re.IGNORECASE)
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "αβγδεζηθικλμνξοπρστυφχψω")
ROMAN = re.compile(rf"^{LABEL}[(\[（]?\s?((?=[ivx])x{{0,3}}(?:ix|iv|v?i{{0,3}}))\s?{SIGN}", re.IGNORECASE)
# Codes of variables: “V12:”, “[Q1]”, “Item #1:”, “A1.” before “A2.” and “B1.”; without a sign after them they begin with 1.
NUMBER = r"[\s.#_-]{0,3}(\d{1,3}(?:\.\d{1,3}){0,2})"
WORD = r"(?i:q|qu|v|var|item|question|statement|frage|pregunta|domanda|вопрос|問|问|题|題|설문|문항|문제)"
CODED = re.compile(rf"^[(\[（]?([A-Z]{{1,4}}|{WORD}){NUMBER}\s?{SIGN}")
CODE_AND_BLANK = re.compile(rf"^({WORD}|#){NUMBER}\s+(?=\S)")
HAN = re.compile(r"^[(（]?第?([一二三四五六七八九十]{1,3})[题題条條项項问問]?\s?[、.．:：)）]\s*(?=\S)")
HAN_DIGITS = "一二三四五六七八九"
LETTERS = {"i": 1, "v": 5, "x": 10}
GAP = 3  # some items of a list may have lost their numbers
SHARED = re.compile(r"^[(\[]?(\d{1,3})\s?(?:/|of)\s?\d{1,3}[)\]]?[.:]?\s+(?=\S)")  # “2/7”: the second of seven
TIMED = re.compile(r"^[\[(]?(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?)[\])]?\s+(?=\S)")  # when it was said
SPEAKER = re.compile(r"^((?:[^\W\d_][\w.]{0,20}\s?){1,2}):\s+(?=\S)")
FEWEST = 3  # numbers that run on from any
LARGEST = 1000  # number of such a list: larger ones are years
SPACED = re.compile(r"^(\d{1,4}(?:\.\d{1,3}){0,2})\s+(?=\S)")


def unnumbered(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the texts without the numbers, letters, dots or boxes before most of them, None where most have none."""
    bare = [BOX.sub("", BULLET.sub("", text)) for text in texts]
    for form in (NUMBERED, CIRCLED, ROMAN, HAN, CODED, TIMED, SHARED, SPACED, CODE_AND_BLANK):
        found = [form.match(text) for text in bare]
        places = [place_of(each) for each in found if each]
        if len(places) > len(texts) / 2 and run_on(form, places):
            return tuple(text[each.end() :] if each else text for text, each in zip(bare, found, strict=True))
    dotted = sum(one != other for one, other in zip(bare, texts, strict=True))
    return tuple(bare) if dotted > len(texts) / 2 else None


def place_of(found: re.Match[str]) -> Place:
    """Return the number that a text begins with; a letter counts from 1."""
    if found.re is CIRCLED:
        return (int(unicodedata.numeric(found[1])),)
    if found.re is NUMBERED and found[2]:
        return (max(letters.find(found[2].lower()) for letters in ALPHABETS) + 1,)
    if found.re is ROMAN:
        return (roman(found[1].lower()),)
    if found.re is HAN:
        return (han(found[1]),)
    if found.re in (CODED, CODE_AND_BLANK):
        return (int.from_bytes(found[1].casefold().encode(), "big"), *map(int, found[2].split(".")))
    return tuple(map(int, re.split(r"[.:,]", found[1])))


def han(signs: str) -> int:
    """Return the number below 100 that is written in Chinese: 十二 is 12, 二十 is 20."""
    tens, ten, ones = signs.rpartition("十")
    return (HAN_DIGITS.find(tens) + 1 if tens else 1) * 10 * bool(ten) + HAN_DIGITS.find(ones or " ") + 1


def roman(letters: str) -> int:
    """Return the number that Roman numerals write: a letter before a larger one counts against it."""
    values = [LETTERS[letter] for letter in letters]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def run_on(form: re.Pattern[str], places: Sequence[Place]) -> bool:
    """Say whether numbers of this form follow one another: most of them, or all where no sign tells them from words.

    A list begins with 0 or 1; a part of a longer one with any number if it goes on by ones, and codes with any.
    """
    strictly = form in (SHARED, SPACED, CODE_AND_BLANK)
    steps = [follows(one, other, 1 if strictly else GAP) for one, other in pairwise(places)]
    rising = all(one < other for one, other in pairwise(places))
    if form in (TIMED, CODED):
        return bool(steps) and (rising if form is TIMED else all(steps))
    if len(places) == 1 or strictly:
        return bool(steps and all(steps) and places[0][-1] in {0, 1}) if strictly else places == [(1,)]
    if places[0][-1] not in {0, 1}:
        return len(places) >= FEWEST and places[-1][0] < LARGEST and all(follows(one, other, 1) for one, other in pairwise(places))
    return sum(steps) >= len(steps) / 2 or (rising and len(places) >= FEWEST)


def follows(one: Place, other: Place, gap: int) -> bool:
    """Say whether a number comes after another, at most `gap` further: 3 after 2, 2.2 after 2.1, 2.1 after 1.7."""
    return (one[:-1] == other[:-1] and 0 < other[-1] - one[-1] <= gap) or (len(other) > 1 and other[-1] == 1 and other[:-1] != one[:-1])


def unlabelled(texts: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Return the texts without the label that begins most of them (“Interviewer: …”), and that label; None where there is none."""
    found = [SPEAKER.match(text) for text in texts]
    labels = Counter(each[1] for each in found if each)
    label, times = labels.most_common(1)[0] if labels else ("", 0)
    if times < 2 or times <= len(texts) / 2:
        return None
    return tuple(text[each.end() :] if each and each[1] == label else text for text, each in zip(texts, found, strict=True)), label
