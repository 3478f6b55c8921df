"""Keys that stand twice in one JSON object: every reader keeps one of them, and none can tell which was meant.

Data flow: `text of a JSON value → repeats_a_key → True when two fields of one name differ`.
"""

import ast
import json
from contextlib import suppress
from typing import Any

from adaem_core.elicit.structured import Document, requoted


class Repeated(Exception):
    """A key stands twice, with different values."""


def repeats_a_key(document: Document) -> bool:
    """Say whether an object in a JSON value has one key twice with different values; False where its text is no JSON to tell."""
    try:
        return bool(document.source) and repeats(document.source)
    except Repeated:
        return True


def repeats(source: str) -> bool:
    """Raise Repeated where a key stands twice in JSON or in what can be made JSON or Python; else return False."""
    for mended in (str, requoted_whole):
        with suppress(ValueError, RecursionError):
            json.loads(mended(source), object_pairs_hook=unrepeated, strict=False)
            return False
    try:
        tree = ast.parse(source, mode="eval")
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return False
    return any(
        len(keys := [ast.dump(key) for key in each.keys if key]) > len(set(keys)) for each in ast.walk(tree) if isinstance(each, ast.Dict)
    )


def requoted_whole(source: str) -> str:
    """Return a JSON value with JSON's own quotes."""
    return requoted(source, 0)[0]


def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object with these fields; Repeated is raised where two of one name differ."""
    found = dict(pairs)
    if len(found) < len(pairs) and any(found[key] != value for key, value in pairs):
        raise Repeated
    return found
