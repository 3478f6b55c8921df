"""The points of an answer given as JSON or XML: in a list, in a mapping, in parallel lists, or under numbered keys.

Data flow: `decoded value → points_of → points, each a text or a pair of point and justification`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adaem_core.elicit.structured import keyed, letters

Item = str | tuple[str, str]
POINT_KEYS = (
    "point", "keypoint", "title", "claim", "argument", "reason", "name", "text", "statement", "opinion", "heading", "summary", "headline", "key", "topic", "header", "label", "idea",
    "assertion", "premise",
)  # fmt: skip
JUSTIFICATION_KEYS = (
    "justification", "shortjustification", "briefjustification", "explanation", "reasoning", "rationale", "description", "details", "reason", "why", "support", "detail", "body", "elaboration",
    "evidence", "content", "text", "argument", "because", "supportingargument", "supportingreason", "basis", "value", "warrant", "statement",
)  # fmt: skip
LIST_KEYS = (
    "points",
    "arguments",
    "reasons",
    "opinions",
    "justifications",
    "keypoint",
    "claims",
    "statements",
    "considerations",
    "items",
    "list",
)
LIST_LINE = re.compile(r"(?:\A|\n)\s{0,9}(?:\d{1,2}[.)]|[-*•])\s+")
PLACE_KEYS = ("id", "number", "rank", "n", "no", "index", "order", "position", "priority", "weight")


def points_of(value: Mapping[str, Any], stance: str) -> list[Item]:
    """Return the points beside a stance: in a list, in parallel lists, or under numbered keys."""
    if rows := numbered_rows(value, stance):
        return rows
    fields = {key: each for key, each in keyed(value).items() if key != stance}
    lists = {
        key: each
        for key, each in fields.items()
        if (isinstance(each, dict | list) and key.endswith((*LIST_KEYS, *JUSTIFICATION_KEYS, *POINT_KEYS)))
        or (isinstance(each, str) and key.endswith(LIST_KEYS) and LIST_LINE.match(each))
    }
    if (pair := parallel(lists)) is not None:
        return pair
    if found := next((found for key, each in lists.items() if key.endswith((*LIST_KEYS, "point")) and (found := items(each))), []):
        return found
    return next((found for each in lists.values() if (found := items(each))), [])


def numbered_rows(value: Mapping[str, Any], stance: str) -> list[Item]:
    """Return the points under numbered keys: "1", "point_1" with "justification_1", "Key Point 1"."""
    rows: dict[str, dict[str, Any]] = {}
    for key, each in value.items():
        if (
            (number := re.sub(r"\D", "", str(key)))
            and letters(str(key)) != stance
            and letters(str(key)) in ("", *POINT_KEYS, *JUSTIFICATION_KEYS)
        ):
            rows.setdefault(number, {}).update(each if isinstance(each, dict) else {letters(str(key)) or "text": each})
    return [item for row in rows.values() for item in items([row])]


def parallel(lists: Mapping[str, Any]) -> list[Item] | None:
    """Return the points of two lists of equal length, one of points and one of their justifications; None when there are not two."""
    named = {
        key.rstrip("s"): each for key, each in lists.items() if isinstance(each, list) and all(isinstance(inner, str) for inner in each)
    }
    points = next((key for key in named if key.endswith(POINT_KEYS)), "")
    others = next((key for key in named if key in JUSTIFICATION_KEYS and key != points), "")
    if not points or not others or len(named[points]) != len(named[others]):
        return None
    return list(zip(named[points], named[others], strict=True))


def items(listed: Any) -> list[Item]:
    """Return the points in a list, in a mapping from number or title to text, or in one entry."""
    return [item for each in entries(listed) if (item := item_of(each)) and (isinstance(item, str) or any(item))]


def entries(listed: Any) -> list[Any]:
    """Return the single entries of what is listed."""
    if isinstance(listed, str):
        return [part for part in LIST_LINE.split(listed) if part.strip()] if LIST_LINE.match(listed) else [listed]
    if isinstance(listed, list):
        return [
            inner
            for each in listed
            for inner in (
                entries(each) if isinstance(each, list) and any(isinstance(inner, dict | list) for inner in each) else grouped(each)
            )
        ]
    return entries_in_mapping(listed) if isinstance(listed, dict) else []


def grouped(entry: Any) -> list[Any]:
    """Return the entries in one that groups others, such as {"category": …, "points": […]}; else the entry itself."""
    lists = [each for key, each in keyed(entry).items() if key.endswith(LIST_KEYS) and isinstance(each, list)]
    return entries(lists[0]) if len(lists) == 1 and all(isinstance(each, dict) and len(each) > 1 for each in lists[0]) else [entry]


def entries_in_mapping(listed: Mapping[str, Any]) -> list[Any]:
    """Return the entries of a mapping from number or title to text, of one that wraps a list, or the one entry that it is."""
    fields = keyed(listed)
    alone = next(iter(fields.values())) if len(listed) == 1 else None
    if isinstance(alone, list) and next(iter(fields)).endswith((*LIST_KEYS, *POINT_KEYS)):
        return entries(alone)
    if isinstance(alone, dict):
        return [alone if keyed(alone).keys() & set(POINT_KEYS) else {"title": next(iter(listed)), **alone}]
    both = fields.keys() & set(JUSTIFICATION_KEYS) and fields.keys() & set(POINT_KEYS)
    if both and all(isinstance(each, str) for each in fields.values()):
        return [listed]
    return [entry_under(key, value) for key, value in listed.items()]


def entry_under(key: str, value: Any) -> Any:
    """Return an entry of a mapping, with its key as the title where that is more than a number or the word point."""
    if not letters(str(key)) or letters(str(key)) in POINT_KEYS:
        return value
    return {"title": key, **value} if isinstance(value, dict) else {"point": key, "justification": value}


def item_of(entry: Any) -> Item | None:
    """Return an entry as one text, or as point and justification; None when it holds no text."""
    if isinstance(entry, str):
        return entry.strip() or None
    if isinstance(entry, dict) and len(entry) == 1 and isinstance(inner := next(iter(entry.values())), dict) and len(inner) > 1:
        return item_of(inner)
    if isinstance(entry, list):
        return (in_words(entry[0]), " ".join(in_words(each) for each in entry[1:])) if entry else None
    told = {key: words for key, value in keyed(entry).items() if len(words := in_words(value)) > 4 or key not in PLACE_KEYS}
    fields = {key: words for key, words in told.items() if words}
    point = next((key for key in POINT_KEYS if key in fields), None)
    justification = next((key for key in JUSTIFICATION_KEYS if key in fields and key != point), None)
    if not (point or justification) and len(fields) == 1:
        titled = ((str(title), in_words(text)) for title, text in entry.items() if letters(str(title)) in fields)
        return next((pair if letters(pair[0]) else pair[1] for pair in titled), None)
    if len(fields) == 1:
        return next(iter(fields.values()))
    if not (point and justification) and len(fields) == 2:  # keys of its own: the first is the point
        point, justification = fields
    return fields.get(point or "", ""), fields.get(justification or "", "")


def in_words(value: Any) -> str:
    """Return the text in a value: its own, or that of its parts one after the other."""
    return " ".join(each.strip() for each in words_in(value) if each.strip())


def words_in(value: Any) -> Iterator[str]:
    """Yield every text in a value; keys, numbers and truth values are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from words_in(each)
