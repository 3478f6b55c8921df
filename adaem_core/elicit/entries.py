"""Find a recogniser's entries in what it sent: for each statement its number and what is listed for it, whatever shape that has.

Data flow: `value of a JSON reply, or rows of a table → entries_of → (statement number, listed values) of every entry`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adaem_core.elicit.evidence import comparable, verbatim
from adaem_core.elicit.names import Names
from adaem_core.elicit.structured import ASIDE, keyed, letters
from adaem_core.elicit.tables import LINE
from adaem_core.elicit.verdict_words import NAME_KEYS, REMARK_KEYS
from adaem_core.elicit.verdicts import Mention, Said, is_none, mention_of, quote_in, said_of

Entry = tuple[int, Any]  # the number of a statement, None of which is below 0, and what is listed for it

DEEPEST = 6
MOST = 10_000  # no reply has as many statements
CONTAINERS = (
    "opinions",
    "statements",
    "results",
    "entries",
    "labels",
    "result",
    "answer",
    "response",
    "output",
    "data",
    "annotations",
    "items",
    "final",
    "finalanswer",
)
NUMBER_KEYS = (
    "number", "opinion", "statement", "index", "no", "opinionnumber", "statementnumber", "statementid", "opinionid", "statementno", "num", "nr", "n", "item", "entry", "text",
    "id", "opinionindex", "statementindex", "",
)  # fmt: skip
VALUES_KEYS = (
    "values", "dimensions", "labels", "value", "codes", "valuecodes", "expressedvalues", "valuesexpressed", "ids", "dimension", "code", "label", "categories", "tags",
    "valueids", "identifiedvalues", "matches",
)  # fmt: skip
PRESENT_KEYS = ("expressed", "present", "yes", "true", "found", "applicable", "included")
ABSENT_KEYS = ("notexpressed", "absent", "no", "false", "notpresent", "unexpressed", "notapplicable", "excluded", "missing", "notfound")
NUMBER = re.compile(
    r"[\s#(\[*_\"']*(?:(?:statement|opinion|item|entry|text|number|no\.?|nr\.?|point|s|o|q)[\s_#:.-]{0,3})?(?P<number>\d{1,4})(?:\.0+)?(?:\s?/\s?\d{1,4})?[\s).\]:*_\"']*",
    re.IGNORECASE,
)
APART = re.compile(r"[,;\n/&•·]|\band\b")


def entries_of(content: Any, texts: Sequence[str], names: Names, depth: int = 0) -> list[Entry] | None:
    """Return statement number and what is listed of every entry, whatever shape the JSON has; None when it has no such shape."""
    if depth > DEEPEST or not content:
        return None
    if isinstance(content, list):
        return entries_in_list(content, texts, names) or (entries_of(content[0], texts, names, depth + 1) if len(content) == 1 else None)
    if not isinstance(content, dict):
        return None
    for read in (numbered_keys, single_entry, by_value):
        if (found := read(content, texts, names)) is not None:
            return found
    fields = {key: value for key, value in keyed(content).items() if not ASIDE.search(key)}  # a draft beside the final judgement
    inner = sorted(fields, key=lambda key: CONTAINERS.index(key) if key in CONTAINERS else len(CONTAINERS))
    return next((found for key in inner if (found := entries_of(fields[key], texts, names, depth + 1)) is not None), None)


def entries_in_list(content: list[Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of a list; without numbers their places count, when there is one entry for every statement."""
    if len(texts) == 1 and all(isinstance(each, str) and not number_in(each) for each in content):
        return [(1, content)]
    found = [entry_of(each, place if len(content) == len(texts) else None, texts, names) for place, each in enumerate(content, 1)]
    entries = [each for each in found if each is not None]
    return entries if len(entries) == len(content) else None


def entry_of(entry: Any, place: int | None, texts: Sequence[str], names: Names) -> Entry | None:
    """Return number and listed values of one entry; None when one of them is missing."""
    if isinstance(entry, list):
        return (place, entry) if place else None
    if isinstance(entry, str):
        line = LINE.fullmatch(entry)
        return (int(line["number"]), line["listed"]) if line else None
    listed, number = listed_in(entry, names), number_of(entry, texts)
    if number is None and not any(
        keyed(entry).get(key) is not None for key in NUMBER_KEYS[:9]
    ):  # else it has a number, which cannot be read
        number = place
    return None if listed is None or number is None else (number, listed)


def number_of(entry: Mapping[str, Any], texts: Sequence[str]) -> int | None:
    """Return the number that an entry names its statement by, or that of the statement it repeats; None where it does neither."""
    fields = keyed(entry)
    told = [fields[key] for key in NUMBER_KEYS if key in fields]
    numbers = [found for each in told if (found := number_in(each)) is not None]
    return numbers[0] if numbers else next((found for each in told if isinstance(each, str) and (found := repeated(each, texts))), None)


