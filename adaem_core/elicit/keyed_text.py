"""An answer under keys that is neither JSON nor XML: TOML, INI, rows with commas, the arguments of a tool call, a call in Python.

Data flow: `reply → value_under_keys → a value as of JSON`; None where the reply is no such thing.
"""

import ast
import csv
import json
import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from adaem_core.elicit.plain import LONGEST
from adaem_core.elicit.stance import labelled_stance
from adaem_core.elicit.structured import letters

FENCED = re.compile(r"^```\w*[ \t]*\n(?P<inner>(?:(?!```).*\n){1,400}?)```", re.MULTILINE)
ASSIGNED = re.compile(r"^[\w ]{0,20}stance[\"']?[ \t]*=[ \t]*\S", re.MULTILINE | re.IGNORECASE)
BARE_VALUE = re.compile(r"^(?P<key>[A-Za-z][\w-]{0,40})[ \t]*=[ \t]*(?P<value>(?![\"'\[{]).+)$", re.MULTILINE)
# GLM, Qwen's coders, Claude and Kimi each mark the arguments of a call in their own way.
ARGUMENT = re.compile(
    r"<arg_key>\s{0,9}(?P<glm>\w{1,40})\s{0,9}</arg_key>\s{0,9}<arg_value>(?P<glm_value>(?:[^<]|<(?!/?arg_))*)</arg_value>"
    r"|<(?:\w{1,9}:)?parameter(?:=|\s+name=)[\"']?(?P<named>\w{1,40})[^<>]{0,40}>(?P<named_value>(?:[^<]|<(?!/?(?:\w{1,9}:)?parameter))*)</(?:\w{1,9}:)?parameter>"
    r"|<\|open\|>argument key=[\"'](?P<kimi>\w{1,40})[^<>|]{0,60}<\|sep\|>(?P<kimi_value>(?:[^<]|<(?!\|))*)<\|close\|>argument<\|sep\|>"
)
CALL = re.compile(r"\b[A-Za-z_]\w{0,40}\(\s{0,9}\w{0,20}stance\s?=", re.IGNORECASE)
UNTOLD: dict[str, Any] = {"stance": "", "key_points": []}
POINT, JUSTIFICATION = (
    re.compile(r"(?:point|claim|argument|reason|title)$"),
    re.compile(r"(?:justification|explanation|rationale|reasoning|why|support|reason)$"),
)


def value_under_keys(text: str) -> Any:
    """Return the value of a reply that holds one in a form of its own, as of JSON; None when there is none, or over LONGEST."""
    if len(text) > LONGEST or "stance" not in text.lower():
        return None
    return arguments(text) or assigned(text) or constructed(text) or rows(text)


def arguments(text: str) -> dict[str, Any] | None:
    """Return the arguments of a tool call that is written in marks; None when there is none."""
    if "<" not in text:
        return None
    found = [
        (match["glm"] or match["named"] or match["kimi"], match["glm_value"] or match["named_value"] or match["kimi_value"] or "")
        for match in ARGUMENT.finditer(text)
    ]
    return {name: loaded(value.strip()) for name, value in found} or None


def loaded(text: str) -> Any:
    """Return the JSON that a text is, or the text."""
    with suppress(ValueError, RecursionError):
        return json.loads(text, strict=False)
    return text


def assigned(text: str) -> dict[str, Any] | None:
    """Return the value of TOML, or of INI, whose values stand without quotes; None when a reply is neither."""
    if "=" not in text or not ASSIGNED.search(text):
        return None
    inner = next((each["inner"] for each in FENCED.finditer(text) if ASSIGNED.search(each["inner"])), text)
    quoted = BARE_VALUE.sub(lambda row: f"{row['key']} = {json.dumps(row['value'].strip(), ensure_ascii=False)}", inner)
    for tried in (inner, re.sub(r"^\[(?P<name>[^\[\]\n\"]{1,60})\]\s*$", r'["\g<name>"]', quoted, flags=re.MULTILINE)):
        with suppress(tomllib.TOMLDecodeError, RecursionError):
            return tomllib.loads(tried)
    return None


def constructed(text: str) -> dict[str, Any] | None:
    """Return the arguments of a call in Python, as a model shows an object it was asked for; None when there is none."""
    begin = CALL.search(text) if "(" in text and "=" in text else None
    if begin is None:
        return None
    end = text.rfind(")") + 1
    try:
        call = ast.parse(text[begin.start() : end].strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return of_node(call) if isinstance(call, ast.Call) else None


def of_node(node: ast.AST) -> Any:
    """Return the value that a part of a call in Python stands for; a call in it stands for its arguments."""
    if isinstance(node, ast.Call):
        return {each.arg: of_node(each.value) for each in node.keywords if each.arg}
    if isinstance(node, ast.List | ast.Tuple):
        return [of_node(each) for each in node.elts]
    if isinstance(node, ast.Dict):
        return {str(of_node(key)): of_node(value) for key, value in zip(node.keys, node.values, strict=True) if key}
    return node.value if isinstance(node, ast.Constant) else getattr(node, "attr", None)


def rows(text: str) -> dict[str, Any] | None:
    """Return stance and points of an answer in rows with commas, semicolons or tabs below a line that names the columns; None when it is none.

    Both are empty where the rows are uneven or their last quote is open.
    """
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("```")]
    for mark in ",;\t":
        at = next((index for index, line in enumerate(lines[:8]) if mark in line and names_columns(line.split(mark))), None)
        if at is not None:
            table = list(csv.reader(lines[at:], delimiter=mark, skipinitialspace=True))
            told = table[: next((index for index, row in enumerate(table) if len(row) == 1), len(table))]  # words below the rows
            return told_in(told, labelled_stance(lines[:at])[0]) if text.count('"') % 2 == 0 else UNTOLD
    return None


def names_columns(cells: Sequence[str]) -> bool:
    """Say whether a row names a column of points and one of their justifications."""
    names = {letters(cell) for cell in cells if len(cell) <= 40}
    return len(names) == len(cells) and any(map(POINT.search, names)) and any(JUSTIFICATION.search(name) for name in names - {"point"})


def told_in(table: Sequence[Sequence[str]], above: str | None) -> dict[str, Any]:
    """Return stance and points of a table whose first row names its columns; the stance stands in a column, or was told `above`."""
    names = [letters(cell) for cell in table[0]]
    if len({len(row) for row in table}) != 1:
        return UNTOLD
    entries = [{name: cell.strip() for name, cell in zip(names, row, strict=True)} for row in table[1:]]
    column = next((name for name in names if name.endswith("stance")), "")
    stances = {entry.pop(column) for entry in entries if entry[column]} if column else {above or ""}
    return {"stance": stances.pop(), "key_points": entries} if len(stances) == 1 else UNTOLD
