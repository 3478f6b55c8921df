"""What a command says to people: no name of a class, no bracket of a program, every number as people write it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.messages import DOES, Purpose
from adaem_core.work.telling import in_words
from tests.rows import every_row

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text("abc ", max_size=5) | st.sampled_from(Purpose)
RESULTS = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab_", min_size=1), inner, max_size=3))


@every_row(
    "value, told",
    [
        (1162769, "1,162,769"),
        (0.816864, "0.8169"),
        (46939.68, "46,940"),
        (math.nan, "nan"),
        (None, "–"),
        ("", "–"),
        ([], "–"),
        ({}, "–"),
        (True, "yes"),
        (("--model", "aurora"), "--model aurora"),
        ({"best_rank": 1.0, "fact": 3}, f"best rank 1, {DOES[Purpose.FACT]} 3"),
        ([{"model": "a", "low": 0.5}, {"model": "b", "low": None}], "\n  model a, low 0.5\n  model b, low –"),
        ([{"purpose": Purpose.GUARD, "calls": 3000}], "\n  Check for harm: calls 3,000"),
    ],
)
def test_a_part_of_a_result_reads_as_people_write_it(value: object, told: str) -> None:
    assert in_words({"mean_score": value}) == f"mean score: {told}\n"


@given(st.dictionaries(st.sampled_from(["a", "b_c", "calls"]), RESULTS))
def test_nothing_of_a_program_shows(result: dict[str, object]) -> None:
    told = in_words(result)
    assert not any(mark in told for mark in ("{", "[", "<", "Purpose", "_", "None", "True", "False"))


def test_what_only_programs_need_is_left_to_them_and_rows_are_numbered() -> None:
    assert in_words({"pid": 7, "heartbeat": 1.0, "done": 2}) == "done: 2\n"
    assert in_words([{"id": "E1"}, {"id": "E2"}]) == "1: id E1\n2: id E2\n"


@pytest.mark.parametrize("purpose", Purpose)
def test_every_kind_of_request_is_named_in_words(purpose: Purpose) -> None:
    assert purpose in DOES