def number_in(value: Any) -> int | None:
    """Return the number in 2, 2.0, "2." or "Statement 2"; None when there is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value <= MOST and value == int(value) else None
    if not isinstance(value, str):
        return None
    return int(match["number"]) if (match := NUMBER.fullmatch(value)) else None


def repeated(words: str, texts: Sequence[str]) -> int | None:
    """Return the number of the one statement that `words` repeat, whole or from its beginning; None when they repeat none or several."""
    said = comparable(re.sub(r"^\W*\d{1,3}[.):]\s", "", words))[0].strip(" \"'.…")
    found = [number for number, text in enumerate(texts, 1) if len(said) > 8 and comparable(text)[0].startswith(said)]
    return found[0] if len(found) == 1 else None


def numbered_keys(content: Mapping[str, Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of a mapping from statement number to values."""
    told = {key: value for key, value in content.items() if isinstance(value, str | list | dict) and letters(str(key)) not in REMARK_KEYS}
    numbers = [number_in(str(key)) if names.find(str(key)) is None else None for key in told]
    listed = [listed_in(value, names) if isinstance(value, dict) else value for value in told.values()]
    return [(number or 0, each) for number, each in zip(numbers, listed, strict=True)] if numbers and None not in numbers else None


def single_entry(content: Mapping[str, Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entry that a mapping is; None when it rather holds entries."""
    listed = listed_in(content, names)
    rows = listed if isinstance(listed, list) and number_of(content, texts) is None else []
    if any(
        isinstance(row, dict) and number_of(row, texts) is not None and listed_in(row, names) is not None
        for row in rows
        if row is not content
    ):
        return None
    entry = entry_of(content, 1 if len(texts) == 1 else None, texts, names)
    return [entry] if entry else None


def by_value(content: Mapping[str, Any], texts: Sequence[str], names: Names) -> list[Entry] | None:
    """Return the entries of a mapping from every value to the numbers of the statements that express it."""
    columns = {named[0]: value for key, value in content.items() if isinstance(value, list) and (named := names.find(str(key)))}
    rows = [
        (number_of(each, texts) if isinstance(each, dict) else number_in(each), id, each)
        for id, column in columns.items()
        for each in column
    ]
    numbers, wanted = {number for number, _, _ in rows}, set(range(1, len(texts) + 1))
    whole = (numbers == wanted and len(columns) == len(content)) or (numbers <= wanted and set(columns) == set(names.ids))
    repeats = len(rows) != len({(number, id) for number, id, _ in rows})
    if len(texts) < 2 or not columns or not whole or repeats:
        return None
    told = [(number, {**each, "id": id} if isinstance(each, dict) else id) for number, id, each in rows]
    return [(wanted_number, [each for number, each in told if number == wanted_number]) for wanted_number in sorted(wanted)]


def listed_in(entry: Any, names: Names) -> Any:
    """Return what an entry lists: under a key for it, in groups of yes and no, as one field a value, or itself; None where nothing is."""
    if not isinstance(entry, dict):
        return entry
    fields = keyed(entry)
    if (groups := grouped(fields)) is not None:
        return groups
    flat = {key: value for key, value in entry.items() if names.find(key)}
    key = next((key for key in VALUES_KEYS if key in fields), None)
    if flat or key is None:
        return flat or listed_as_row(entry, names)
    value = fields[key]
    if (groups := grouped(keyed(value))) is not None:
        return groups
    if key in NAME_KEYS and names.find(value) and len(fields) > 2:
        return listed_as_row(entry, names)
    return [] if value is None else value


def listed_as_row(entry: Mapping[str, Any], names: Names) -> list[Any] | None:
    """Return the one value that a row of a long table names beside its statement, with what is said of it; None when it names none."""
    return [entry] if any(names.find(keyed(entry).get(name)) for name in NAME_KEYS) else None


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
    elif is_mapping_of_values(listed, names):
        for name, value in listed.items():
            yield from mention_beside(str(name), value, text, names)
    else:
        found = [mention_of(listed, text, names)]
        yield from (each for each in found if each is not None)


def is_pair(listed: list[Any], text: str, names: Names) -> bool:
    """Say whether a list is a value's name and what is said of it: a number, a truth value, or words of the statement."""
    if len(listed) != 2 or names.find(listed[0]) is None:
        return False
    return isinstance(listed[1], bool | int | float) or (isinstance(listed[1], str) and bool(verbatim(listed[1], text)))


def pieces(words: str, names: Names) -> list[str]:
    """Return words cut into values: where several are named, or where the whole is none."""
    parts = [part for part in APART.split(words) if part.strip()]
    several = sum(names.find(part) is not None for part in parts) > 1
    return parts if several or not (is_none(words) or names.find(words)) else [words]


def is_mapping_of_values(listed: Any, names: Names) -> bool:
    """Say whether what is listed is a mapping from values to what is said of them, and not one value with its fields."""
    return isinstance(listed, dict) and (any(names.find(key) for key in listed) or not any(key in NAME_KEYS for key in keyed(listed)))


def mention_beside(name: str, value: Any, text: str, names: Names) -> Iterator[Mention | str]:
    """Yield what a mapping says of one value: here nothing is a no."""
    named = names.find(name)
    if named is None:
        yield from () if is_none(name) else (name,)
        return
    said = Said.NO if value is None or (isinstance(value, list | dict) and not value) else said_of(value, text)
    said = Said.GAP if said is Said.BLANK else said
    yield Mention(named[0], said, value if isinstance(value, str) else quote_in(keyed(value) or {"quote": value}))
