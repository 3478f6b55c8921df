"""Find stance and points in an answer given as JSON or XML, whatever its keys and however deep it is wrapped.

Data flow: `decoded value → answer_in → stance and points, each a text or a pair of point and justification`.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from adaem_core.elicit.abroad import keys_in_english
from adaem_core.elicit.keyed_text import value_under_keys
from adaem_core.elicit.points import find_points
from adaem_core.elicit.stance import labelled_stance, phrased, stance_of
from adaem_core.elicit.structured import ASIDE, Document, documents, final, is_final, keyed, letters
from adaem_core.elicit.structured_points import LIST_KEYS, Item, items, points_of, words_in
from adaem_core.elicit.tables import elements, table_rows
from adaem_core.elicit.versions import named_stance

DEEPEST = 5
STANCE_KEYS = (
    "stance",
    "position",
    "answer",
    "verdict",
    "view",
    "viewpoint",
    "finalanswer",
    "opinion",
    "conclusion",
    "response",
    "standpoint",
)
STANCE_FIELD = re.compile(r"stance\W{1,6}[:=]", re.IGNORECASE)
PART = re.compile(r"(?:<|&lt;)(?:title|claim|justification|explanation|heading)\b", re.IGNORECASE)
STANCE_LINE = re.compile(r"\bstance\b[^\n]{0,20}:", re.IGNORECASE)
ELEMENT = re.compile(r"(?:<|&lt;)(?:\w{1,20}:)?(?:\w{0,20}stance|(?:key_?)?points?|answer|response)\b", re.IGNORECASE)
NOTHING: tuple[str, list[Item], bool] = ("", [], False)  # an answer that cannot be read
FORM = re.compile(r"\byour (?:key )?(?:point|justification)s?\b|^\W*(?:\.{3}|…|<[^<>]*>|string)\W*$", re.IGNORECASE)
TURNED = re.compile(
    r"[\s`]*(?:wait|hmm+|hold on|no|actually|oops|sorry)\b[,.!…—–: ]", re.IGNORECASE
)  # a change of mind between two answers
CHOSEN = ("x", "✓", "✔", "yes", "true", "selected", "checked", "chosen")


def answer_in(value: Any, depth: int = 0) -> tuple[Any, list[Item]] | None:
    """Return what stands in the stance's place and the points of a decoded value; None when it is no answer."""
    if depth > DEEPEST or not isinstance(value, dict | list):
        return None
    fields = keyed(value)
    if "properties" in fields and "type" in fields:
        return None  # the schema that was asked for
    key = stance_key(fields)
    if key is not None and isinstance(value, dict):
        return fields[key], points_of(value, key)
    inside = value if isinstance(value, list) else [each for name, each in value.items() if not ASIDE.search(str(name).replace("_", " "))]
    answers = [answer for each in inside if (answer := answer_in(each, depth + 1)) is not None]
    if len(answers) != 1 or answers[0][1]:
        return answers[0] if len(answers) == 1 else None
    found = answers[0]
    # Stance and points may lie side by side.
    beside = [each for each in inside if each != found[0] and answer_in(each, depth + 1) is None]
    return found[0], [item for each in beside for item in items(each)]


def stance_key(fields: Mapping[str, Any]) -> str | None:
    """Return the key of the stance: one that ends so, or one like it whose value is a stance beside a list of points."""
    named = next((key for key in fields if key.endswith("stance")), None)
    if named or not any(each.endswith(LIST_KEYS) or each.startswith(("point", "keypoint")) for each in fields):
        return named
    return next(
        (key for key in STANCE_KEYS if key in fields and isinstance(fields[key], str) and len(fields[key]) < 40 and stance_of(fields[key])),
        None,
    )


