"""JSON from text: strictly, or as JSON5 and Python write it (comments, commas at the end, other quotation marks), which is told.

Data flow: `text → value, whether it was strict JSON`; BadInput names the line and what to do.
"""

import ast
import contextlib
import json
import re
from collections.abc import Iterable
from typing import Any

from adaem_core.errors import BadInput

LARGEST_LOOSE = 300_000  # characters: files with comments are written by hand, and their reader is slow
BETWEEN = re.compile(r"[ \t\r\n,]*")
LOOSE = "This is no strict JSON (comments, commas at the end, or other quotation marks): it is read as JSON5 or as Python would"


class Twice(Exception):
    """A name stands twice in one object."""


def once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these pairs; Twice where a name would hide another of the same name."""
    pairs = list(pairs)
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _ in pairs]
        raise Twice(repr(next(key for key in names if names.count(key) > 1)))
    return found


def attempt(text: str, *, loose: bool = False) -> Any:
    """Return the JSON value in a text, also as JSON5 or Python write it where `loose`; None where it is none."""
    for read in (strictly, loosely) if loose else (strictly,):
        with contextlib.suppress(ValueError, SyntaxError, RecursionError, MemoryError, Twice):
            return read(text)
    return None


def strictly(text: str) -> Any:
    """Return the JSON value in a text; ValueError where it is none, Twice where a name stands twice in it."""
    return json.loads(text, object_pairs_hook=once)


def parse(name: str, number: int, text: str) -> tuple[Any, list[str]]:
    """Return the JSON value in `text`, which starts at line `number`, and a note where it is no strict JSON."""
    try:
        return strictly(text), []
    except Twice as error:
        raise twice(name, number, error) from None
    except (json.JSONDecodeError, RecursionError) as error:
        line, why = (number + error.lineno - 1, error.msg) if isinstance(error, json.JSONDecodeError) else (number, "too deep")
        told = f"{name}: line {line}: not valid JSON ({why}). {remedy(text, error)}"
    try:
        return loosely(text), [LOOSE]
    except Twice as error:
        raise twice(name, number, error) from None
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        raise BadInput(told) from None


def several(text: str) -> list[Any]:
    """Return the JSON values that stand one after another in a text, none where anything else stands between them."""
    decoder, found, at = json.JSONDecoder(object_pairs_hook=once), [], BETWEEN.match(text, 0).end()  # type: ignore[union-attr]
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    except (ValueError, RecursionError, Twice):
        return []
    return found


def twice(name: str, number: int, error: Twice) -> BadInput:
    """Return what is said where a name would hide another."""
    return BadInput(f"{name}: line {number}: {error} stands twice in one object. Keep one of them.")


def loosely(text: str) -> Any:
    """Return the value of a text in JSON5 or in Python's own notation; ValueError or SyntaxError where it is neither."""
    import json5

    if len(text) > LARGEST_LOOSE or not text.lstrip().startswith(("{", "[", "/")):
        raise ValueError("too long, or neither an object nor a list")
    try:
        return json5.loads(text, object_pairs_hook=once)
    except ValueError:
        return literal(ast.parse(text.strip(), mode="eval").body)


def literal(node: ast.expr) -> Any:
    """Return the value of a Python literal; Twice where a name stands twice in it, ValueError where it is none."""
    for each in ast.walk(node):
        if isinstance(each, ast.Dict):
            once([(repr(ast.literal_eval(key)) if key else "**", None) for key in each.keys])
    return ast.literal_eval(node)


def remedy(text: str, error: Exception) -> str:
    """Return what to do about a text that is no JSON."""
    end = text.rstrip()
    if end.startswith(("{", "[")) and (not end.endswith(("}", "]")) or getattr(error, "pos", 0) >= len(end)):
        return "The file ends in the middle: save or copy all of it again."
    if not end.startswith(("{", "[", '"')):
        return 'JSON begins with [ or {: write ["first question", "second question"], or save the table as CSV.'
    return "Mend that line, or export the file again."
