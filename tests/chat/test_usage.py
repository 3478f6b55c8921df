"""What a reply is charged: never less than it reports, never below 0, and its bound where it reports nothing. Any object may come."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.usage import MOST, charged
from tests.rows import every_row

BOUND = (900, 1024)
JUNK = st.none() | st.booleans() | st.text(max_size=4) | st.lists(st.integers(), max_size=1) | st.just(math.nan)
COUNTS = st.integers(-(10**6), 10**6) | st.integers() | st.floats() | JUNK
DETAILS = st.none() | st.dictionaries(st.sampled_from(["cached_tokens", "reasoning_tokens", "audio_tokens"]), COUNTS)
OBJECTS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens"), COUNTS),
    **dict.fromkeys(("prompt_tokens_details", "completion_tokens_details"), DETAILS),
}


def plain(value: object) -> float:
    """Return what a field bills by the plainest reading: a positive number, else nothing."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)
    return min(max(value, 0.0), float(MOST)) if is_number else 0.0  # type: ignore[type-var, return-value, operator]


@given(st.fixed_dictionaries({}, optional=OBJECTS))
def test_whatever_is_reported_no_less_is_charged_than_billed_and_nothing_below_0(usage: dict[str, Any]) -> None:
    prompt, reply = charged(usage, BOUND)
    thought = plain((usage.get("completion_tokens_details") or {}).get("reasoning_tokens"))
    assert prompt > 0 and reply > 0
    assert prompt >= plain(usage.get("prompt_tokens")) and reply >= plain(usage.get("completion_tokens")) and reply >= thought
    assert prompt + reply >= plain(usage.get("total_tokens"))


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_whole_report_is_charged_as_it_stands(prompt: int, reply: int, outside: int) -> None:
    told = {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply + outside}
    assert charged(told, BOUND) == (prompt, reply + outside), "what the total has more was thought"
    inside = {**told, "completion_tokens_details": {"reasoning_tokens": reply}, "total_tokens": prompt + reply}
    assert charged(inside, BOUND) == (prompt, reply), "thoughts that are counted already are not counted twice"


@every_row(
    "usage, tokens",
    [
        (None, BOUND),
        ({}, BOUND),
        ({"prompt_tokens": -1, "completion_tokens": -1, "total_tokens": -2}, BOUND),
        ({"prompt_tokens": 300, "completion_tokens": None}, (300, 1024)),
        ({"completion_tokens": 60}, (900, 60)),
        ({"total_tokens": 1000}, BOUND),
        ({"total_tokens": 5000}, (900, 4100)),
        ({"prompt_tokens": 300, "completion_tokens": 60, "total_tokens": 1360}, (300, 1060)),
        ({"prompt_tokens": 300, "total_tokens": 360}, (300, 60)),
        ({"completion_tokens": 60, "total_tokens": 360}, (300, 60)),
        ({"input_tokens": 300, "output_tokens": 60}, (300, 60)),
        ({"prompt_tokens": "300", "completion_tokens": 59.2}, (300, 60)),
        ({"prompt_tokens": 300, "completion_tokens": 60, "completion_tokens_details": {"reasoning_tokens": 900}}, (300, 960)),
        ({"prompt_tokens": 30, "completion_tokens": 60, "prompt_tokens_details": {"cached_tokens": 300}}, (300, 60)),
        ({"prompt_tokens": 10**30, "completion_tokens": math.inf}, (MOST, MOST)),
    ],
)
def test_reports_as_endpoints_send_them(usage: object, tokens: tuple[int, int]) -> None:
    assert charged(usage, BOUND) == tokens


@pytest.mark.parametrize("value", [True, "many", [1], math.nan, 0])
def test_what_is_no_number_of_tokens_is_not_told(value: object) -> None:
    assert charged({"prompt_tokens": value, "completion_tokens": value}, BOUND) == BOUND
