"""Which statement is meant: by its number, in digits, as an ordinal or a Roman numeral, or by its own words.

Data flow: `a key, a field or the beginning of a line → number of the statement, or None`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adaem_core.elicit.evidence import comparable
from adaem_core.elicit.structured import keyed

MOST = 10_000  # no reply has as many statements
WORD = (
    r"(?:statements?|opinions?|items?|entry|texts?|sentences?|numbers?|points?|claims?|arguments?|no\.?|nr\.?|num|aussage|meinung|aussagen|nummer|énoncé|enonce|déclaration"
    r"|opinión|enunciado|declaración|afirmación|afirmação|affermazione|dichiarazione|opinione|stelling|uitspraak|утверждение|высказывание|мнение|пункт|stwierdzenie"
    r"|陈述|觀點|观点|声明|意见|意見|文|発言|진술|의견|عبارة|بيان|कथन|pernyataan|ifade|s|o|q|#)"
)
NUMBER = re.compile(
    rf"[\s(\[*_\"'<]*(?:{WORD}[\s_#:.№n°º-]{{0,4}})?(?:第|#)?(?P<number>\d{{1,4}})(?:\.0+)?(?:\s?/\s?\d{{1,4}})?[\s).\]:*_\"'>]*",
    re.IGNORECASE,
)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
ORDINAL = re.compile(
    rf"\W*(?:the )?(?:(?P<ordinal>{'|'.join(ORDINALS)})|(?P<counted>\d{{1,3}})(?:st|nd|rd|th))(?:[\s_]{WORD})?\W*", re.IGNORECASE
)
CARDINAL = re.compile(rf"\W*{WORD}[\s_-](?P<cardinal>{'|'.join(CARDINALS)})\W*", re.IGNORECASE)
NUMBER_KEYS = (
    "number", "opinion", "statement", "index", "no", "opinionnumber", "statementnumber", "statementid", "opinionid", "statementno", "num", "nr", "n", "item", "entry", "text",
    "id", "opinionindex", "statementindex", "", "idx", "statementtext", "sentence", "input", "point",
)  # fmt: skip
OWN_NUMBER = NUMBER_KEYS[:9]  # what stands here is a number, or cannot be read


def number_in(value: Any) -> int | None:
    """Return the number in 2, 2.0, "2.", "Statement 2", "second" or "statement two"; None when there is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value <= MOST and value == int(value) else None
    if not isinstance(value, str) or len(value) > 60:
        return None
    if match := NUMBER.fullmatch(value):
        return int(match["number"])
    if match := ORDINAL.fullmatch(value):
        return int(match["counted"]) if match["counted"] else ORDINALS.index(match["ordinal"].lower()) + 1
    return CARDINALS.index(match["cardinal"].lower()) + 1 if (match := CARDINAL.fullmatch(value)) else None


def repeated(words: str, texts: Sequence[str]) -> int | None:
    """Return the number of the one statement that `words` repeat, whole or from its beginning; None when they repeat none or several."""
    said = comparable(re.sub(r"^\W*\d{1,3}[.):]\s", "", words))[0].strip(" \"'.…")
    spoken = [comparable(text)[0] for text in texts]
    found = [
        number
        for number, text in enumerate(spoken, 1)
        if (len(said) > 8 and text.startswith(said)) or (said and text.strip(" \"'.…") == said)
    ]
    return found[0] if len(found) == 1 else None


def number_of(entry: Mapping[str, Any], texts: Sequence[str]) -> int | None:
    """Return the number that an entry names its statement by, or that of the statement it repeats; None where it does neither.

    None, too, where the words are another statement's than the number; those of a reply that counts from 0 are one further.
    """
    fields = keyed(entry)
    told = [fields[key] for key in NUMBER_KEYS if key in fields]
    number = next((found for each in told if (found := number_in(each)) is not None), None)
    spoken = next((found for each in told if isinstance(each, str) and (found := repeated(each, texts))), None)
    if number is None or spoken is None:
        return spoken if number is None else number
    return number if spoken in (number, number + 1) else None


def has_own_number(entry: Mapping[str, Any]) -> bool:
    """Say whether an entry has a number, or a field for it, whatever stands in it."""
    fields = keyed(entry)
    told = ((key, value) for key, value in fields.items() if value is not None and key in NUMBER_KEYS)
    return any(key in OWN_NUMBER or number_in(value) is not None for key, value in told)


def numbers_of(keys: Iterable[str], texts: Sequence[str]) -> list[int] | None:
    """Return the numbers of the statements that all `keys` name, in one and the same way; None when one names none."""
    keys = list(keys)
    for number in (number_in, roman, counted, lambda key: repeated(key, texts)):
        found = [number(key) for key in keys]
        if found and None not in found:
            return [each for each in found if each is not None]
    return None


def counted(key: str) -> int | None:
    """Return the number that a word alone counts to; None when `key` is none."""
    return CARDINALS.index(key.strip().lower()) + 1 if key.strip().lower() in CARDINALS else None


def roman(key: str) -> int | None:
    """Return the number that a Roman numeral stands for; None when `key` is none."""
    bare = re.sub(rf"^{WORD}[\s_-]", "", key.strip(" .)(:"), flags=re.IGNORECASE).lower()
    return ROMANS.index(bare) + 1 if bare in ROMANS else None
