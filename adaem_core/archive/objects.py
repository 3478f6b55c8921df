"""Rows from JSON in the forms people keep questions and answers in: lists, lines, maps, questionnaires, chats, a batch's output.

Data flow: `text → objects, each with its place → column names, rows, what was understood`.
"""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from adaem_core.archive.bounds import check_size
from adaem_core.archive.headed import Rows
from adaem_core.archive.separated import known
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
    """Return the table of a list, of one object, of a map from ids to texts, or of the one list that an object holds."""
    if isinstance(content, list | dict):
        check_size(name, len(content), 1)
    if isinstance(content, list):
        return flat(name, list(enumerate(content, 1)))
    if isinstance(content, dict) and any(map(known, content)) and not any(isinstance(each, dict | list) for each in content.values()):
        return flat(name, [(1, content)])
    if isinstance(content, dict) and content and all(isinstance(each, str) for each in content.values()):
        pairs: Places = [(number, {"id": id, "text": text}) for number, (id, text) in enumerate(content.items(), 1)]
        return *flat(name, pairs)[:2], ["A map: its names are taken as ids, its values as texts"]
    return flat(name, list(enumerate(only_list(name, content), 1)))


def only_list(name: str, content: Any) -> list[Any]:
    """Return the one list of rows that an object holds; BadInput if it holds none or several, or its columns one by one."""
    held = {key: value for key, value in content.items() if key.lower() in ITEMS} if isinstance(content, dict) else {}
    lists = {key: value for key, value in held.items() if isinstance(value, list)}
    if len(held) > 1:
        raise BadInput(f"{name}: lists under {', '.join(held)}: it cannot be told which one is asked. Keep one of them in the file.")
    if not lists or by_columns(content):
        raise BadInput(f"{name}: expected a list [ … ] of topics, got {type(content).__name__}. Wrap the topics in a list.")
    return next(iter(lists.values()))


def by_columns(content: dict[str, Any]) -> bool:
    """Say whether an object holds lists of the same length: the columns of a table one by one."""
    return len(content) > 1 and all(isinstance(each, list) for each in content.values())


def flat(name: str, values: Places) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return the table of these values: texts, objects, questionnaires with their items, requests or replies of a batch."""
    notes: list[str] = []
    objects = [each for _, each in values if isinstance(each, dict)]
    own = next((key for each in objects for key in each if known(key)), "text")
    places = [(number, {own: value} if isinstance(value, str) else value) for number, value in values]
    for number, value in places:
        if not isinstance(value, dict):
            raise BadInput(f'{name}: line {number}: expected an object like {{"text": …}} or a string, got {type(value).__name__}.')
    places = [(number, value["row"] if isinstance(value.get("row"), dict) else value) for number, value in places]
    spread = [(number, each) for number, value in places for each in (items(value) or [request(value)])]
    if len(spread) > len(places) or any(map(items, objects)):
        spread = [(number, each) for number, (_, each) in enumerate(spread, 1)]
        notes.append(f"{len(places):,} questionnaires: their {len(spread):,} items are the rows, a questionnaire's name is the category")
    if any("custom_id" in value and (isinstance(value.get("response"), dict) or "result" in value) for _, value in spread):
        spread = [(number, batch_reply(value)) for number, value in spread]
        notes.append("A batch's output: it holds replies, but not the questions they answer")
    notes += left_out(objects)
    columns = one_spelling(spread)
    check_size(name, len(spread), len(set(columns.values())))
    rows = tuple((number, joined(name, number, columns, value)) for number, value in spread)
    return tuple(dict.fromkeys(columns.values())), rows, notes


def one_spelling(spread: Places) -> dict[str, str]:
    """Return the column of each field: fields that differ in case and blanks are one column, by its first name."""
    first: dict[str, str] = {}
    return {str(key): first.setdefault(str(key).strip().casefold(), str(key)) for _, value in spread for key in value}


def joined(name: str, number: int, columns: dict[str, str], value: dict[str, Any]) -> dict[str, str]:
    """Return a row's texts by column; BadInput where two fields of a row are one column."""
    row = dict.fromkeys(columns.values(), "")
    for key, each in value.items():
        if row[columns[str(key)]]:
            raise BadInput(f"{name}: line {number}: the field {key!r} stands there twice. Keep one of them.")
        row[columns[str(key)]] = as_text(each)
    return row


