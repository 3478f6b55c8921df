"""What one entry of a recogniser's reply lists: under a key for it, in groups of yes and no, as a field a value, or as a row.

Data flow: `entry of a statement → listed_in → what it lists, in the shapes that mentions know; None where it lists nothing`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from adaem_core.elicit.names import Names
from adaem_core.elicit.numbering import NUMBER_KEYS, number_in
from adaem_core.elicit.structured import keyed, letters
from adaem_core.elicit.verdict_words import DENIED_LIST, NAME_KEYS, NOTHING, PLACE_KEYS, QUOTE_KEYS, REMARK_KEYS
from adaem_core.elicit.verdicts import is_none

VALUES_KEYS = (
    "values", "dimensions", "labels", "value", "codes", "valuecodes", "expressedvalues", "valuesexpressed", "ids", "dimension", "code", "label", "categories", "tags",
    "valueids", "identifiedvalues", "matches",
)  # fmt: skip
PRESENT_KEYS = ("expressed", "present", "yes", "true", "found", "applicable", "included")
ABSENT_KEYS = ("notexpressed", "absent", "no", "false", "notpresent", "unexpressed", "notapplicable", "excluded", "missing", "notfound")
ANY_KEYS = (
    "expressed",
    "present",
    "expressesvalue",
    "expressesvalues",
    "hasvalue",
    "hasvalues",
    "anyvalue",
    "valueexpressed",
    "isexpressed",
)


class Row(list[Any]):
    """What a row of a long table lists: one value, with what is said of it, or none."""


def listed_in(entry: Any, names: Names) -> Any:
    """Return what an entry lists: in groups of yes and no, as one field a value, under a key for it, or itself; None where nothing is."""
    if not isinstance(entry, dict):
        return entry
    fields = keyed(entry)
    flat = {key: value for key, value in entry.items() if names.find(key)}
    if (groups := grouped(fields)) is not None or flat:
        return flat if groups is None else groups
    key = next((key for key in VALUES_KEYS if key in fields), None)
    if key is None or (key in NAME_KEYS and names.find(fields[key])):
        row = listed_as_row(entry, names)
        return only_list(entry, names) if row is None else row
    groups = grouped(keyed(fields[key]))
    return groups if groups is not None else beside_each(fields[key], fields) if fields[key] else [] if fields[key] is None else fields[key]


def beside_each(listed: Any, fields: Mapping[str, Any]) -> Any:
    """Return values with the scores or verdicts that stand in a list of their own beside them, in the same order; else the values."""
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        return listed
    told = next(
        (each for each in fields.values() if isinstance(each, list) and each and all(isinstance(one, int | float) for one in each)), None
    )
    return listed if told is None else [dict(zip(listed, told, strict=True))] if len(told) == len(listed) else None


def listed_as_row(entry: Mapping[str, Any], names: Names) -> list[Any] | None:
    """Return the one value that a row of a long table names beside its statement, with what is said of it, or none; else None."""
    fields = keyed(entry)
    if any(names.find(fields.get(name)) for name in NAME_KEYS):
        return Row([entry])
    named = [fields[name] for name in NAME_KEYS if name in fields and number_in(fields[name]) is None]
    return Row() if named and all(each is None or (isinstance(each, str) and is_none(each)) for each in named) else None


def only_list(entry: Mapping[str, Any], names: Names) -> Any:
    """Return what stands in the only field of an entry that lists values, under whatever key; None when there is none, or several."""
    known = (*NUMBER_KEYS, *PLACE_KEYS, *QUOTE_KEYS, *REMARK_KEYS)
    found = [value for key, value in entry.items() if letters(str(key)) not in known and not DENIED_LIST.search(letters(str(key)))]
    lists = [value for value in found if lists_values(value, names)]
    return lists[0] if len(lists) == 1 and not any(isinstance(value, list | dict) for value in found if value not in lists) else None


def lists_values(value: Any, names: Names) -> bool:
    """Say whether a field of unknown name lists values: a list or mapping with one at least, an empty one, or a value's name."""
    if isinstance(value, list):
        return not value or any(names.find(one) for each in value for one in inside(each))
    if isinstance(value, dict):
        return not value or any(names.find(str(key)) for key in value)
    return isinstance(value, str) and (names.find(value) is not None or is_none(value))


def inside(each: Any) -> Iterable[Any]:
    """Return what may be the name in one of several listed values."""
    return each.values() if isinstance(each, dict) else each if isinstance(each, list) else [each]


def grouped(fields: Mapping[str, Any]) -> list[Any] | None:
    """Return the values of lists called "expressed" and "not expressed", each with its verdict; None when there are none."""
    groups = [
        (key in PRESENT_KEYS, value) for key, value in fields.items() if key in (*PRESENT_KEYS, *ABSENT_KEYS) and isinstance(value, list)
    ]
    if not groups or not any(present for present, _ in groups):
        return None
    return [each if present else {"id": name_in(each), "expressed": False} for present, group in groups for each in group]


def name_in(each: Any) -> str:
    """Return the name in one listed value."""
    fields = keyed(each)
    return str(next((fields[key] for key in NAME_KEYS if key in fields), each))


def contradicted(entry: Mapping[str, Any], listed: Any) -> bool:
    """Say whether an entry says in a field of its own that a statement expresses nothing, and lists values, or the other way round."""
    if not isinstance(listed, list) or any(each is entry for each in listed):
        return False
    fields = keyed(entry)
    told = {bool(fields[key]) for key in ANY_KEYS if isinstance(fields.get(key), bool)}
    nothing = any(isinstance(words := fields.get(key), str) and NOTHING.fullmatch(words) for key in REMARK_KEYS)
    return (bool(told) and told != {bool(listed)}) or (nothing and bool(listed))
