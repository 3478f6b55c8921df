"""Find a recogniser's entries in what it sent: for each statement its number and what is listed for it, whatever shape that has.

Data flow: `value of a JSON reply, or rows of a table → entries_of → (statement number, listed values) of every entry`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adaem_core.elicit.listings import Row, contradicted, listed_in, name_in
from adaem_core.elicit.names import Names
from adaem_core.elicit.numbering import WORD, has_own_number, number_in, number_of, numbers_of
from adaem_core.elicit.structured import ASIDE, letters
from adaem_core.elicit.verdict_words import DENIED_LIST, REMARK_KEYS
from adaem_core.elicit.verdicts import is_none

Entry = tuple[int, Any]  # the number of a statement, None of which is below 0, and what is listed for it

DEEPEST = 6
ASKED_FOR = "opinions"
FINAL_KEY = re.compile(r"final|revis|correct(?:ed|ion)")
LINE = re.compile(rf"\W*(?:{WORD}[\s_#]{{0,3}})?(?P<number>\d{{1,3}})\s?[.):=|–—-]+\s*(?P<listed>\S.*)", re.IGNORECASE | re.DOTALL)


def entries_of(content: Any, texts: Sequence[str], names: Names, depth: int = 0) -> list[Entry] | None:
    """Return statement number and what is listed of every entry, whatever shape the JSON has; None when it has no such shape."""
    if depth > DEEPEST or not content:
        return None
    if isinstance(content, list):
        return entries_in_list(content, texts, names) or (entries_of(content[0], texts, names, depth + 1) if len(content) == 1 else None)
    if not isinstance(content, dict):
        return None
    for read in (numbered_keys, single_entry):
        if (found := read(content, texts, names)) is not None:
            return found
    return entries_within(content, texts, names, depth)


def entries_within(content: Mapping[str, Any], texts: Sequence[str], names: Names, depth: int) -> list[Entry] | None:
    """Return the entries in a field of a mapping: the one called final, else the one asked for; None where several differ."""
    fields = {key: value for key, value in content.items() if not is_aside(key)}
    found = {key: entries for key, value in fields.items() if (entries := entries_of(value, texts, names, depth + 1)) is not None}
    called = [key for key in found if FINAL_KEY.search(key.lower())] or [key for key in found if letters(key) == ASKED_FOR] or list(found)
    return found[called[0]] if called and all(found[key] == found[called[0]] for key in called) else None


def is_aside(key: str) -> bool:
    """Say whether a field holds a draft, or what was looked for and not found."""
    return any(words.search(spelled) for spelled in (key.replace("_", " ").lower(), letters(key)) for words in (ASIDE, DENIED_LIST))


def entries_in_list(content: list[Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of a list; without numbers their places count, when there is one entry for every statement."""
    if len(texts) == 1 and all(isinstance(each, str) and not number_in(each) for each in content):
        return [(1, content)]
    if len(texts) == 1 and all(isinstance(each, dict) and names.find(name_in(each)) and not has_own_number(each) for each in content):
        return [(1, content)]
    if all(isinstance(each, dict) and len(each) == 1 for each in content) and (merged := of_single_fields(content, texts, names)):
        return merged
    if one_a_line(content, texts, names):
        return list(enumerate(content, 1))
    content = with_numbers(content, texts, names)
    found = [entry_of(each, place if len(content) == len(texts) else None, texts, names) for place, each in enumerate(content, 1)]
    entries = [each for each in found if each is not None]
    return entries if len(entries) == len(content) else None


