"""What records say about themselves."""

import dataclasses
from inspect import getmembers, isclass

import pytest

from adaem_core import records
from adaem_core.records import Answer, Label, Opinion, Outcome, Recognition, Response
from tests.generate.fakes import answer, refusal
from tests.rows import every_row

RECORDS = [found for _, found in getmembers(records, isclass) if dataclasses.is_dataclass(found)]


@every_row("record", RECORDS, ids=lambda record: record.__name__)
def test_records_are_frozen_and_explained(record: type) -> None:
    assert record.__dataclass_params__.frozen and record.__doc__  # type: ignore[attr-defined]
    assert not record.__doc__.startswith(f"{record.__name__}("), "a docstring made by dataclass explains nothing"


def test_the_text_of_an_opinion() -> None:
    assert Opinion("Safe streets", "People sleep.").text == "Safe streets: People sleep."
    assert Opinion("Safe streets", "").text == "Safe streets" and Opinion("", "People sleep.").text == "People sleep."


def test_a_profile_is_the_or_over_opinions() -> None:
    assert answer("ash", "SEC POW", "POW", "").expressed == {"SEC", "POW"}


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.ANSWERED])
def test_only_an_answer_whose_values_were_read_is_usable(outcome: Outcome) -> None:
    read = answer("ash", "SEC")
    assert read.usable and answer("ash", "").usable, "expressing nothing is a result"
    unread = Answer(read.response, Recognition("Q", "ash", "judge", "batched", outcome))
    assert not unread.usable and not refusal("ash").usable
    assert refusal("ash").expressed == frozenset() and Answer(Response("Q", "ash", outcome), None).model == "ash"


def test_a_subject_names_question_and_step() -> None:
    from tests.generate.test_prompts import attempt

    assert attempt("Should it be?").subject == "T1.1.1#0"
    assert Label(0, "SEC").probability == 1.0
