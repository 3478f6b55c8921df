"""Reading replies whose shape differs between endpoints."""

from types import SimpleNamespace as Made
from typing import Any

from adaem_core.chat.endpoint.reply import CUT, broken_off, chat_logprobs, echoed, read_moderation, reasons, text_of
from adaem_core.messages import TokenProbability
from tests.rows import every_row


def test_the_older_form_of_log_probabilities() -> None:
    older = {"tokens": ["Ye", "s"], "token_logprobs": [-0.5, float("-inf")], "top_logprobs": [{"Ye": -0.5, "No": -1.0}, None]}
    assert chat_logprobs(older) == (TokenProbability("Ye", -0.5, {"Ye": -0.5, "No": -1.0}), TokenProbability("s", -9999.0))


def test_no_log_probabilities_are_none_and_not_an_empty_list() -> None:
    assert chat_logprobs(None) is None
    assert chat_logprobs(Made(content=None)) is None
    assert chat_logprobs(Made(content=[])) is None


def test_echoed_tokens_without_offsets_are_counted_by_their_letters() -> None:
    told = {"tokens": ["ab", "cd", "ef", "!"], "token_logprobs": [None, -1.0, -2.0, -3.0], "text_offset": None}
    assert [each.token for each in echoed(told, 4, 6)] == ["ef"]
    assert [each.token for each in echoed(told, 3, 6)] == ["cd", "ef"]


def test_a_refusal_told_elsewhere_is_the_text() -> None:
    assert text_of(Made(content=None, refusal="I cannot.")) == "I cannot."
    assert text_of(Made(content="Yes", provider_specific_fields={"refusal": "no"})) == "Yes"
    assert text_of(Made(content=None)) == ""
    assert text_of(Made(content="Yes\0 and no \ud83d")) == "Yes\ufffd and no ?"


def test_thoughts_are_no_part_of_the_text() -> None:
    assert text_of(Made(content="<think>No?</think>Yes")) == "Yes"
    assert text_of(Made(content="<think>still thinking", refusal=None)) == ""


@every_row(
    "choice, broken, cut",
    [
        ({"finish_reason": "stop"}, "", False),
        ({"finish_reason": "stop", "native_finish_reason": "MAX_TOKENS"}, "", True),
        ({"finish_reason": "max_completion_tokens"}, "", True),
        ({"finish_reason": "stop", "native_finish_reason": "error"}, "finish_reason stop error", False),
        ({"finish_reason": "internal_error"}, "finish_reason internal_error", False),
        ({"finish_reason": "stop", "error": {"message": "Upstream died"}}, "Upstream died", False),
        ({}, "", False),
    ],
)
def test_how_a_reply_ended(choice: dict[str, Any], broken: str, cut: bool) -> None:
    assert broken_off(choice, "stop") == broken
    assert bool(CUT.search(reasons(choice, "stop"))) is cut


def test_moderation_names_its_categories() -> None:
    flagged = Made(flagged=True, categories={"violence": True, "hate": True, "sexual": None})
    assert read_moderation(Made(model="m", results=[flagged])).text == "UNSAFE: hate, violence"
