"""Rows from JSON in the forms people keep questions and answers in: lists, lines, maps, questionnaires, chats, a batch's output.

Data flow: `text → objects, each with its place → column names, rows, what was understood`.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from adaem_core.archive.bounds import check_size
from adaem_core.archive.headed import headed
from adaem_core.archive.json_shapes import WITHIN, lists_in, matrix, plain, rows_of
from adaem_core.archive.json_text import attempt, parse, several
from adaem_core.archive.separated import known
from adaem_core.archive.surveys import Rows, asked_of_survey
from adaem_core.archive.texts import asks
from adaem_core.errors import BadInput

Places = list[tuple[int, Any]]
Table = tuple[tuple[str, ...], Rows, list[str]]  # column names, rows, what was understood
LIST = 'Write the questions as a list: ["first question", "second question"].'
THOUGHTS = ("thinking", "reasoning", "redacted_thinking")


def from_lines(name: str, text: str) -> Table:
    """Return the table of one JSON value a line; a file that is one value, whatever its name says, is taken as that."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and attempt(lines[0][1]) is None and (whole := several(text)):
        return table_of_all(name, whole)
    if text.lstrip().startswith("[") and isinstance(whole := attempt(text), list):
        return told(flat(name, list(enumerate(whole, 1))), ["The file is one list, not a value a line: its items are the rows"])
    values = [(number, *parse(name, number, line)) for number, line in lines]
    return told(flat(name, [(number, value) for number, value, _ in values]), dict.fromkeys(note for *_, notes in values for note in notes))


def from_whole(name: str, text: str) -> Table:
    """Return the table of one JSON value; a file with several, whatever its name says, is taken as these."""
    if values := several(text):
        return table_of_all(name, values)
    value, notes = parse(name, 1, text)
    return told(table_of(name, value), notes)


def table_of_all(name: str, values: list[Any]) -> Table:
    """Return the table of a file's only value, or of several as its rows."""
    if len(values) == 1:
        return table_of(name, values[0])
    return told(flat(name, list(enumerate(values, 1))), ["The file holds one value after another: each is a row"])


def told(found: Table, notes: Iterable[str]) -> Table:
    """Return a table with what else is told of it."""
    columns, rows, before = found
    return columns, rows, [*before, *notes]


def table_of(name: str, content: Any) -> Table:
    """Return the table of a list, or of the rows that an object holds; BadInput where it holds none, or it cannot be told which."""
    if isinstance(content, list | dict):
        check_size(name, len(content), 1)
    if isinstance(content, list):
        return flat(name, list(enumerate(content, 1)))
    if not isinstance(content, dict):
        raise BadInput(
            f'{name}: expected a list [ … ] of topics, got {type(content).__name__}. Write ["first question", "second question"].'
        )
    if found := rows_of(content):
        return told(flat(name, list(enumerate(found[0], 1))), found[1])
    if len(lists := [" › ".join(place) for place, _ in lists_in(content, ())]) > 1:
        raise BadInput(f"{name}: lists under {', '.join(lists)}: it cannot be told which one is asked. Keep one of them in the file.")
    raise BadInput(
        f"{name}: expected a list [ … ] of topics, got one object with the fields {', '.join(map(str, content)) or '(none)'}. "
        'Write [{"question": "…"}, {"question": "…"}].'
    )


def in_lines(name: str, values: Places) -> Table:
    """Return the table of lists that are the lines of one."""
    return headed(name, [(number, [as_text(each) for each in value]) for number, value in values], None)


