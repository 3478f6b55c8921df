"""Where the questions of an examination come from: a study's own benchmark, a file of questions, or answers that exist already.

Data flow: `study | file → Asked per question` and `file of answers → Asked, Response per answer`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adaem_core.archive.askable import askable, in_brackets
from adaem_core.archive.column import codes, column_of_texts, others_told, texts_of
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.archive.table import FOUND_OUT, How, Source, Table, asked_for, column_like, column_named, ids_in, read_table
from adaem_core.archive.texts import asks, cleaned, spelling, without_point
from adaem_core.elicit.opinions import read_answer
from adaem_core.elicit.respond import response
from adaem_core.errors import BadInput
from adaem_core.generate.edition import edition
from adaem_core.marks import straight
from adaem_core.records import Response

TEXT = ("question", "text", "prompt", "item", "statement", "conclusion", "messages", "conversations", "title")
ID = ("id", "question_id", "item_id", "qid", "nr", "no", "number", "code", "№")
MODEL, ANSWER = ("model", "model_name", "examinee", "respondent"), ("answer", "response", "reply", "output", "completion")


@dataclass(frozen=True)
class QuestionFile:
    """The questions of a file with what a preview tells of how they were read."""

    asked: tuple[Asked, ...]
    notes: tuple[str, ...]


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
    return question_file(source, column, top, how).asked


def question_file(
    source: Source, column: str | None = None, top: int | None = None, how: How = FOUND_OUT, ids: str | None = None
) -> QuestionFile:
    """Return the first `top` questions of a file, and what is told of how they were read; BadInput names file, line and remedy.

    `column` holds the questions and `ids` their ids (NO_IDS for none); both are found out where not given.
    """
    table = read_table(source, how)
    text = column_of(table, column, TEXT, "a question")
    (texts, told), rows = askable(texts_of(table, text)), dict(table.rows)
    distinct: dict[str, int] = {}
    for number, words in texts.items():
        if words:
            distinct.setdefault(spelling(words), number)
    if not any(asks(texts[number]) for number in distinct.values()):
        raise BadInput(
            f"{table.name}: column {text!r} holds no question. Choose the column with the questions.{in_brackets([*table.notes, *told])}"
        )
    id = column_named(table, ID) or codes(table) if ids is None else ids_in(table, ids)
    topic, category = column_named(table, ("topic",)), column_named(table, ("category",))
    own_ids, notes = row_ids([rows[number][id] if id else "" for number in distinct.values()])
    asked = tuple(
        Asked(own, texts[number], cell(rows[number], topic), cell(rows[number], category))
        for own, number in zip(own_ids, distinct.values(), strict=True)
    )
    return QuestionFile(asked[:top], (*table.notes, *others_told(table, text), *told, *notes))


def cell(row: Mapping[str, str], column: str | None) -> str:
    """Return a row's text in a column on one line, "" where there is no such column."""
    return cleaned(row[column]) if column else ""


def row_ids(ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the ids of a file's questions, and what is told: its own where every row has a different one, else Q1, Q2, …"""
    given = [cleaned(id) for id in ids]
    own = [without_point(id, given) for id in given]
    if all(own) and len(set(own)) == len(own):
        return own, []
    told = "The file's own ids are not used, because some are missing or stand there twice: Q1, Q2, … are given"
    return [f"Q{number}" for number in range(1, len(own) + 1)], [told] * any(own)


def column_of(table: Table, wanted: str | None, usual: Sequence[str], what: str) -> str:
    """Return the column that was named, or one with a usual name, or the only one; BadInput names those there are."""
    if wanted is not None:
        return asked_for(table, wanted)
    found = question_column(table) if usual is TEXT else column_like(table, usual)
    if found is None and len(table.columns) > 1:
        raise BadInput(
            f"{table.name}: cannot tell which column holds {what}. Name one of: {', '.join(table.columns)}.{in_brackets(table.notes)}"
        )
    return found or table.columns[0]


def question_column(table: Table) -> str | None:
    """Return the column most likely to hold the questions, None where none stands out."""
    return column_of_texts(table, TEXT)


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
    questions = texts_of(table, text)
    topic, category = column_named(table, ("topic",)), column_named(table, ("category",))
    for line, row in table.rows:
        words, name = questions[line], " ".join(straight(row[model]).split())
        if not words or not name:
            raise BadInput(f"{table.name}: line {line}: {'question' if not words else 'model'} is empty. Fill it in, or delete the line.")
        each = asked.setdefault(spelling(words), Asked(f"Q{len(asked) + 1}", words, cell(row, topic), cell(row, category)))
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
