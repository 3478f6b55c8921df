"""Entries of a reply that goes by value and not by statement: for each value, which statements express it.

Data flow: `mapping or table from value to statements → cells → what is said of every value → entries of every statement`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adaem_core.elicit.entries import Entry, is_aside, is_remark
from adaem_core.elicit.names import Names
from adaem_core.elicit.numbering import number_in, number_of, numbers_of
from adaem_core.elicit.structured import keyed, letters
from adaem_core.elicit.verdict_words import NAME_KEYS, REMARK_KEYS
from adaem_core.elicit.verdicts import is_none

Cells = dict[int, Any]  # what is said of one value, by statement
DEEPEST = 4
STATEMENTS = (
    "statements",
    "statement",
    "opinions",
    "opinion",
    "expressedin",
    "expressedby",
    "numbers",
    "statementnumbers",
    "opinionnumbers",
    "items",
    "points",
)


def entries_by_value(content: Any, texts: Sequence[str], names: Names, depth: int = 0) -> list[Entry] | None:
    """Return one entry for every statement from a reply that goes by value; None when it is no such reply, or leaves a statement open."""
    if depth > DEEPEST or not content or len(texts) < 2:
        return None
    columns = columns_of(content, names)
    if columns is None:
        fields = content if isinstance(content, dict) else {}
        inner = [value for key, value in fields.items() if not is_aside(str(key))]
        found = [entries for each in inner if (entries := entries_by_value(each, texts, names, depth + 1))]
        return found[0] if len(found) == 1 else None
    return turned(columns, texts, names)


def columns_of(content: Any, names: Names) -> dict[str, Any] | None:
    """Return what stands beside each value of a mapping, or of rows that name one value each; None when it is neither."""
    if isinstance(content, dict):
        pairs = [(key, value) for key, value in content.items() if names.find(str(key)) or not is_remark(key, value)]
    elif isinstance(content, list) and all(isinstance(row, dict) for row in content):
        pairs = [(name_of(row, names), rest(row, names)) for row in content]
    else:
        return None
    found = {named[0]: value for name, value in pairs if (named := names.find(str(name)))}
    return found if found and len(found) == len(pairs) else None


def name_of(row: Mapping[str, Any], names: Names) -> str:
    """Return the name of the value that a row is about, under whatever heading; empty when there is none."""
    named = {found[0] for each in row.values() if (found := names.find(each))}
    return named.pop() if len(named) == 1 else ""


def rest(row: Mapping[str, Any], names: Names) -> Any:
    """Return what a row says besides the name of its value: the only field, or all."""
    others = {key: value for key, value in row.items() if not (isinstance(value, str) and names.find(value)) and not is_told_aside(key)}
    if len(others) != 1 or number_in(str(next(iter(others)))) is not None:
        return others
    (key, told), *_ = others.items()
    # Elsewhere a lone "1" could as well be a verdict.
    return re.split(r"[,;&]|\band\b", told) if isinstance(told, str) and letters(str(key)) in STATEMENTS and not is_none(told) else told


def is_told_aside(key: Any) -> bool:
    """Say whether a field explains a value or a verdict, and tells no statement."""
    return str(key).lower() in (*REMARK_KEYS, "meaning", "definition")


def turned(columns: Mapping[str, Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of all statements from what is said of every value; None where a statement is in none and might be left out."""
    places = are_places(columns.values(), len(texts))
    found = {id: cells_in_turn(value) if places else cells(value, texts) for id, value in columns.items()}
    told = {id: each for id, each in found.items() if each is not None}
    numbers = {number for each in told.values() for number in each}
    wanted = set(range(1, len(texts) + 1))
    if 0 in numbers and len(texts) not in numbers and set(names.ids) <= set(told):
        told = {id: {number + 1: said for number, said in each.items()} for id, each in told.items()}
        numbers = {number + 1 for number in numbers}
    whole = numbers == wanted or (numbers <= wanted and set(told) == set(names.ids))
    if len(told) < len(columns) or not whole:
        return None
    return [(number, [mentioned(id, each[number]) for id, each in told.items() if number in each]) for number in sorted(wanted)]


def mentioned(id: str, said: Any) -> Any:
    """Return one value with what is said of it for one statement, as entries list it."""
    return {**said, "id": id} if isinstance(said, dict) and not any(key in NAME_KEYS for key in keyed(said)) else {id: said}


def are_places(columns: Iterable[Any], count: int) -> bool:
    """Say whether all columns hold one verdict for every statement in turn, and cannot be lists of statements' numbers."""
    lists = [each for each in columns]
    whole = all(
        isinstance(each, list) and len(each) == count and all(isinstance(one, bool | int | float | str) for one in each) for each in lists
    )
    numbers = all(number_in(one) is not None for each in lists for one in each) if whole else True
    return whole and (not numbers or any(len(set(map(number_in, each))) < len(each) for each in lists))


def cells_in_turn(column: Sequence[Any]) -> Cells:
    """Return what a column says of each statement in turn."""
    return dict(enumerate(column, 1))


def cells(column: Any, texts: Sequence[str]) -> Cells | None:
    """Return what is said of a value by statement: by a list of those that express it, or by a verdict beside each; None when unclear."""
    if column is None or (isinstance(column, str) and is_none(column)):
        return {}
    if isinstance(column, str):
        column = [part for part in re.split(r"[,;&]|\band\b", column) if part.strip()]
        if len(column) == 1 and column[0].strip().isdigit():
            return None  # as well a verdict
    if isinstance(column, dict):
        inner = [each for each in column.values() if isinstance(each, list)]
        keys = numbers_of(map(str, column), texts) if column else []
        if keys is None:
            return cells(inner[0], texts) if len(inner) == 1 and len(column) <= 2 else None
        return dict(zip(keys, column.values(), strict=True))
    if not isinstance(column, list):
        return None
    numbers = [number_of(each, texts) if isinstance(each, dict) else number_in(each) for each in column]
    told = {number: each if isinstance(each, dict) else True for number, each in zip(numbers, column, strict=True) if number is not None}
    return told if len(told) == len(column) else None
