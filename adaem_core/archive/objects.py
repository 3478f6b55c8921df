"""Rows from JSON in the forms people keep questions and answers in: lists, lines, maps, questionnaires, chats, a batch's output.

Data flow: `text → objects, each with its place → column names, rows, what was understood`.
"""

import json
from collections.abc import Iterable
from typing import Any

from adaem_core.archive.headed import Rows
from adaem_core.errors import BadInput

Places = list[tuple[int, Any]]
ITEMS = ("questions", "items", "prompts", "statements", "topics", "data", "rows", "examples", "results")
THOUGHTS = ("thinking", "reasoning", "redacted_thinking")


def from_lines(name: str, text: str) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return the table of one JSON value a line; a file that is one list, whatever its name says, is taken as the list."""
    if text.lstrip().startswith("[") and (whole := attempt(text)) is not None:
        columns, rows, notes = table_of(name, whole)
        return columns, rows, [*notes, "The file is one list, not a value a line: its items are the rows"]
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return flat(name, [(number, parse(name, number, line)) for number, line in lines])


def from_whole(name: str, text: str) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return the table of one JSON value; a file with a value a line, whatever its name says, is taken as lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and attempt(text) is None and attempt(lines[0]) is not None and attempt(lines[1]) is not None:
        columns, rows, notes = from_lines(name, text)
        return columns, rows, [*notes, "The file holds a value a line: each is a row"]
    return table_of(name, parse(name, 1, text))


def table_of(name: str, content: Any) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return the table of a list, of a map from ids to texts, or of the one list that an object holds."""
    if isinstance(content, list):
        return flat(name, list(enumerate(content, 1)))
    if isinstance(content, dict) and len(content) > 1 and all(isinstance(each, str) for each in content.values()):
        pairs: Places = [(number, {"id": id, "text": text}) for number, (id, text) in enumerate(content.items(), 1)]
        return *flat(name, pairs)[:2], ["A map: its names are taken as ids, its values as texts"]
    inner = (
        next((content[key] for key in content if key.lower() in ITEMS and isinstance(content[key], list)), None)
        if isinstance(content, dict)
        else None
    )
    if inner is None:
        raise BadInput(f"{name}: expected a list [ … ] of topics, got {type(content).__name__}. Wrap the topics in a list.")
    return flat(name, list(enumerate(inner, 1)))


def flat(name: str, values: Places) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return the table of these values: texts, objects, questionnaires with their items, or replies of a batch."""
    notes: list[str] = []
    places = [(number, {"text": value} if isinstance(value, str) else value) for number, value in values]
    for number, value in places:
        if not isinstance(value, dict):
            raise BadInput(f'{name}: line {number}: expected an object like {{"text": …}} or a string, got {type(value).__name__}.')
    places = [(number, value["row"] if isinstance(value.get("row"), dict) else value) for number, value in places]
    spread = [(number, each) for number, value in places for each in (items(value) or [value])]
    if len(spread) > len(places):
        spread = [(number, each) for number, (_, each) in enumerate(spread, 1)]
        notes.append(f"{len(places):,} questionnaires: their {len(spread):,} items are the rows, a questionnaire's name is the category")
    if any("custom_id" in value and isinstance(value.get("response"), dict) for _, value in spread):
        spread = [(number, batch_reply(value)) for number, value in spread]
        notes.append("A batch's output: it holds replies, but not the questions they answer")
    columns = tuple(dict.fromkeys(str(key) for _, value in spread for key in value))
    return columns, tuple((number, {column: as_text(value.get(column)) for column in columns}) for number, value in spread), notes


def items(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a questionnaire, each with its id, text and the questionnaire's name as category; none for anything else."""
    key = next((key for key in value if key.lower() in ITEMS[:4] and isinstance(value[key], dict | list)), None)
    if key is None:
        return []
    within = value[key]
    category = str(value.get("name") or value.get("title") or value.get("id") or "")
    pairs: Iterable[tuple[Any, Any]] = within.items() if isinstance(within, dict) else enumerate(within, 1)
    rows = [(each if isinstance(each, dict) else {"text": each}) | {"category": category} for _, each in pairs]
    ids = [f"{category}_{id}" if category else str(id) for id, _ in (within.items() if isinstance(within, dict) else enumerate(within, 1))]
    return [{"id": id, **row} for id, row in zip(ids, rows, strict=True)]


def batch_reply(value: dict[str, Any]) -> dict[str, Any]:
    """Return one line of a batch's output as id, model and answer."""
    response = value.get("response") if isinstance(value.get("response"), dict) else {}
    body = response.get("body") if isinstance(response, dict) and isinstance(response.get("body"), dict) else {}
    choices = body.get("choices") if isinstance(body, dict) else None
    first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    return {"id": value.get("custom_id"), "model": (body or {}).get("model"), "answer": first.get("message")}


def attempt(text: str) -> Any:
    """Return the JSON value in a text, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def parse(name: str, number: int, text: str) -> Any:
    """Return the JSON value in `text`, which starts at line `number`."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = number + error.lineno - 1 if isinstance(error, json.JSONDecodeError) else number
        raise BadInput(f"{name}: line {line}: not valid JSON ({error}). Mend that line, or export the file again.") from None


def as_text(value: Any) -> str:
    """Return a JSON value as text: nothing as empty text, a chat as its last user's words, a list of parts as the words in them."""
    if value is None or isinstance(value, str):
        return value or ""
    if (said := words(value)) is not None:
        return said
    return json.dumps(value, ensure_ascii=False)


def words(value: Any) -> str | None:
    """Return what a message, a chat or a list of parts says, without thoughts; None for any other value."""
    if isinstance(value, dict):
        if "content" in value and "role" in value:
            return as_text(value["content"])
        return value["text"] if isinstance(value.get("text"), str) and value.keys() <= {"type", "text", "annotations"} else None
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return None
    if all("role" in each for each in value):
        asked = [each for each in value if each["role"] == "user"] or value
        return as_text(asked[-1].get("content"))
    if all("type" in each for each in value):
        return "\n".join(str(each.get("text", "")) for each in value if each["type"] not in THOUGHTS and "text" in each)
    return None