def flat(name: str, values: Places) -> Table:
    """Return the table of these values: texts, objects, questionnaires with their items, requests or replies of a batch."""
    if values and all(isinstance(value, list) and all(map(plain, value)) for _, value in values):
        return in_lines(name, values)
    notes: list[str] = []
    objects = [each for _, each in values if isinstance(each, dict)]
    own = next((key for each in objects for key in each if known(key)), "text")
    places = [(number, {own: value} if isinstance(value, str) else value) for number, value in values]
    for number, value in places:
        if not isinstance(value, dict):
            raise BadInput(f'{name}: line {number}: expected an object like {{"text": …}} or a string, got {type(value).__name__}.')
    if any(map(talk, objects)):
        raise BadInput(
            f"{name}: whole conversations, as a chat program exports them: it cannot be told which of their words are asked. {LIST}"
        )
    spread = [(number, each) for number, value in places for each in (items(value) or grouped(value) or [request(unwrapped(value))])]
    if len(spread) > len(places) or any(map(items, objects)):
        spread = [(number, each) for number, (_, each) in enumerate(spread, 1)]
        notes.append(f"{len(places):,} questionnaires: their {len(spread):,} items are the rows, a questionnaire's name is the category")
    if any("custom_id" in value and (isinstance(value.get("response"), dict) or "result" in value) for _, value in spread):
        spread = [(number, batch_reply(value)) for number, value in spread]
        notes.append("A batch's output: it holds replies, but not the questions they answer")
    notes += left_out([value for _, value in spread])
    columns = one_spelling(spread)
    check_size(name, len(spread), len(set(columns.values())))
    rows = tuple((number, joined(name, number, columns, value)) for number, value in spread)
    return asked_of_survey(tuple(dict.fromkeys(columns.values())), rows, notes)


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
    """Return what is told of chats: instructions to the system, pictures and files are no part of a question."""
    chats = [value for each in objects for value in each.values() if isinstance(value, list)]
    systems = sum(any(isinstance(part, dict) and part.get("role") in {"system", "developer"} for part in chat) for chat in chats)
    others = sum("text" not in part and part.get("type") not in THOUGHTS for part in contents(chats))
    told = [f"Chats whose system message is left out: {systems:,}"] * bool(systems)
    return told + [f"Pictures or files within chats, which are left out: {others:,}"] * bool(others)


def contents(chats: Iterable[list[Any]]) -> list[dict[str, Any]]:
    """Return the parts of the messages in chats, where these have parts."""
    held = [message.get("content") for chat in chats for message in chat if isinstance(message, dict)]
    return [part for content in held if isinstance(content, list) for part in content if isinstance(part, dict)]


def items(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a questionnaire and of its parts, each with its id, text and their name as category; none for anything else."""
    key = next((key for key in value if key.lower() in WITHIN and isinstance(value[key], dict | list)), None)
    if key is None or words(value[key]) is not None:
        return []
    within = value[key]
    category = str(value.get("name") or value.get("title") or value.get("id") or "")
    pairs: list[tuple[Any, Any]] = list(within.items() if isinstance(within, dict) else enumerate(within, 1))
    found = []
    for id, each in pairs:
        row = each if isinstance(each, dict) else {"text": each}
        own = str(row.get("id", id))
        row = {**row, "rows": None} if (parts_of := matrix(row)) else row
        whole = {**row, "id": f"{category}_{own}" if category else own, "category": row.get("category") or category}
        found += items(row) or [{**whole, **part, "id": f"{whole['id']}_{part['id']}"} for part in parts_of] or [whole]
    return found


def grouped(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the questions of a group as Typeform keeps it, whose own words ask nothing; none for anything else."""
    held = within(value, "properties").get("fields")
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def talk(value: dict[str, Any]) -> bool:
    """Say whether an object is a conversation as ChatGPT or Claude exports it."""
    return isinstance(value.get("chat_messages"), list) or (isinstance(value.get("mapping"), dict) and "current_node" in value)


def unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what is around it: where its own fields have no usual names, those of the only object in it that has."""
    if row := within(value, "row"):
        return row
    inner = [each for each in value.values() if isinstance(each, dict) and any(map(known, each)) and all(map(plain, each.values()))]
    return (
        {**{key: each for key, each in value.items() if known(key) and each is not inner[0]}, **inner[0]} if wraps(value, inner) else value
    )


def wraps(value: dict[str, Any], inner: Sequence[Any]) -> bool:
    """Say whether one object in a row holds what the row itself does not: an id alone is not what is asked, and words under any name may be."""
    own = [key for key, each in value.items() if isinstance(each, str) and ((known(key) and key.casefold() != "id") or asks(each))]
    return len(inner) == 1 and not own


def request(value: dict[str, Any]) -> dict[str, Any]:
    """Return a request of a batch as id, model and question; anything else as it is."""
    body = within(value, "body") or within(value, "params")
    asked = body.get("messages") or body.get("input")
    return {"id": value["custom_id"], "question": asked} if "custom_id" in value and asked else value


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
    if all("type" in each for each in value) and any("text" in each for each in value):
        return "\n".join(str(each.get("text", "")) for each in value if each["type"] not in THOUGHTS and "text" in each)
    return None