def left_out(objects: Sequence[dict[str, Any]]) -> list[str]:
    """Return what is told of chats: instructions to the system are no part of a question."""
    chats = [value for each in objects for value in each.values() if isinstance(value, list)]
    systems = sum(any(isinstance(part, dict) and part.get("role") in {"system", "developer"} for part in chat) for chat in chats)
    return [f"Chats whose system message is left out: {systems:,}"] * bool(systems)


def items(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a questionnaire, each with its id, text and the questionnaire's name as category; none for anything else."""
    key = next((key for key in value if key.lower() in ITEMS[:4] and isinstance(value[key], dict | list)), None)
    if key is None or words(value[key]) is not None:
        return []
    within = value[key]
    category = str(value.get("name") or value.get("title") or value.get("id") or "")
    pairs: list[tuple[Any, Any]] = list(within.items() if isinstance(within, dict) else enumerate(within, 1))
    found = []
    for id, each in pairs:
        row = each if isinstance(each, dict) else {"text": each}
        own = str(row.get("id", id))
        found.append({**row, "id": f"{category}_{own}" if category else own, "category": row.get("category") or category})
    return found


def request(value: dict[str, Any]) -> dict[str, Any]:
    """Return a request of a batch as id, model and question; anything else as it is."""
    body = value.get("body")
    if "custom_id" not in value or not isinstance(body, dict) or "messages" not in body:
        return value
    return {"id": value["custom_id"], "question": body["messages"]}


def batch_reply(value: dict[str, Any]) -> dict[str, Any]:
    """Return one line of a batch's output as id, model and answer."""
    held = within(value, "response") or within(value, "result")
    body = within(held, "body") or held
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else body
    return {
        "id": value.get("custom_id"),
        "model": body.get("model") or within(body, "message").get("model"),
        "answer": first.get("message"),
    }


def within(value: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object that a field holds, an empty one where it holds none."""
    held = value.get(key)
    return held if isinstance(held, dict) else {}


class Twice(Exception):
    """A name stands twice in one object."""


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these pairs; Twice where a name would hide another of the same name."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Twice(repr(Counter(key for key, _ in pairs).most_common(1)[0][0]))
    return found


def attempt(text: str) -> Any:
    """Return the JSON value in a text, None where it is none."""
    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError, Twice):
        return None


def parse(name: str, number: int, text: str) -> Any:
    """Return the JSON value in `text`, which starts at line `number`."""
    try:
        return json.loads(text, object_pairs_hook=once)
    except Twice as error:
        raise BadInput(f"{name}: line {number}: {error} stands twice in one object. Keep one of them.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = number + error.lineno - 1 if isinstance(error, json.JSONDecodeError) else number
        raise BadInput(f"{name}: line {line}: not valid JSON ({error}). Mend that line, or export the file again.") from None


def as_text(value: Any) -> str:
    """Return a JSON value as text: nothing as empty text, a chat as its user's words, a list of parts as the words in them."""
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
    if not isinstance(value, list) or not value:
        return None
    return (value[0] if isinstance(value[0], str) else parts(value)) if len(value) == 1 or isinstance(value[0], dict) else None


def parts(value: list[Any]) -> str | None:
    """Return what a chat's user asks, or what the parts of a text say; None for a chat of several turns and for any other list."""
    if not all(isinstance(each, dict) for each in value):
        return None
    if all({"from", "value"} <= each.keys() for each in value):
        value = [{"role": each["from"], "content": each["value"]} for each in value]
    if all("role" in each for each in value):
        asked = [each for each in value if each["role"] in {"user", "human"}] or value
        # What was said before belongs to a question that is asked later: it can be put neither with it nor without.
        return as_text(asked[0].get("content")) if len(asked) == 1 else None
    if all("type" in each for each in value):
        return "\n".join(str(each.get("text", "")) for each in value if each["type"] not in THOUGHTS and "text" in each)
    return None
