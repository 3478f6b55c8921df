"""Statements become questions: a table of rules, then every real conclusion of Touché'23."""

import csv
from pathlib import Path

import pytest

from adaem_core.generate.topics_question import as_question
from tests.rows import every_row

TOUCHE = Path(__file__).resolve().parents[2] / "../shared/testdata/touche23/touche23_10values.csv"
VALUEBENCH = Path(__file__).resolve().parents[2] / "../shared/testdata/valuebench/value_orientation.csv"


@every_row(
    "statement, question",
    [
        # modal and auxiliary verbs move to the front
        ("We should tax sugar", "Should we tax sugar?"),
        ("Zoos should not exist.", "Should zoos not exist?"),
        ("You shouldn't eat meat", "Should you not eat meat?"),
        ("There can be no peace without justice", "Can there be no peace without justice?"),
        ("Tourism is harming old towns!", "Is tourism harming old towns?"),
        ("The climate has changed", "Has the climate changed?"),
        # full verbs get do
        ("Tourism brings more harm than good", "Does tourism bring more harm than good?"),
        ("Exams bring more harm than good", "Do exams bring more harm than good?"),
        ("We need quieter cities", "Do we need quieter cities?"),
        ("Every child has the right to play", "Does every child have the right to play?"),
        ("Big firms do more harm than good", "Do big firms do more harm than good?"),
        ("We do not need zoos", "Do we not need zoos?"),
        # a verb inside a relative clause is not the one that moves
        ("People who are rich should pay more", "Should people who are rich pay more?"),
        ("Food whose export is subsidised should stay here", "Should food whose export is subsidised stay here?"),
        # two coordinated verbs cannot both move
        ("Trade is fair and should grow", "Is it true that trade is fair and should grow?"),
        # capitals
        ("EU citizens can vote", "Can EU citizens vote?"),
        ("Kenya should join", "Should Kenya join?"),
        ("Homework should end", "Should homework end?"),
        ("WikiLeaks is useful", "Is WikiLeaks useful?"),
        ("The 9th of May should be a holiday", "Should the 9th of May be a holiday?"),
        # questions stay
        ("should we go ?", "Should we go?"),
        ("Is tax theft", "Is tax theft?"),
        # orders, bare nouns, everything else
        ("Ban homework", "Should we ban homework?"),
        ("Do not eat meat", "Should we not eat meat?"),
        ("Veganism", "Are you in favour of veganism?"),
        ("When the rich gain, the poor gain too", "Is it true that when the rich gain, the poor gain too?"),
        ("I love my town.", 'Do you agree with the statement "I love my town"?'),
        ("Trains are good. Planes are not.", 'Do you agree with the statement "Trains are good. Planes are not"?'),
        ("死刑应该废除", 'Do you agree with the statement "死刑应该废除"?'),
        ("  ", ""),
        ("…", ""),
    ],
)
def test_rules(statement: str, question: str) -> None:
    assert as_question(statement) == question
    assert as_question(question) == question  # a question is never changed again


@pytest.mark.parametrize(("path", "column"), [(TOUCHE, "conclusion"), (VALUEBENCH, "item")])
def test_every_real_statement_becomes_a_question(path: Path, column: str) -> None:
    if not path.is_file():
        pytest.skip(f"{path.name}: real data is not beside this checkout")
    with path.open(encoding="utf-8", newline="") as file:
        statements = {row[column] for row in csv.DictReader(file)}
    for statement in statements:
        question = as_question(statement)
        first = next(letter for letter in question if letter.isalpha())
        assert question.endswith("?") and not question.endswith("??"), question
        assert first.isupper() and "\n" not in question and "  " not in question, question


def test_touche_is_mostly_transformed_not_quoted() -> None:
    """The fallback is the exception: fewer than 2 in 100 conclusions need it."""
    if not TOUCHE.is_file():
        pytest.skip(f"{TOUCHE.name}: real data is not beside this checkout")
    with TOUCHE.open(encoding="utf-8", newline="") as file:
        questions = [as_question(statement) for statement in {row["conclusion"] for row in csv.DictReader(file)}]
    fallback = [each for each in questions if each.startswith(("Is it true", "Do you agree", "Are you in favour"))]
    assert len(fallback) < 0.02 * len(questions)
