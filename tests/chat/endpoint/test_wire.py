"""What endpoints send, in the forms that LiteLLM does not read."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.endpoint.wire import Heard, error_words, parsed, plain, plain_content
from tests.rows import every_row

REPLY = {"id": "x", "choices": [{"index": 0, "message": {"content": "Yes"}, "finish_reason": "stop"}]}
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
)


def stream(*pieces: str, end: str | None = "stop") -> str:
    chunks: list[dict[str, Any]] = [{"model": "m", "choices": [{"index": 0, "delta": {"content": each}}]} for each in pieces]
    chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": end}], "usage": {"prompt_tokens": 3}})
    return "".join(f"data: {json.dumps(each)}\n\n" for each in chunks) + "data: [DONE]\n\n"


def test_a_stream_is_one_reply() -> None:
    found = parsed(stream("Ye", "s").encode()) or {}
    choice = found["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"], found["usage"], found["model"]) == (
        "Yes",
        "stop",
        {"prompt_tokens": 3},
        "m",
    )


def test_a_stream_that_never_ended_was_broken_off() -> None:
    assert (parsed(stream("Ye", end=None).encode()) or {})["choices"][0]["finish_reason"] == "error"


def test_a_stream_may_be_lines_and_tell_of_other_choices() -> None:
    def line(index: int, word: str, end: str | None = None) -> str:
        return json.dumps({"choices": [{"index": index, "delta": {"content": word}, "finish_reason": end}]})

    body = "\n".join((line(0, "Ye"), line(1, "No"), line(0, "s", "stop")))
    choice = (parsed(body.encode()) or {})["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == ("Yes", "stop")


@every_row(
    "body, finish",
    [
        ({"choices": [{"index": 0, "text": "Yes", "finish_reason": "stop"}]}, "stop"),
        (
            {
                "object": "response",
                "status": "completed",
                "output": [
                    {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm."}]},
                    {"type": "message", "content": [{"type": "output_text", "text": "Yes"}]},
                ],
            },
            "stop",
        ),
        (
            {
                "status": "incomplete",
                "incomplete_details": {"reason": "max_output_tokens"},
                "output": [{"type": "message", "content": [{"text": "Yes"}]}],
            },
            "max_output_tokens",
        ),
        ({"message": {"role": "assistant", "content": "Yes"}, "done": True, "done_reason": "length", "eval_count": 3}, "length"),
        ({"response": "Yes", "done": True}, "stop"),
        ({"candidates": [{"content": {"parts": [{"text": "Hm.", "thought": True}, {"text": "Yes"}]}, "finishReason": "STOP"}]}, "STOP"),
        ({"type": "message", "content": [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Yes"}]}, "stop"),
    ],
)
def test_the_shapes_of_other_services_are_read(body: dict[str, Any], finish: str) -> None:
    choice = plain(parsed(json.dumps(body).encode()) or {})["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == ("Yes", finish)


def test_lines_of_ollama_are_one_reply_with_its_bill() -> None:
    lines = [{"message": {"content": "Ye"}, "done": False}, {"message": {"content": "s"}, "done": False}]
    last = {"message": {"content": ""}, "done": True, "done_reason": "stop", "prompt_eval_count": 7, "eval_count": 2}
    whole = Heard(200, body=parsed("\n".join(map(json.dumps, [*lines, last])).encode()))
    assert (whole.choice["message"]["content"], whole.choice["finish_reason"]) == ("Yes", "stop")
    assert whole.usage == {"prompt_tokens": 7, "completion_tokens": 2}
    assert Heard(200, body=parsed("\n".join(map(json.dumps, lines)).encode())).choice["finish_reason"] == "error"


def test_an_error_beside_half_an_answer_is_heard_with_it() -> None:
    half = stream("Ye", end=None).removesuffix("data: [DONE]\n\n") + 'data: {"error": {"message": "Upstream died"}}\n\n'
    assert Heard(body=parsed(half.encode())).choice["error"] == {"message": "Upstream died"}
    assert Heard(body=REPLY).choice["error"] is None
    assert Heard(body={"choices": []}).choice == {}


def test_what_follows_an_object_is_of_no_account() -> None:
    assert parsed(json.dumps(REPLY).encode() + b"\n\ndata: [DONE]\n\n") == REPLY
    assert parsed(b"\xef\xbb\xbf" + json.dumps(REPLY).encode()) == REPLY
    assert parsed(b"<html>Bad gateway</html>") is None


@every_row(
    "content, words",
    [
        ("Yes", "Yes"),
        (None, ""),
        ([{"type": "text", "text": "Y"}, {"type": "output_text", "text": "es"}], "Yes"),
        ([{"type": "thinking", "thinking": [{"type": "text", "text": "No"}]}, {"type": "text", "text": "Yes"}], "Yes"),
        ({"type": "text", "text": "Yes"}, "Yes"),
        (["Ye", "s"], "Yes"),
        ([{"type": "thinking_text", "text": "No"}, {"type": "text", "text": "Yes"}], "Yes"),
        ([{"type": "reasoning.summary", "text": "No"}, {"type": "output_text", "text": "Yes"}], "Yes"),
        ([{"text": "No", "thought": True}, {"text": "Yes"}], "Yes"),
        ([{"type": "text", "text": {"value": "Yes", "annotations": []}}], "Yes"),
        ([{"type": "refusal", "refusal": "I can't."}], "I can't."),
    ],
)
def test_contents(content: Any, words: str) -> None:
    assert plain_content(content) == words


@every_row(
    "body, words",
    [
        ({"error": {"message": "Provider returned error", "metadata": {"raw": "busy upstream"}}}, "Provider returned error: busy upstream"),
        ({"error": {"message": "Failed", "metadata": {"raw": '{"error": {"message": "busy"}}'}}}, "Failed: busy"),
        ({"error": {"message": "Failed", "metadata": {"raw": {"detail": "busy"}}}}, "Failed: busy"),
        ({"error": "Incorrect API key provided"}, "Incorrect API key provided"),
        ({"message": "Unauthorized"}, "Unauthorized"),
        ({"error": {"code": 502}}, "502"),
        ({}, ""),
    ],
)
def test_words_of_errors(body: Any, words: str) -> None:
    assert error_words(body) == words


@given(content=JSON, logprobs=JSON, usage=JSON, error=JSON)
def test_whatever_is_sent_is_made_plain(content: Any, logprobs: Any, usage: Any, error: Any) -> None:
    body = {"choices": [{"message": {"content": content}, "logprobs": {"content": logprobs}}, content], "usage": usage, "error": error}
    found = plain(body)
    assert isinstance(found["choices"][0]["message"]["content"], str)
    assert "usage" not in found or found["usage"]["total_tokens"] >= 0
    assert isinstance(error_words({"error": error}), str)
