"""Which list of rows a JSON value holds: lists, maps, tables by column or by row, surveys of several programs, at whatever depth.

Data flow: `JSON value → list of rows, what was understood`; None where it cannot be told, and nothing is guessed.
"""

from collections.abc import Iterator
from typing import Any

from adaem_core.archive.separated import known

WITHIN = ("questions", "items", "prompts", "statements", "elements", "sections", "pages")  # what a questionnaire holds
ITEMS = (*WITHIN, "topics", "data", "rows", "examples", "results", "records", "instances", "requests")
STEMS = ("title", "text", "question")
DEEPEST = 6  # objects within objects that are looked through
Found = tuple[list[Any], list[str]]


def rows_of(content: dict[str, Any]) -> Found | None:
    """Return the rows that an object holds and what is told of them; None where it holds none, or several lists that may be meant."""
    forms = (one_row, id_to_text, survey_elements, split, by_columns, columns_of_maps, id_to_row, within)
    return next((found for form in forms if (found := form(content))), None)


def plain(value: Any) -> bool:
    """Say whether a value is a text, a number, true, false or nothing."""
    return not isinstance(value, dict | list)


def one_row(content: dict[str, Any]) -> Found | None:
    """Return the only row: an object whose fields have usual names and hold no structures."""
    return ([content], []) if any(map(known, content)) and all(map(plain, content.values())) else None


def id_to_text(content: dict[str, Any]) -> Found | None:
    """Return the rows of a map from ids to texts."""
    if not content or not all(isinstance(each, str) for each in content.values()):
        return None
    return [{"id": id, "text": text} for id, text in content.items()], ["A map: its names are taken as ids, its values as texts"]


def survey_elements(content: dict[str, Any]) -> Found | None:
    """Return the questions of a survey as Qualtrics keeps it (.qsf)."""
    elements = content.get("SurveyElements")
    if not isinstance(elements, list):
        return None
    held = [each for each in payloads(elements, "SQ") if isinstance(each, dict)]
    thrown = set(in_trash(payloads(elements, "BL")))
    asked = [
        each
        for each in held
        if each.get("QuestionType") not in {"DB", "Timing", "Meta", "Captcha"} and each.get("QuestionID") not in thrown
    ]
    rows = [row for each in asked for row in parts_of(each)]
    notes = [
        f"A survey of Qualtrics: questions kept: {len(asked):,}; texts, timers and what lies in its trash left out: {len(held) - len(asked):,}"
    ]
    several = sum(len(parts_of(each)) > 1 for each in asked)
    return rows, notes + [f"Qualtrics: questions with several parts, each asked as “question — part”: {several:,}"] * bool(several)


def payloads(elements: list[Any], kind: str) -> list[Any]:
    """Return what the elements of one kind in a survey of Qualtrics hold."""
    return [each.get("Payload") for each in elements if isinstance(each, dict) and each.get("Element") == kind]


def in_trash(held: list[Any]) -> Iterator[str]:
    """Yield the ids of questions that were thrown away in Qualtrics, which keeps them; its blocks stand in a list, or in an object by number."""
    for block in (block for blocks in held for block in (blocks.values() if isinstance(blocks, dict) else blocks or ())):
        if isinstance(block, dict) and block.get("Type") == "Trash" and isinstance(block.get("BlockElements"), list):
            yield from (str(each.get("QuestionID")) for each in block["BlockElements"] if isinstance(each, dict))


