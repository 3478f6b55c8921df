"""What a usage object costs: never less than it bills, never less than nothing, whatever is sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.prices import Price
from adaem_core.chat.usage import Bill, bill
from tests.rows import every_row

PRICE, BOUND = Price(1.0, 2.0), (500, 1000)
ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.lists(st.integers(), max_size=2)
COUNTS = st.integers(0, 10**9)


@every_row(
    "usage, prompt, reply",
    [
        ({"prompt_tokens": 300, "completion_tokens": 60, "total_tokens": 360}, 300, 60),
        ({"prompt_tokens": 300, "completion_tokens": 60, "total_tokens": 1360}, 300, 1060),
        ({"prompt_tokens": 300, "completion_tokens": None, "total_tokens": None}, 300, 1000),
        ({"prompt_tokens": 300}, 300, 1000),
        ({"prompt_tokens": 300, "total_tokens": 400}, 300, 100),
        ({"completion_tokens": 60, "total_tokens": 400}, 340, 60),
        ({"prompt_tokens": -1, "completion_tokens": -1, "total_tokens": -2}, 500, 1000),
        ({"prompt_tokens": 300, "completion_tokens": 0, "total_tokens": 300}, 300, 0),
        ({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, 500, 1000),
        ({"input_tokens": 300, "output_tokens": 60}, 300, 60),
        ({"prompt_tokens": "300", "completion_tokens": 60.2}, 300, 61),
        ({"prompt_tokens": 300, "completion_tokens": 60, "completion_tokens_details": {"reasoning_tokens": 900}}, 300, 960),
        ({"prompt_tokens": 300, "completion_tokens": 960, "completion_tokens_details": {"reasoning_tokens": 900}}, 300, 960),
        ({"prompt_tokens": 300, "completion_tokens": 60, "prompt_tokens_details": {"cached_tokens": 200}}, 300, 60),
        ({"prompt_tokens": 100, "completion_tokens": 60, "prompt_tokens_details": {"cached_tokens": 200}}, 300, 60),
        ({"prompt_tokens": 300, "completion_tokens": 60, "reasoning_tokens": 900}, 300, 960),
        ({"input_tokens": 300, "output_tokens": 60, "output_tokens_details": {"reasoning_tokens": 900}}, 300, 960),
        ({"input_tokens": 300, "output_tokens": 60, "cache_creation_input_tokens": 50, "cache_read_input_tokens": 10}, 360, 60),
        ({"prompt_tokens": 360, "completion_tokens": 60, "cache_read_input_tokens": 10}, 360, 60),
        (None, 500, 1000),
        ("much", 500, 1000),
    ],
)
def test_by_hand(usage: Any, prompt: int, reply: int) -> None:
    assert bill(usage, BOUND, PRICE) == Bill(prompt, reply, pytest.approx((prompt + 2 * reply) / 1e6))


def test_a_stated_cost_above_the_tokens_is_believed() -> None:
    used = {"prompt_tokens": 300, "completion_tokens": 60}
    assert bill({**used, "cost": 0.5}, BOUND, PRICE).cost == 0.5
    assert bill({**used, "cost": 0}, BOUND, PRICE).cost == pytest.approx(420e-6)


@given(prompt=st.integers(1, 10**9), reply=COUNTS, thoughts=COUNTS, outside=st.booleans())  # no prompt is empty
def test_what_is_told_in_full_is_charged_in_full(prompt: int, reply: int, thoughts: int, outside: bool) -> None:
    """Thoughts are within the reply, or beside it and in the total."""
    written = reply if outside else reply + thoughts
    usage = {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + reply + thoughts}
    found = bill(usage, BOUND, PRICE)
    assert found.prompt_tokens >= prompt and found.completion_tokens >= reply + thoughts
    if written:
        assert (found.prompt_tokens, found.completion_tokens) == (prompt, reply + thoughts)


NAMES = ("prompt_tokens", "completion_tokens", "total_tokens", "cost", "completion_tokens_details", "prompt_tokens_details", "input_tokens")


@given(
    usage=st.dictionaries(st.sampled_from(NAMES), ODD | st.dictionaries(st.sampled_from(("reasoning_tokens", "cached_tokens")), ODD)) | ODD
)
def test_whatever_is_sent_is_charged_at_least_what_it_bills(usage: Any) -> None:
    found = bill(usage, BOUND, PRICE)
    assert found.prompt_tokens >= 0 and found.completion_tokens >= 0 and found.cost >= 0
    told = usage if isinstance(usage, dict) else {}
    for name, charged in (("prompt_tokens", found.prompt_tokens), ("completion_tokens", found.completion_tokens)):
        value = told.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53:
            assert charged >= value
        elif value is None and not told.get("input_tokens") and not isinstance(told.get("total_tokens"), int | float | str):
            assert charged >= BOUND[NAMES.index(name)], "what is not told is charged at its bound"