def of_single_fields(content: Sequence[Mapping[str, Any]], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of a list whose every item is a mapping from one statement to its values; None when it is no such list."""
    fields = [field for each in content for field in each.items()]
    numbers = (
        None
        if any(names.find(key) or not isinstance(value, list | dict | str) for key, value in fields)
        else [*(numbers_of([key for key, _ in fields], texts) or ())]
    )
    return [(number, value) for number, (_, value) in zip(numbers, fields, strict=True)] if numbers else None


def one_a_line(content: Sequence[Any], texts: Sequence[str], names: Names) -> bool:
    """Say whether a list holds words for every statement in turn: not a flat list of codes, as one of them is none or several."""
    if len(content) != len(texts) or not all(isinstance(each, str) for each in content):
        return False
    lists = [[part for part in re.split(r"[,;&]|\band\b", each) if part.strip()] for each in content]
    whole = all(is_none(each) or all(names.find(part) for part in parts) for each, parts in zip(content, lists, strict=True))
    return whole and any(is_none(each) or len(parts) > 1 for each, parts in zip(content, lists, strict=True))


def with_numbers(content: list[Any], texts: Sequence[str], names: Names) -> list[Any]:
    """Return mappings with their numbers under the key for it, where these stand in all of them under a key of unknown words."""
    if not content or not all(isinstance(each, dict) for each in content) or any(has_own_number(each) for each in content):
        return content
    for key in filter(lambda key: not names.find(key), content[0]):
        numbers = [number_in(each.get(key)) for each in content]
        if len(set(numbers)) == len(content) and set(numbers) in (set(range(1, len(texts) + 1)), set(range(len(texts)))):
            return [{"number": each[key], **{name: value for name, value in each.items() if name != key}} for each in content]
    return content


def entry_of(entry: Any, place: int | None, texts: Sequence[str], names: Names) -> Entry | None:
    """Return number and listed values of one entry; None when one of them is missing."""
    if isinstance(entry, list):
        return entry_of_row(entry, names) or ((place, entry) if place else None)
    if isinstance(entry, str):
        line = LINE.fullmatch(entry)
        return (int(line["number"]), line["listed"]) if line else None
    if not isinstance(entry, dict):
        return None
    listed, number = listed_in(entry, names), number_of(entry, texts)
    if number is None and not has_own_number(entry) and not isinstance(listed, Row):
        number = place  # of an entry; a row that names one value may be one of many for a statement
    return None if listed is None or number is None or contradicted(entry, listed) else (number, listed)


def entry_of_row(row: list[Any], names: Names) -> Entry | None:
    """Return the entry of a list that begins with its statement's number: [2, "TRA"], [2, ["TRA", "SEC"]], [2, "TRA", "quote"]."""
    if (
        len(row) < 2
        or (number := number_in(row[0])) is None
        or not all(each is None or isinstance(each, str | list | dict) for each in row[1:])
    ):
        return None
    if names.find(row[0]):
        return None
    return (number, row[1]) if isinstance(row[1], list | dict) and len(row) == 2 else (number, Row(row[1:]))


def numbered_keys(content: Mapping[str, Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of a mapping from statement to values, remarks beside them aside; None when it is no such mapping."""
    told = {key: value for key, value in content.items() if names_statement(str(key), texts, names) or not is_remark(key, value)}
    numbers = None if any(names.find(str(key)) for key in told) else numbers_of(map(str, told), texts)
    if numbers is None or not all(value is None or isinstance(value, str | list | dict) for value in told.values()):
        return None
    listed = [listed_in(value, names) if value and isinstance(value, dict) else value or [] for value in told.values()]
    return None if None in listed else list(zip(numbers, listed, strict=True))


def names_statement(key: str, texts: Sequence[str], names: Names) -> bool:
    """Say whether a key alone names a statement."""
    return names.find(key) is None and numbers_of([key], texts) is not None


def is_remark(key: str, value: Any) -> bool:
    """Say whether a field beside the entries is a remark or a figure of the whole reply."""
    return not isinstance(value, list | dict) or letters(str(key)) in REMARK_KEYS


def single_entry(content: Mapping[str, Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entry that a mapping is; None when it rather holds entries."""
    listed = listed_in(content, names)
    rows = listed if isinstance(listed, list) and number_of(content, texts) is None else []
    if any(is_entry(row, texts, names) for row in rows if row is not content):
        return None
    entry = entry_of(content, 1 if len(texts) == 1 else None, texts, names)
    return [entry] if entry else None


def is_entry(row: Any, texts: Sequence[str], names: Names) -> bool:
    """Say whether a listed value is rather an entry itself."""
    if isinstance(row, list):
        return entry_of_row(row, names) is not None
    return isinstance(row, dict) and number_of(row, texts) is not None and listed_in(row, names) is not None


def differing(entries: Iterable[Entry]) -> bool:
    """Say whether one statement has several lists that are not the same; rows with one value each are no lists."""
    lists: dict[int, Any] = {}
    return any(lists.setdefault(number, listed) != listed for number, listed in entries if not is_row(listed))


def is_row(listed: Any) -> bool:
    """Say whether what is listed is one row of a long table, which names its statement itself, or nothing at all."""
    return isinstance(listed, Row) or (
        isinstance(listed, list) and len(listed) == 1 and isinstance(listed[0], dict) and has_own_number(listed[0])
    )