def parts_of(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of one question of Qualtrics: a matrix, or sliders, are asked once for each of their statements."""
    id, text, held = asked.get("DataExportTag") or asked.get("QuestionID"), asked.get("QuestionText"), asked.get("Choices")
    parts = held if isinstance(held, dict) and asked.get("QuestionType") in {"Matrix", "Slider"} else {}
    said = {each: parts[each].get("Display") for each in map(str, asked.get("ChoiceOrder") or parts) if isinstance(parts.get(each), dict)}
    return [{"id": f"{id}_{each}", "text": f"{text} — {part}"} for each, part in said.items() if part] or [{"id": id, "text": text}]


def split(content: dict[str, Any]) -> Found | None:
    """Return the lines of a table whose names stand apart from its rows, the names first."""
    names = next((content[key] for key in ("columns", "header", "headers") if isinstance(content.get(key), list)), None)
    rows = next((content[key] for key in ("data", "rows", "values") if isinstance(content.get(key), list)), None)
    if not names or not rows or not all(map(plain, names)) or not all(isinstance(each, list) for each in rows):
        return None
    return [names, *rows], ["The names of the columns stand apart from the rows"]


def by_columns(content: dict[str, Any]) -> Found | None:
    """Return the rows of a table that is kept column by column."""
    columns = {key: value for key, value in content.items() if isinstance(value, list)}
    if (
        len(columns) < len(content)
        or not any(map(known, columns))
        or any(not plain(each) for column in columns.values() for each in column)
    ):
        return None
    if len({len(each) for each in columns.values()}) > 1:
        return None
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)], ["A table column by column"]


def columns_of_maps(content: dict[str, Any]) -> Found | None:
    """Return the rows of a table that is kept column by column, each a map from a row's number to its value."""
    if not any(map(known, content)) or not all(isinstance(each, dict) and all(map(plain, each.values())) for each in content.values()):
        return None
    numbers = dict.fromkeys(number for column in content.values() for number in column)
    if not numbers or any(known(number) for number in numbers):
        return None
    return [{name: column.get(number) for name, column in content.items()} for number in numbers], ["A table column by column"]


def id_to_row(content: dict[str, Any]) -> Found | None:
    """Return the rows of a map from ids to objects with usual names, each with its id where it has none."""
    if not content or not all(isinstance(each, dict) and any(map(known, each)) for each in content.values()):
        return None
    rows = [{"id": id, **each} for id, each in content.items()]
    return rows, ["A map: its names are taken as ids where its rows have none"]


def within(content: dict[str, Any]) -> Found | None:
    """Return the only list of rows somewhere in an object, with where it stands; None where there are several."""
    lists = list(lists_in(content, ()))
    if len(lists) != 1:
        return None
    place, rows = lists[0]
    return rows, [f"The rows stand under {' › '.join(place)}"] * (len(place) > 1 or place[0].lower() not in ITEMS)


def lists_in(content: dict[str, Any], place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Yield every list of rows in an object, with the names on the way to it; a list within a row is no list of its own."""
    for key, value in content.items():
        if isinstance(value, list) and value and (key.lower() in ITEMS or any(map(row_like, value))) and not all(map(empty, value)):
            yield (*place, key), value
        elif isinstance(value, dict) and len(place) < DEEPEST:
            if found := id_to_row(value) or (id_to_text(value) if key.lower() in ITEMS else None):
                yield (*place, key), found[0]
            else:
                yield from lists_in(value, (*place, key))


def row_like(value: Any) -> bool:
    """Say whether a value is an object with a usual name, or with what a questionnaire holds."""
    return isinstance(value, dict) and any(known(key) or key.lower() in WITHIN for key in value)


def empty(value: Any) -> bool:
    """Say whether a value is nothing, or an empty text, list or object."""
    return value is None or value in ("", [], {})


def matrix(row: dict[str, Any]) -> list[dict[str, str]]:
    """Return the parts of a question with several (SurveyJS: a matrix), each as “question — part”; none for anything else."""
    rows, stem = row.get("rows"), next((key for key in row if key.lower() in STEMS and isinstance(row[key], str)), None)
    if stem is None or not isinstance(rows, list) or not str(row.get("type", "")).startswith("matrix"):
        return []
    parts = [each if isinstance(each, dict) else {"value": each} for each in rows]
    return [{"id": str(each.get("value")), stem: f"{row[stem]} — {each.get('text') or each.get('value')}"} for each in parts]
