"""Which values are mentioned in what is listed for one statement: in a list, a mapping from value to verdict, or words.

Data flow: `what is listed for a statement → mentions → a Mention of each value; an unknown name as it stands`.
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from adaem_core.elicit.evidence import verbatim
from adaem_core.elicit.names import Names
from adaem_core.elicit.structured import keyed
from adaem_core.elicit.verdict_words import NAME_KEYS
from adaem_core.elicit.verdicts import Mention, Said, is_none, mention_of, quote_in, said_of

QUOTED = re.compile(r"\"[^\"\n]{0,600}\"|“[^”\n]{0,600}”|«[^»\n]{0,600}»|„[^“”\n]{0,600}[“”]|「[^」\n]{0,600}」")
APART = re.compile(r"[,;\n/&•·、，；|+]|(?:<br ?/?>)|\b(?:and|und|et|y|e|и)\b")


def mentions(listed: Any, text: str, names: Names) -> Iterator[Mention | str]:
    """Yield every value listed for one statement, in a list, a mapping from value to verdict, or words; an unknown name as it stands."""
    if isinstance(listed, str):
        found = [mention_of(part, text, names) for part in pieces(listed, names)]
        yield from (each for each in found if each is not None)
    elif isinstance(listed, list):
        if is_pair(listed, text, names):
            yield from mention_beside(str(listed[0]), listed[1], text, names)
            return
        for each in listed:
            yield from mentions(each, text, names)
    elif (inner := wrapped(listed, names)) is not None:
        yield from mentions(inner, text, names)
    elif is_mapping_of_values(listed, names):
        for name, value in listed.items():
            yield from mention_beside(str(name), value, text, names)
    elif listed is not None and listed != {}:
        found = [mention_of(listed, text, names)]
        yield from (each for each in found if each is not None)


def wrapped(listed: Any, names: Names) -> Any:
    """Return what the only field of a mapping holds when that is no value's name: <values><value>…</value></values>; else None."""
    if not isinstance(listed, dict) or len(listed) != 1:
        return None
    (key, value), *_ = listed.items()
    return value if isinstance(value, dict | list) and names.find(str(key)) is None else None


def is_pair(listed: list[Any], text: str, names: Names) -> bool:
    """Say whether a list is a value's name and what is said of it: a number, a truth value, or words of the statement."""
    if len(listed) != 2 or names.find(listed[0]) is None:
        return False
    return isinstance(listed[1], bool | int | float) or (isinstance(listed[1], str) and bool(verbatim(listed[1], text)))


def pieces(words: str, names: Names) -> list[str]:
    """Return words cut into values: where several are named, or where the whole is none. What is quoted is not cut."""
    words = words.replace("\0", "")
    quotes, places = QUOTED.findall(words), count()
    cut = APART.split(names.assigned.sub(";", QUOTED.sub(lambda _: f"\0{next(places)}\0", words)))
    parts = [re.sub("\0(\\d+)\0", lambda place: quotes[int(place[1])], part) for part in cut if part.strip()]
    several = len({found[0] for part in parts if (found := names.find(part))}) > 1
    return parts if several or not (is_none(words) or names.find(words)) else [words]


def is_mapping_of_values(listed: Any, names: Names) -> bool:
    """Say whether what is listed is a mapping from values to what is said of them, and not one value with its fields."""
    if not isinstance(listed, dict):
        return False
    return any(names.find(key) for key in listed) or not (
        any(key in NAME_KEYS for key in keyed(listed)) or any(map(names.find, listed.values()))
    )


def mention_beside(name: str, value: Any, text: str, names: Names) -> Iterator[Mention | str]:
    """Yield what a mapping says of one value: here nothing is a no."""
    named = names.find(name)
    if named is None:
        yield from () if is_none(name) else (name,)
        return
    said = Said.NO if value is None or (isinstance(value, list | dict) and not value) else said_of(value, text)
    said = Said.GAP if said is Said.BLANK else said
    yield Mention(named[0], said, value if isinstance(value, str) else quote_in(keyed(value) or {"quote": value}))
