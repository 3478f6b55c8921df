"""A command's result in words, a line for each of its parts; `--json` gives the same to programs.

Data flow: `result → lines`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from adaem_core.messages import DOES, Purpose

FOR_PROGRAMS = ("heartbeat", "pid")
NOTHING = "–"
DOING: Mapping[str, str] = {purpose.value: does for purpose, does in DOES.items()}


def in_words(result: Any) -> str:
    """Return a result, a mapping or a list, as lines that end with a line break."""
    if isinstance(result, Mapping):
        return "".join(f"{spaced(name)}: {said(value)}\n" for name, value in result.items() if name not in FOR_PROGRAMS)
    return "".join(f"{number}: {said(value)}\n" for number, value in enumerate(result, 1))


def unrecorded(lost: Mapping[str, Any]) -> str:
    """Return the sentence about requests that were under way when a worker was killed, empty where there was none."""
    if not lost["calls"]:
        return ""
    return (
        f"When a worker was killed or its disk was full, replies to {lost['calls']:,} requests had not been recorded. They may be billed: "
        f"up to ${lost['cost']:,.4f} and {lost['tokens']:,} tokens are charged for them."
    )


def said(value: Any) -> str:
    """Return one part of a result: a list's rows below each other, else in one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{DOING.get(str(name), spaced(name))} {said(each)}" for name, each in value.items()) or NOTHING
    if isinstance(value, Sequence) and not isinstance(value, str):
        rows = any(isinstance(each, Mapping) for each in value)
        return "".join(f"\n  {row(each)}" for each in value) if rows else " ".join(map(said, value)) or NOTHING
    return plain(value)


def plain(value: Any) -> str:
    """Return a single thing: thousands apart, fractions with four figures."""
    match value:
        case None | "":
            return NOTHING
        case Purpose():
            return DOES[value]
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)


def row(value: Any) -> str:
    """Return one row of a table; it begins with what is done, where it says so."""
    if not isinstance(value, Mapping):
        return said(value)
    does = value.get("purpose")
    told = said({name: each for name, each in value.items() if name != "purpose"})
    return f"{DOES[Purpose(does)]}: {told}" if does else told


def spaced(name: object) -> str:
    """Return a name as words."""
    return str(name).replace("_", " ")