def phrase_of(value: Any) -> str:
    """Return what stands in the stance's place in words; empty when several are chosen, or none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return phrase_of(value[0]) if len(value) == 1 else ""
    if isinstance(value, dict):
        chosen = [key for key, each in value.items() if each is True or each == 1 or str(each).strip().lower() in CHOSEN]
        if len(value) > 1 and all(stance_of(str(key)) for key in value):
            return str(chosen[0]) if len(chosen) == 1 else ""
        return next((phrase_of(each) for each in keyed(value).values() if isinstance(each, str) and stance_of(each)), "")
    return "" if value is None else str(value)


def read_structured(text: str) -> tuple[str, list[Item], bool] | None:
    """Return stance, points and whether its JSON was repaired, of an answer given as JSON or XML; None when the reply is no such thing.

    The stance is empty, and there are no points, where the answer is JSON but broken or cut off.
    """
    found = documents(text) if "{" in text or "[" in text else []
    answers = {each.end: answer for each in found if (answer := answer_in(keys_in_english(each.value))) is not None}
    counted = [each for each in found if has_points(answers.get(each.end)) or (each.end not in answers and speaks_of_stance(each))]
    if not counted:
        return whole_of_parts(found, answers) if answers else read_keys(text) or read_table(text) or read_elements(text)
    chosen = final(counted)
    if chosen is None or chosen.end not in answers:
        return NOTHING
    told = [(phrase_of(answer[0]), answer[1]) for each in counted if (answer := answers.get(each.end))]
    stance, items = phrase_of(answers[chosen.end][0]), answers[chosen.end][1]
    called = is_final(chosen) or TURNED.match(chosen.before) is not None
    if not called and any(said_otherwise(each, (stance, items)) for each in told):
        return NOTHING
    words = "\n".join(each.before for each in found), text[found[-1].end :]
    return NOTHING if contradicted(*words, stance, final=called) else (stance, items, chosen.repaired)


def said_otherwise(one: tuple[str, list[Item]], other: tuple[str, list[Item]]) -> bool:
    """Say whether two answers differ in more than case and marks."""
    return re.sub(r"\W+", "", repr(one).lower()) != re.sub(r"\W+", "", repr(other).lower())


def contradicted(above: str, below: str, stance: str, *, final: bool) -> bool:
    """Say whether the words around a JSON answer take another stance: those below it, or those above it, with points, unless it is the `final` one."""
    lines = above.split("\n")
    named = [named_stance(line) for line in [*([] if final else lines), *below.split("\n")]]
    before = labelled_stance(lines)[0] if not final and find_points(lines) else None
    after = labelled_stance(below.split("\n"))[0]
    return any(each not in (None, phrased(stance)) for each in (before, after, *named))


def read_keys(text: str) -> tuple[str, list[Item], bool] | None:
    """Return stance and points of an answer under keys in a form of its own; None when the reply is no such thing."""
    answer = answer_in(keys_in_english(value_under_keys(text)))
    return None if answer is None else (phrase_of(answer[0]), answer[1], False)


def read_table(text: str) -> tuple[str, list[Item], bool] | None:
    """Return stance and points of an answer in a table that has a column for the stance; None when the reply is no such thing."""
    rows = table_rows(text) if "|" in text or "<td" in text else []
    name = next((name for name in (rows[0] if rows else {}) if letters(name).endswith("stance")), "")
    told = [item for row in rows for item in items([{key: cell for key, cell in row.items() if key != name}])]
    return (rows[0][name], told, False) if name and len(rows[0]) > 2 and told else None


def read_elements(text: str) -> tuple[str, list[Item], bool] | None:
    """Return stance and points of an answer given as XML; None when the reply is no such thing."""
    if not (("<" in text or "&lt;" in text) and ELEMENT.search(text)):
        return None
    content = elements(unescape(text) if "&lt;" in text else text)
    if content is None and PART.search(text):
        return NOTHING  # parts that are not closed
    marked = answer_in(content)
    return (phrase_of(marked[0]), marked[1], False) if marked and marked[1] else None


def speaks_of_stance(document: Document) -> bool:
    """Say whether a value that is no answer to read was meant as one; a whole answer in words within it is read as such."""
    return STANCE_FIELD.search(document.source) is not None and text_within(document.source) is None


def has_points(answer: tuple[Any, list[Item]] | None) -> bool:
    """Say whether an answer has points of its own, and not only the form that was asked for."""
    return answer is not None and any(not FORM.search(item if isinstance(item, str) else " ".join(item)) for item in answer[1])


def whole_of_parts(found: Sequence[Document], answers: Mapping[int, tuple[Any, list[Item]]]) -> tuple[str, list[Item], bool] | None:
    """Return the answer whose stance and points are JSON values of their own, one a line; None when there are no points in them."""
    stances = [phrase_of(answers[each.end][0]) for each in found if each.end in answers]
    parts = [item for each in found if each.end not in answers and each.value for item in items(each.value)]
    if not parts:
        return None
    return (stances[0], parts, any(each.repaired for each in found)) if len(stances) == 1 else NOTHING


def text_within(text: str) -> str | None:
    """Return the answer in words that a reply holds as a string of its JSON; None when there is none."""
    told = [words for each in documents(text) for words in words_in(each.value) if STANCE_LINE.search(words) and "\n" in words]
    return told[-1] if told else None
