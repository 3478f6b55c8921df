"""Read replies in JSON, leniently: prose and fences around them, trailing commas, single quotes, any spelling of the keys.

Data flow: `reply → find_json → value`; for answers `reply → read_structured → stance and opinions`.
"""

import ast
import json
import re
from itertools import islice
from typing import Any

from adaem_core.elicit.plain import LONGEST, plain
from adaem_core.elicit.stance import stance_of
from adaem_core.records import Opinion

TRIES = 12  # places where JSON may begin; a bound keeps the time linear
TRAILING_COMMA = re.compile(r",\s{0,200}([}\]])")
POINT_KEYS = ("point", "keypoint", "title", "claim", "argument", "reason", "name", "text", "statement", "opinion", "heading", "summary")
JUSTIFICATION_KEYS = (
    "justification",
    "shortjustification",
    "explanation",
    "reasoning",
    "rationale",
    "description",
    "details",
    "reason",
    "why",
    "support",
)
LIST_KEYS = ("points", "arguments", "reasons", "opinions", "justifications", "keypoint")


def find_json(text: str) -> Any:
    """Return the first JSON value in `text` that holds an object or a list of lists; None when there is none, or over LONGEST."""
    if len(text) > LONGEST:
        return None
    places = islice(re.finditer(r"[{\[]", text), TRIES)
    values = (decode(text[place.start() :]) for place in places)
    return next((value for value in values if holds_more(value)), None)


def holds_more(value: Any) -> bool:
    """Say whether a decoded value is more than a remark in square brackets, such as "[1]"."""
    return bool(value) and (isinstance(value, dict) or any(isinstance(each, (dict, list)) for each in value))


def decode(text: str) -> Any:
    """Return the JSON object or list at the start of `text`, mending trailing commas and Python quotes; None when it is none."""
    closing = text.rfind("}" if text[0] == "{" else "]") + 1
    for candidate in (text, TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(candidate)[0]
        except (ValueError, RecursionError):
            continue
    try:
        return ast.literal_eval(TRAILING_COMMA.sub(r"\1", text[:closing])) if "'" in text else None
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def letters(key: object) -> str:
    """Return a key without case, spaces, underscores and digits: "Key_Points" and "key points" are one."""
    return re.sub(r"[^a-z]", "", str(key).lower())


def keyed(content: Any) -> dict[str, Any]:
    """Return a mapping by the letters of its keys; empty when `content` is no mapping."""
    return {letters(key): value for key, value in content.items()} if isinstance(content, dict) else {}


def read_structured(prepared: str) -> tuple[str | None, list[Opinion]] | None:
    """Return stance and opinions of an answer given as JSON; None when the reply is no such object."""
    if "{" not in prepared:
        return None
    content = keyed(find_json(prepared))
    nested = next((keyed(value) for value in content.values() if "stance" in keyed(value)), content)
    if "stance" not in nested:
        return None
    listed = next((value for key, value in nested.items() if key.endswith(LIST_KEYS) and isinstance(value, (list, dict))), None)
    return stance_of(str(nested["stance"])), [each for item in items(listed) if (each := structured_opinion(item))]


def items(listed: Any) -> list[Any]:
    """Return the entries of a list of points, or of a mapping from number or title to text."""
    if isinstance(listed, dict):
        return [
            value if not letters(key) or letters(key) in POINT_KEYS else {"point": key, "justification": value}
            for key, value in listed.items()
        ]
    return listed if isinstance(listed, list) else []


def structured_opinion(item: Any) -> Opinion | None:
    """Return the opinion in one entry; None when it holds no text."""
    if isinstance(item, str):
        point, _, justification = re.sub(r"^\s*\d{1,2}[.)]\s*", "", item).partition(": ")
    else:
        point, justification = parts(item)
    point, justification = plain(point), plain(justification)
    return Opinion(point or justification, justification if point else "") if point or justification else None


def parts(item: Any) -> tuple[str, str]:
    """Return point and justification of an entry that is a mapping or a pair."""
    if isinstance(item, list):
        return (str(item[0]), " ".join(map(str, item[1:]))) if item else ("", "")
    fields = {key: value for key, value in keyed(item).items() if isinstance(value, str)}
    point = next((key for key in POINT_KEYS if key in fields), None)
    justification = next((key for key in JUSTIFICATION_KEYS if key in fields and key != point), None)
    if point is None and justification is None and len(fields) == 1:
        title = next(iter(item))
        return str(title), str(item[title])
    return fields.get(point or "", ""), fields.get(justification or "", "")
