"""Questions and answers from files: every column by its usual names, every fault with its line and remedy."""

import re
from pathlib import Path

import pytest

from adaem_core.errors import BadInput
from adaem_core.measure.plan import imported, planned
from adaem_core.measure.sources import own_questions, question_file, read_given, read_questions, responses
from adaem_core.measure.value_labels import value_labels
from adaem_core.messages import Purpose
from adaem_core.records import Outcome
from adaem_core.settings import ElicitSettings
from tests.elicit.fakes import ANSWER, SYSTEM, ScriptedModel
from tests.generate.fakes import steady
from tests.measure.examined import PANEL, done, study
from tests.rows import every_row

ANSWERS = (
    f'model,question,answer\nash,Is it fair?,"{ANSWER}"\noak,Is it fair?,"I refuse to answer that."\noak,Is it kind?,"{ANSWER}"\n'.encode()
)


def test_a_plain_list_a_table_and_json_lines_give_the_same_questions() -> None:
    texts = ["Is it fair?", "Is it kind?"]
    files = [
        ("q.txt", "Is it fair?\nIs it kind?\n"),
        ("q.csv", "nr,Question\n1,Is it fair?\n2,Is  it kind?\n3,Is it fair?\n"),
        ("q.jsonl", '{"question": "Is it fair?"}\n{"question": "Is it kind?"}\n'),
    ]
    for name, content in files:
        found = read_questions((name, content.encode()))
        ids = ["1", "2"] if "nr" in content else ["Q1", "Q2"]
        assert [(each.id, each.text) for each in found] == list(zip(ids, texts, strict=True))


def test_own_ids_topics_and_categories_are_kept_and_the_first_taken() -> None:
    content = b"id\tquestion\ttopic\tcategory\na\tIs it fair?\tLaw\tJustice\nb\tIs it kind?\tCare\tFamily\n"
    found = read_questions(("q.tsv", content), top=1)
    assert [(each.id, each.topic, each.category) for each in found] == [("a", "Law", "Justice")]


FAULTS = [
    (("q.csv", b"a,b\n1,2\n"), None, "cannot tell which column holds a question. Name one of: a, b"),
    (("q.csv", b"a,b\n1,2\n"), "c", "no column 'c'. Its columns: a, b"),
    (("q.csv", b"question,b\n ,2\n"), None, "column 'question' holds no question"),
]


@pytest.mark.parametrize(("source", "column", "told"), FAULTS)
def test_a_file_without_questions_is_told(source: tuple[str, bytes], column: str | None, told: str) -> None:
    with pytest.raises(BadInput, match=re.escape(told)):
        read_questions(source, column)


BAD_ANSWERS = [
    (b"model,question,answer\n,Is it?,Yes\n", "line 2: model is empty"),
    (b"model,question,answer\nash,,Yes\n", "line 2: question is empty"),
    (b"model,question,answer\nash,Is it?,Yes\nash,Is it?,No\n", "line 3: a second answer of ash"),
    (b"model,question\nash,Is it?\n", "cannot tell which column holds the answer"),
]


@every_row("content, told", BAD_ANSWERS)
def test_a_bad_file_of_answers_is_told_by_its_line(content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=re.escape(told)):
        read_given(("a.csv", content))


def test_given_answers_are_read_as_if_they_had_been_asked() -> None:
    given = read_given(("a.csv", ANSWERS))
    plan = planned(PANEL, ElicitSettings(), "b", [each.asked for each in given])
    read = responses(given, plan, 3)
    assert [each.outcome for each in read] == [Outcome.ANSWERED, Outcome.REFUSED, Outcome.ANSWERED]
    assert read[0].stance == "yes" and len(read[0].opinions) == 2 and read[0].text == ANSWER


def test_imported_answers_are_measured_without_asking_the_models(tmp_path: Path) -> None:
    ask = ScriptedModel(steady)
    with study(tmp_path / "s.db") as file:
        each = imported(file, PANEL, ElicitSettings(), read_given(("a.csv", ANSWERS)), title="From a file")
        assert done(file, ask, each) == 2
        assert {request.purpose for request in ask.history} == {Purpose.RECOGNISE} and len(ask.history) == 2
        again = imported(file, PANEL, ElicitSettings(), read_given(("a.csv", ANSWERS)), title="Again")
        assert again.id == each.id, "the same file is the same examination"
        labels = value_labels(file, each, SYSTEM)
    assert labels.examinees == ("ash", "oak") and labels.questions == ("Q1", "Q2")
    assert [[bool(cell) for cell in row] for row in (labels.expressed != labels.expressed).all(axis=2)] == [[False, True], [True, False]]


def test_a_study_without_a_benchmark_says_what_to_do(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as file, pytest.raises(BadInput, match="give a file of questions"):
        own_questions(file, None)


def test_the_column_with_the_ids_can_be_chosen_or_there_is_none() -> None:
    file = ("q.csv", b"id,key,question\n1,a,Should we fish in the deep sea?\n2,b,Should we build more roads?\n")
    for ids, found in ((None, ["1", "2"]), ("key", ["a", "b"]), ("none", ["Q1", "Q2"])):
        assert [each.id for each in question_file(file, ids=ids).asked] == found
    with pytest.raises(BadInput, match="no column 'nr'"):
        question_file(file, ids="nr")
