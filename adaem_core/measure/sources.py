"""Where the questions of an examination come from: a study's own benchmark, a file of questions, or answers that exist already.

Data flow: `study | file → Asked per question` and `file of answers → Asked, Response per answer`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.archive.table import FOUND_OUT, How, Source, Table, asked_for, column_like, read_table
from adaem_core.archive.texts import cleaned, is_json, is_question, spelling, without_point
from adaem_core.elicit.opinions import read_answer
from adaem_core.elicit.respond import response
from adaem_core.errors import BadInput
from adaem_core.generate.edition import edition
from adaem_core.records import Response

TEXT = ("question", "text", "prompt", "item", "statement", "conclusion", "messages")
LONGEST_WORD = 40  # characters; scripts without blanks write a sentence in one
MODEL, ANSWER = ("model", "model_name", "examinee", "respondent"), ("answer", "response", "reply", "output", "completion")


@dataclass(frozen=True)
class Given:
    """One answer of a file: who said what to which question."""

    asked: Asked
    model: str
    text: str


def own_questions(study: Study, top: int | None) -> tuple[str, tuple[Asked, ...]]:
    """Return the edition id of the study's benchmark and its `top` best questions (all if None); BadInput when there is none."""
    best = edition(study, top)
    if not best.items:
        raise BadInput(f"{study.path.name} has no scored question. Run it first, or give a file of questions with --benchmark.")
    return best.id, tuple(Asked(each.question.id, each.question.text, each.topic.text, each.topic.category) for each in best.items)


def read_questions(source: Source, column: str | None = None, top: int | None = None, how: How = FOUND_OUT) -> tuple[Asked, ...]:
    """Return the first `top` questions of a file, each text once; columns id, topic and category are kept where there are any."""
    table = read_table(source, how)
    text = column_of(table, column, TEXT, "a question")
    distinct: dict[str, tuple[str, dict[str, str]]] = {}
    for _, row in table.rows:
        if words := cleaned(row[text]):
            distinct.setdefault(spelling(words), (words, row))
    if not any(asks(words) for words, _ in distinct.values()):
        raise BadInput(f"{table.name}: column {text!r} holds no question. Choose the column with the questions.")
    ids = row_ids([row for _, row in distinct.values()])
    found = zip(ids, distinct.values(), strict=True)
    return tuple(Asked(id, words, row.get("topic", ""), row.get("category", "")) for id, (words, row) in found)[:top]


def asks(text: str) -> bool:
    """Say whether a text may be asked: a question in any script, or more than a word or two."""
    return not is_json(text) and (is_question(text) or len(text.split()) > 2 or len(text) > LONGEST_WORD)


def row_ids(rows: Sequence[dict[str, str]]) -> list[str]:
    """Return the ids of a file's questions: its own where every row has a different one, else Q1, Q2, …"""
    given = [row.get("id", "").strip() for row in rows]
    own = [without_point(id, given) for id in given]
    return own if all(own) and len(set(own)) == len(own) else [f"Q{number}" for number in range(1, len(rows) + 1)]


def column_of(table: Table, wanted: str | None, usual: Sequence[str], what: str) -> str:
    """Return the column that was named, or one with a usual name, or the only one; BadInput names those there are."""
    if wanted is not None:
        return asked_for(table, wanted)
    found = column_like(table, usual)
    if found is None and len(table.columns) > 1:
        raise BadInput(f"{table.name}: cannot tell which column holds {what}. Name one of: {', '.join(table.columns)}.")
    return found or table.columns[0]


def read_given(source: Source, how: How = FOUND_OUT) -> tuple[Given, ...]:
    """Return the answers in a file with columns model, question and answer; BadInput names line and remedy."""
    table = read_table(source, how)
    model, text, answer = (column_of(table, None, usual, f"the {usual[0]}") for usual in (MODEL, TEXT, ANSWER))
    if len({model, text, answer}) < 3:
        raise BadInput(
            f"{table.name}: needs three columns: model, question and answer. It has: {', '.join(table.columns)}. {' '.join(table.notes)}"
        )
    asked: dict[str, Asked] = {}
    given: dict[tuple[str, str], Given] = {}
    for line, row in table.rows:
        words, name = cleaned(row[text]), row[model].strip()
        if not words or not name:
            raise BadInput(f"{table.name}: line {line}: {'question' if not words else 'model'} is empty. Fill it in, or delete the line.")
        each = asked.setdefault(words, Asked(f"Q{len(asked) + 1}", words, row.get("topic", ""), row.get("category", "")))
        if (name, each.id) in given:
            raise BadInput(
                f"{table.name}: line {line}: a second answer of {name} to the same question. Keep one, or import draws one by one."
            )
        given[name, each.id] = Given(each, name, row[answer])
    return tuple(given.values())


def responses(given: Sequence[Given], examination: Examination, opinions: int) -> list[Response]:
    """Return every given answer as it was read: stance and opinions, or why it is none."""
    read = [(each, read_answer(each.text, opinions)) for each in given]
    return [response(examination.subject(each.asked.id), each.model, found, each.text, examination.sample) for each, found in read]
